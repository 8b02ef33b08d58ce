/**
 * A case dump is everything in a case, as text in a stable order, so that tests can compare two
 * cases of one source. Another helper counts index rows that nothing refers to.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openReadable, type ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';

/** Columns about where and when a row was written, not about the source. */
const HOW = new Set(['id', 'unit_id', 'tail', 'file_id', 'picked_file_id', 'finished_file_id', 'replaced_by']);
const OF_THE_READING = new Set(['checked_bytes', 'content_check']);
const TABLES = ['task_event', 'process_event', 'run_event', 'error_event', 'pid_span', 'series'];
const DERIVED = ['attempt', 'mini_batch', 'process', 'finding', 'run_info'];

type Row = Record<string, unknown>;

/**
 * Dumps a case by table, with each row as text in a stable order. Two cases of the same source are
 * equal.
 */
export function dumpCase(database: string): Record<string, string[]> {
  const db = openReadable(database);
  try {
    const paths = new Map(
      selectRows(db, 'SELECT id, path FROM file', { id: 'number', path: 'text' })
        .all()
        .map(({ id, path }) => [id, path]),
    );
    const dump = (sql: string) => (db.prepare(sql).all() as Row[]).map((row) => plain(row, paths)).sort();
    const tables: Record<string, string[]> = {
      file: dump('SELECT * FROM file'),
      block: dump('SELECT * FROM block'),
      part: dump('SELECT file_id, part, start, end, first_line, lines, carry_us, carry_pid FROM part'),
      problem: dump(
        `SELECT file_id, kind, message, min(line) AS line, sum(count) AS count FROM problem
         GROUP BY file_id, kind, message`,
      ),
    };
    for (const table of TABLES) tables[table] = dump(`SELECT * FROM ${table}`);
    for (const table of DERIVED)
      tables[table] = dump(
        table === 'run_info' ? "SELECT * FROM run_info WHERE key <> 'generation'" : `SELECT * FROM ${table}`,
      );
    return tables;
  } finally {
    db.close();
  }
}

function plain(row: Row, paths: Map<number, string>): string {
  const file = (id: unknown) => (typeof id === 'number' ? paths.get(id) : null);
  const values = Object.entries(row)
    .filter(([name]) => !HOW.has(name) && !OF_THE_READING.has(name))
    .map(([name, value]) => `${name}=${name === 'evidence' ? '' : text(value, paths)}`);
  const of = ['file_id', 'picked_file_id', 'finished_file_id']
    .filter((name) => name in row)
    .map((name) => file(row[name]));
  return [...of, ...values].join('\t');
}

/** The last digits of sums of times depend on the order of addition. */
function text(value: unknown, paths: Map<number, string>): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value === 'string' && value.includes('"fileId":')) return withPaths(value, paths);
  return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(6) : String(value);
}

/**
 * Replaces file ids in JSON with paths, because a file that disappeared and came back has a
 * different id. Omits lists of lines, because the order of ids decides which of several lines with
 * the same time are quoted.
 */
function withPaths(json: string, paths: Map<number, string>): string {
  const isRef = (value: unknown) => typeof value === 'object' && value !== null && 'fileId' in value;
  return JSON.stringify(JSON.parse(json), (key, value: unknown) => {
    if (key === 'fileId' && typeof value === 'number') return paths.get(value) ?? value;
    return Array.isArray(value) && value.some(isRef) ? undefined : value;
  });
}

/**
 * Counts segments, blocks and texts without a counterpart: every block must be in the index of its
 * segment, and every segment must have an index.
 */
export function orphans(database: string): { segments: number; blocks: number; texts: number } {
  const db: ReadableDb = openReadable(database);
  const count = (sql: string) => Number(db.prepare(sql).pluck().get());
  const found = {
    segments: count(
      `SELECT count(*) FROM segment s
       WHERE NOT EXISTS (SELECT 1 FROM block b WHERE b.id >= s.first_block AND b.id < s.first_block + s.blocks)`,
    ),
    blocks: count(
      `SELECT count(*) FROM block b
       WHERE NOT EXISTS (SELECT 1 FROM segment s WHERE b.id >= s.first_block AND b.id < s.first_block + s.blocks)`,
    ),
    texts: count('SELECT count(*) FROM block_text WHERE block_id NOT IN (SELECT id FROM block)'),
  };
  db.close();
  return found;
}

/** Returns the database of the only case in a data folder. */
export function onlyDatabase(dataDir: string): string {
  const path = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('case.db'));
  return join(dataDir, path ?? '');
}
