/**
 * Platform attempts: the platform may start a failed job again. Logs of a later start have
 * `retry_001` in the name of their folder or file. Logs without such a name belong to the start
 * during which they were written.
 */
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';

interface PlatformAttempt {
  /** Counts from 0. */
  number: number;
  /** First and last time in its logs, in microseconds; null if they have none. */
  firstUs: number | null;
  lastUs: number | null;
  /** Files whose path names it. For attempt 0, the controller's consoles. */
  fileIds: number[];
}

export interface PlatformAttempts {
  list: readonly PlatformAttempt[];
  /** Number of the last one. */
  last: number;
  /** Returns the attempt to which a line of this file and time belongs. */
  of(fileId: number, atUs: number | null): number;
}

const retried = /(?:^|\/)retry[_-]?(\d+)(?=[/_.-])/i;

const fileColumns = {
  id: 'number',
  path: 'text',
  kind: 'text',
  firstUs: 'number?',
  lastUs: 'number?',
} as const;

/** Returns the platform attempts that the paths name; one if they name none. */
export function platformAttempts(db: ReadableDb): PlatformAttempts {
  const files = selectRows(
    db,
    'SELECT id, path, kind, first_us AS firstUs, last_us AS lastUs FROM file ORDER BY path',
    fileColumns,
  ).all();
  const numbers = new Map<number, number>();
  for (const file of files) {
    const number = retried.exec(file.path)?.[1];
    if (number !== undefined) numbers.set(file.id, Number(number));
  }
  if (numbers.size === 0) {
    const ids = files.map((file) => file.id);
    return { list: [{ number: 0, firstUs: null, lastUs: null, fileIds: ids }], last: 0, of: () => 0 };
  }
  const byNumber = new Map<number, PlatformAttempt>();
  for (const file of files) {
    const number = numbers.get(file.id) ?? (file.kind === 'driver' ? 0 : null);
    if (number === null) continue;
    numbers.set(file.id, number);
    const attempt = byNumber.get(number) ?? { number, firstUs: null, lastUs: null, fileIds: [] };
    byNumber.set(number, attempt);
    attempt.fileIds.push(file.id);
    if (file.firstUs !== null) attempt.firstUs = Math.min(attempt.firstUs ?? file.firstUs, file.firstUs);
    if (file.lastUs !== null) attempt.lastUs = Math.max(attempt.lastUs ?? file.lastUs, file.lastUs);
  }
  const list = [...byNumber.values()].sort((a, b) => a.number - b.number);
  const last = list.at(-1)?.number ?? 0;
  const of = (fileId: number, atUs: number | null): number => {
    const named = numbers.get(fileId);
    if (named !== undefined) return named;
    if (atUs === null) return last;
    // The latest start before that time.
    return (
      list.findLast((attempt) => attempt.firstUs !== null && attempt.firstUs <= atUs)?.number ?? list[0]?.number ?? 0
    );
  };
  return { list, last, of };
}
