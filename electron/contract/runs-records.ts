/** Runs summed up in one row each. */
import type { FirstCause, RunInfo, RunStatus } from './run-info.ts';

/** An error group as one run has it. The id is the same in every run. */
interface RunErrorGroup {
  id: string;
  exception: string | null;
  template: string;
  role: string;
  count: number;
  firstUs: number | null;
  lastUs: number | null;
}

export interface RunSummary {
  /** Source and the run's root within it, as `case.open` takes them. */
  path: string;
  root: string;
  run: string;
  name: string;
  status: RunStatus;
  firstCause: Pick<FirstCause, 'kind' | 'confidence' | 'message'> | null;
  /** Equal for runs that ended in the same way for the same cause. */
  fingerprint: string | null;
  startUs: number | null;
  durationSeconds: number | null;
  nodes: number;
  processes: number;
  miniBatches: RunInfo['miniBatches'];
  items: RunInfo['items'];
  /** Mini-batches per hour. Null if the duration is unknown. */
  throughput: number | null;
  bytes: number;
  lines: number;
  /** The most frequent groups, at most 200. */
  errorGroups: RunErrorGroup[];
}

export interface FoundRun {
  path: string;
  root: string;
}

export interface RunList {
  runs: RunSummary[];
  /** Cases that could not be read, and why. */
  problems: { path: string; message: string }[];
}
