/**
 * Platform attempts: the platform may start a job again after it failed. The logs of a later start
 * lie in a folder or file named `retry_001`; what has no such name belongs to the start in whose
 * time it was written.
 */
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';

interface PlatformAttempt {
  /** From 0. */
  number: number;
  /** First and last time in its logs, microseconds; null where they name none. */
  firstUs: number | null;
  lastUs: number | null;
  /** Files whose path names it; of attempt 0 the controller's consoles. */
  fileIds: number[];
}

export interface PlatformAttempts {
  list: readonly PlatformAttempt[];
  /** Number of the last one. */
  last: number;
  /** Of which attempt a line of this file and time tells. */
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

/** The attempts of the platform that the paths name; one where they name none. */
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
