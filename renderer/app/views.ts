/**
 * A view is a page of the workbench, with its place in the rail. The table lists them all in the
 * order of the rail; a feature adds its view by a line here.
 */
import {
  AlertTriangle,
  Database,
  Files,
  FileText,
  GitCompareArrows,
  Grid2x2,
  History,
  LayoutDashboard,
  LineChart,
  ListChecks,
  type LucideIcon,
  OctagonX,
  ScrollText,
  TextAlignStart,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { Compare } from '../features/compare/Compare.tsx';
import { Errors } from '../features/errors/Errors.tsx';
import { Files as FilesView } from '../features/files/Files.tsx';
import { Findings } from '../features/findings/Findings.tsx';
import { Lanes } from '../features/lanes/Lanes.tsx';
import { Logs } from '../features/logs/Logs.tsx';
import { MiniBatches } from '../features/mini-batches/MiniBatches.tsx';
import { Overview } from '../features/overview/Overview.tsx';
import { Problems } from '../features/problems/Problems.tsx';
import { Query } from '../features/query/Query.tsx';
import { Report } from '../features/report/Report.tsx';
import { Resources } from '../features/resources/Resources.tsx';
import { Runs } from '../features/runs/Runs.tsx';

export interface ViewEntry {
  /** Part of the location, so it never changes. */
  id: string;
  title: string;
  icon: LucideIcon;
  component: ComponentType;
  /** Hides the time strip, for views where time means nothing. */
  hasNoTime?: boolean;
}

/** The views in the order of the rail. {@link viewChord} gives the key of each. */
export const views: readonly ViewEntry[] = [
  { id: 'overview', title: 'Overview', icon: LayoutDashboard, component: Overview },
  { id: 'logs', title: 'Logs', icon: ScrollText, component: Logs },
  { id: 'mini-batches', title: 'Mini-batches', icon: Grid2x2, component: MiniBatches },
  { id: 'lanes', title: 'Lanes', icon: TextAlignStart, component: Lanes },
  { id: 'resources', title: 'Resources', icon: LineChart, component: Resources },
  { id: 'errors', title: 'Errors', icon: OctagonX, component: Errors },
  { id: 'findings', title: 'What happened', icon: ListChecks, component: Findings },
  { id: 'files', title: 'Files', icon: Files, component: FilesView },
  { id: 'compare', title: 'Compare', icon: GitCompareArrows, component: Compare, hasNoTime: true },
  { id: 'report', title: 'Report', icon: FileText, component: Report, hasNoTime: true },
  { id: 'problems', title: 'Problems', icon: AlertTriangle, component: Problems, hasNoTime: true },
  { id: 'query', title: 'Query', icon: Database, component: Query },
  { id: 'runs', title: 'Runs', icon: History, component: Runs, hasNoTime: true },
];

/**
 * Returns the key of the view at a place in the rail: Alt+1 … Alt+9, Alt+0, then Alt+Shift+1 and so
 * on.
 */
export function viewChord(index: number): string {
  return index < 10 ? `Alt+${(index + 1) % 10}` : `Alt+Shift+${index - 9}`;
}
