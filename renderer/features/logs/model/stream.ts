/**
 * A line stream is the lines that a pane shows one below the other: those of a file, or of several
 * files merged. Indexes are 0-based. `use-line-stream.ts` makes it from the engine's answers.
 */
import type { ErrorInfo } from '../../../../electron/contract/errors.ts';
import type { LineRow } from '../../../../electron/contract/records.ts';
import type { LineKey } from '../../../state/location.ts';

export interface LineStream {
  kind: 'file' | 'merged';
  /** Says whose lines they are; changes when they are others. */
  key: string;
  fileIds: readonly number[];
  order: 'time' | 'file';
  /** Null until the first lines are here. */
  total: number | null;
  rowAt: (index: number) => LineRow | undefined;
  want: (first: number, last: number) => void;
  error: ErrorInfo | null;
  /** More lines may come. */
  isRunning: boolean;
  /** Of merged lines, for counts over time. */
  searchId: string | null;
  indexOf: (line: LineKey, timeUs: number | null) => Promise<number | null>;
  indexAtTime: (timeUs: number) => Promise<number | null>;
  /** Whole lines, to be copied. */
  read: (start: number, count: number, maxChars: number, signal: AbortSignal) => Promise<LineRow[]>;
}
