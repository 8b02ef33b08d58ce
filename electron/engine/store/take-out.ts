/** Taking out removes what came from a file or a unit from a case, before it is read again. */

import { getMeta, setMeta } from './meta.ts';
import type { ReadableDb, WritableDb } from './open.ts';
import { only, selectCells, selectRows } from './select.ts';

/** The part of a file to remove before it is read again. */
export interface TakenFile {
  fileId: number;
  /**
   * The last part, and the byte where reading starts again: everything before stays. Null removes
   * the whole file.
   */
  from: { part: number; position: number } | null;
}

const EVENT_TABLES = ['task_event', 'process_event', 'run_event', 'error_event', 'pid_span', 'problem'];

/** Returns the id of the next block, greater than that of any block ever written. */
export function nextBlock(db: WritableDb): number {
  const last = only(selectCells(db, 'SELECT coalesce(max(id), 0) FROM block', 'number'));
  return Math.max(last + 1, Number(getMeta(db, 'next_block') ?? 1));
}

/**
 * Prepares for deleting blocks: reserves their ids, and lets holders of blocks in memory know that
 * some are gone.
 */
function noteRemoval(db: WritableDb): void {
  setMeta(db, 'next_block', String(nextBlock(db)));
  setMeta(db, 'removals', String(removals(db) + 1));
}

/** Returns how often blocks were taken out of a case. */
export function removals(db: ReadableDb): number {
  return Number(getMeta(db, 'removals') ?? 0);
}

/**
 * Takes out the blocks and events of files, or of the ends of files, and the segments that become
 * empty. Postings of removed blocks stay while their segment has other blocks: they only
 * over-select. The caller deletes parts and files.
 */
export function takeOut(db: WritableDb, files: readonly TakenFile[]): void {
  if (files.length === 0) return;
  noteRemoval(db);
  const texts = db.prepare('DELETE FROM block_text WHERE block_id IN (SELECT id FROM block WHERE file_id = ?)');
  const blocks = db.prepare('DELETE FROM block WHERE file_id = ?');
  const lastBlocks = db.prepare('DELETE FROM block WHERE file_id = ? AND part = ? AND start >= ?');
  db.exec('CREATE TEMP TABLE taken (file_id INTEGER PRIMARY KEY, tail_only INTEGER NOT NULL)');
  const taken = db.prepare('INSERT INTO taken (file_id, tail_only) VALUES (?, ?)');
  for (const { fileId, from } of files) {
    taken.run(fileId, from === null ? 0 : 1);
    if (from === null) {
      texts.run(fileId);
      blocks.run(fileId);
    } else lastBlocks.run(fileId, from.part, from.position);
  }
  for (const table of EVENT_TABLES) {
    // Created when a case changes for the first time: with 3 million events this costs a second
    // once, and each change then takes 10 ms instead of 900.
    db.exec(`CREATE INDEX IF NOT EXISTS ${table}_file ON ${table} (file_id, tail)`);
    // Delete columns whole, before any of the rows they repeat.
    if (table === 'task_event') removeTaskColumns(db);
    const of = (tailOnly: number) =>
      `DELETE FROM ${table} WHERE file_id IN (SELECT file_id FROM taken WHERE tail_only = ${tailOnly})`;
    db.exec(`${of(0)}; ${of(1)} AND tail = 1`);
  }
  db.exec('DELETE FROM series WHERE file_id IN (SELECT file_id FROM taken WHERE tail_only = 0)');
  db.exec('DROP TABLE taken');
  const empty = selectCells(
    db,
    `SELECT id FROM segment WHERE NOT EXISTS
         (SELECT 1 FROM block WHERE block.id >= first_block AND block.id < first_block + segment.blocks)`,
    'number',
  ).all();
  removeSegments(db, empty);
}

/** Removes the columns of every unit that loses an event. */
function removeTaskColumns(db: WritableDb): void {
  const units = (tailOnly: number) =>
    `SELECT unit_id FROM task_event WHERE file_id IN (SELECT file_id FROM taken WHERE tail_only = ${tailOnly})`;
  db.exec(`DELETE FROM task_columns WHERE unit_id IN (${units(0)} UNION ${units(1)} AND tail = 1)`);
}

function removeSegments(db: WritableDb, ids: readonly number[]): void {
  const statements = [
    'DELETE FROM posting WHERE segment_id = ?',
    'DELETE FROM vocabulary WHERE segment_id = ?',
    'DELETE FROM segment WHERE id = ?',
  ].map((sql) => db.prepare(sql));
  for (const id of ids) for (const statement of statements) statement.run(id);
}

/** Takes back everything that an unfinished unit has left, so that it can be read again. */
export function removeUnit(db: WritableDb, unitId: number): void {
  noteRemoval(db);
  const segments = selectRows(db, 'SELECT id, first_block, blocks FROM segment WHERE unit_id = ?', {
    id: 'number',
    first_block: 'number',
    blocks: 'number',
  }).all(unitId);
  for (const segment of segments) {
    const range = [segment.first_block, segment.first_block + segment.blocks];
    db.prepare('DELETE FROM block_text WHERE block_id >= ? AND block_id < ?').run(...range);
    db.prepare('DELETE FROM block WHERE id >= ? AND id < ?').run(...range);
  }
  removeSegments(
    db,
    segments.map(({ id }) => id),
  );
  for (const table of [...EVENT_TABLES, 'series', 'task_columns'])
    db.prepare(`DELETE FROM ${table} WHERE unit_id = ?`).run(unitId);
  // Some files of an unfinished unit may be done. A part of a large file finishes only with its
  // unit, so it left nothing. A part that resumed starts again where it did; the place where it
  // ended no longer counts.
  db.prepare(
    `DELETE FROM resume_point WHERE is_begun = 0
       AND EXISTS (SELECT 1 FROM part WHERE unit_id = ? AND file_id = resume_point.file_id AND part = resume_point.part)`,
  ).run(unitId);
  db.prepare('UPDATE part SET lines = NULL, first_line = NULL WHERE unit_id = ?').run(unitId);
  db.prepare(
    `UPDATE file SET state = 'pending', lines = NULL, pid = NULL
     WHERE id IN (SELECT file_id FROM part WHERE unit_id = ?)`,
  ).run(unitId);
}
