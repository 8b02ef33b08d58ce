/**
 * The state of the report form: what the report holds and how to save it. It outlives a visit to
 * another view, but not the window.
 */
import { create } from 'zustand';
import {
  type RedactionKind,
  type ReportFormat,
  type ReportSection,
  redactionKinds,
  reportSections,
} from '../../../electron/contract/report-choices.ts';

export type ScopeChoice = 'run' | 'batch' | 'node' | 'signature' | 'lines';

export interface ReportForm {
  scope: ScopeChoice;
  sections: readonly ReportSection[];
  title: string;
  notes: string;
  redact: readonly RedactionKind[];
  /** False hides nothing. */
  redaction: boolean;
  format: ReportFormat;
  wholeFiles: boolean;
  /** The path to save to; null for the proposed one. */
  path: string | null;
}

interface ReportState extends ReportForm {
  set: (change: Partial<ReportForm>) => void;
}

export const useReportState = create<ReportState>()((set) => ({
  scope: 'run',
  sections: [...reportSections],
  title: '',
  notes: '',
  redact: [...redactionKinds],
  redaction: true,
  format: 'html',
  wholeFiles: false,
  path: null,
  set: (change) => set(change),
}));
