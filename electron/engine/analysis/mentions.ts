/** Mentions of a mini-batch: lines with its events, and errors that name it. */
import type { ReadableDb } from '../store/open.ts';
import { type RowOf, selectRows } from '../store/select.ts';
import { readBatchEvents } from './batch-events.ts';
import type { Ref } from './refs.ts';

const mentionColumns = { fileId: 'number', line: 'number', atUs: 'number?' } as const;

/** Returns all mentions in time order, each line once. */
export function readMentions(db: ReadableDb, { ordinal, id }: { ordinal: number; id: string }): Ref[] {
  const columns = 'file_id AS fileId, line, at_us AS atUs';
  const event = selectRows(db, `SELECT ${columns} FROM task_event WHERE id = ?`, mentionColumns);
  const errors = selectRows(db, `SELECT ${columns} FROM error_event WHERE mini_batch_id = ?`, mentionColumns);
  const events = readBatchEvents(db, ordinal).flatMap((row) => event.all(row));
  const lines = new Map<string, RowOf<typeof mentionColumns>>();
  for (const line of [...events, ...errors.all(id)]) lines.set(`${line.fileId}:${line.line}`, line);
  const time = (line: { atUs: number | null }) => line.atUs ?? Number.MAX_SAFE_INTEGER;
  return [...lines.values()].sort((a, b) => time(a) - time(b) || a.fileId - b.fileId || a.line - b.line);
}
