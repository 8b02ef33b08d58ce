/**
 * A line stream is the lines that a pane shows: those of a file, or of several merged files.
 * Indexes are 0-based. `use-line-stream.ts` makes it from the engine's answers.
 */
import type { ErrorInfo } from '../../../../electron/contract/errors.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { LineKey } from '../../../state/location.ts';

export interface LineStream {
  kind: 'file' | 'merged';
  /** Identifies the lines, and changes when they do. */
  key: string;
  fileIds: readonly number[];
  order: 'time' | 'file';
  /** Null until the first lines arrive. */
  total: number | null;
  rowAt: (index: number) => LineRow | undefined;
  want: (first: number, last: number) => void;
  error: ErrorInfo | null;
  /** More lines may come. */
  isRunning: boolean;
  /** The search behind merged lines, for counts over time. */
  searchId: string | null;
  indexOf: (line: LineKey, timeUs: number | null) => Promise<number | null>;
  indexAtTime: (timeUs: number) => Promise<number | null>;
  /** Reads whole lines, to copy them. */
  read: (start: number, count: number, maxChars: number, signal: AbortSignal) => Promise<LineRow[]>;
}

/**
 * Returns which line of which file stands at an index, or null if that cannot be told before its
 * row arrives.
 */
export function lineAt(stream: LineStream, index: number): LineKey | null {
  const row = stream.rowAt(index);
  if (row !== undefined) return { fileId: row.fileId, line: row.line };
  const [only] = stream.fileIds;
  return stream.kind === 'file' && only !== undefined ? { fileId: only, line: index + 1 } : null;
}

/**
 * Goes to the line at a time, or to the last line if all lines are earlier. Stays where it is if
 * that cannot be told.
 */
export function goToTime(stream: LineStream, timeUs: number, goTo: (index: number) => void): void {
  stream.indexAtTime(timeUs).then(
    (index) => index !== null && goTo(Math.min(index, Math.max(0, (stream.total ?? 1) - 1))),
    () => {},
  );
}
