/**
 * Finds the events of a mini-batch. Two arrays index millions of events, without a sorted table of
 * ids.
 */
import { at } from '../base/typed.ts';
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import type { BatchMarks } from './attempts.ts';
import type { TaskEvents } from './task-events.ts';

/** Number of mini-batches in one row of `batch_event`. */
const CHUNK = 4_096;

/** Writes the index as part of `derive`. `codes` holds the code of each mini-batch by ordinal. */
export function writeBatchEvents(db: WritableDb, events: TaskEvents, marks: BatchMarks, codes: Int32Array): void {
  db.exec('DELETE FROM batch_event');
  const insert = db.prepare('INSERT INTO batch_event (chunk, data) VALUES (?, ?)');
  for (let first = 0; first < codes.length; first += CHUNK) {
    const inChunk = codes.subarray(first, first + CHUNK);
    let count = 0;
    for (const code of inChunk) count += at(marks.offsets, code + 1) - at(marks.offsets, code);
    const data = new Int32Array(CHUNK + 1 + count);
    let end = 0;
    for (let i = 0; i < CHUNK; i++) {
      data[i] = end;
      const code = inChunk[i];
      if (code === undefined) continue;
      for (let k = at(marks.offsets, code); k < at(marks.offsets, code + 1); k++) {
        data[CHUNK + 1 + end++] = Math.abs(at(events.row.data, at(marks.order, k)));
      }
    }
    data[CHUNK] = end;
    insert.run(first / CHUNK, Buffer.from(data.buffer));
  }
}

/** Returns the `task_event.id` of every event of a mini-batch, in the order read. */
export function readBatchEvents(db: ReadableDb, ordinal: number): number[] {
  const data = selectCells(db, 'SELECT data FROM batch_event WHERE chunk = ?', 'bytes').get(
    Math.floor(ordinal / CHUNK),
  );
  if (data === undefined) return [];
  const read = (index: number) => data.readInt32LE(index * 4);
  const place = ordinal % CHUNK;
  const [from, to] = [read(place), read(place + 1)];
  return Array.from({ length: to - from }, (_, k) => read(CHUNK + 1 + from + k));
}
