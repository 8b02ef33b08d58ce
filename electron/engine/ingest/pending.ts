/** Pending units are those in the plan of a case that no worker has finished yet. */
import { compareNatural } from '../base/natural-order.ts';
import { type Inside, offsetInside } from '../source/inside.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import type { IngestFile, Unit, UnitPart } from './messages.ts';

interface PendingRow {
  part: number;
  start: number;
  end: number;
  id: number;
  path: string;
  kind: IngestFile['kind'];
  format: string;
  generation: string | null;
  node: string | null;
  written_node: string | null;
  process: string | null;
  shape: IngestFile['shape'];
  priority: IngestFile['priority'];
  bytes: number;
  zip_offset: number | null;
  zip_bytes: number | null;
  zip_method: number | null;
  zip_crc: number | null;
  inside: string | null;
  modified_us: number | null;
  choice: string | null;
  resume_position: number | null;
  resume_state: Uint8Array | null;
}

/** A pending unit without its parts. */
export interface PendingUnit {
  unitId: number;
  bytes: number;
  priority: IngestFile['priority'];
}

const HAS_PARTS = 'state = 0 AND EXISTS (SELECT 1 FROM part WHERE part.unit_id = unit.id)';

/**
 * Returns the pending units in reading order. Their parts can number a million, so {@link readUnit}
 * loads those one unit at a time.
 */
export function pendingUnits(db: ReadableDb): PendingUnit[] {
  const sql = `SELECT id AS unitId, bytes, priority FROM unit WHERE ${HAS_PARTS} ORDER BY priority, id`;
  return db.prepare(sql).all() as PendingUnit[];
}

/** Decides whether any unit is pending. */
export function isPending(db: ReadableDb): boolean {
  return db.prepare(`SELECT 1 FROM unit WHERE ${HAS_PARTS} LIMIT 1`).get() !== undefined;
}

/** Loads a pending unit with its parts. */
export function readUnit(db: ReadableDb, { unitId, bytes }: PendingUnit): Unit {
  const rows = db
    .prepare(
      `SELECT part.part, part.start, part.end, file.*,
         resume_point.position AS resume_position, resume_point.state AS resume_state
       FROM part JOIN file ON file.id = part.file_id
         LEFT JOIN resume_point ON resume_point.file_id = file.id AND resume_point.part = part.part AND is_begun = 1
       WHERE part.unit_id = ? ORDER BY file.id`,
    )
    .all(unitId) as PendingRow[];
  const parts = rows.map(partOf);
  // Read the entries of an archive in the order they are stored.
  if (parts.length > 1 && parts.every((each) => each.file.inside !== null))
    parts.sort((a, b) => offsetInside(a.file.inside) - offsetInside(b.file.inside));
  return { unitId, bytes, parts };
}

function partOf(row: PendingRow): UnitPart {
  const { resume_position: position, resume_state: state } = row;
  const resume = position === null || state === null ? null : { position, state };
  return {
    part: row.part,
    start: row.start,
    end: row.end,
    resume,
    file: {
      fileId: row.id,
      path: row.path,
      kind: row.kind,
      format: row.format,
      generation: row.generation,
      // Use the name in the path: reading a file must not depend on what was read before.
      node: row.written_node === null ? row.node : row.written_node || null,
      process: row.process,
      shape: row.shape,
      priority: row.priority,
      bytes: row.bytes,
      zip: zipPlaceOf(row),
      modifiedUs: row.modified_us,
      choice: row.choice === null ? null : (JSON.parse(row.choice) as IngestFile['choice']),
      inside: insideOf(row),
    },
  };
}

/** Returns the files that pending units cover. */
export function pendingFileIds(db: ReadableDb): Set<number> {
  const sql = 'SELECT file_id FROM unit JOIN part ON part.unit_id = unit.id WHERE unit.state = 0';
  return new Set(selectCells(db, sql, 'number').all());
}

/** Returns the pending units that cover a file, in reading order. */
export function unitsOfFile(db: ReadableDb, fileId: number): number[] {
  const sql = `SELECT unit.id FROM part JOIN unit ON unit.id = unit_id WHERE file_id = ? AND state = 0 ORDER BY unit.priority, unit.id`;
  return selectCells(db, sql, 'number').all(fileId);
}

/**
 * Returns the files that are not fully indexed, by path; entries of an archive in the order they
 * are stored.
 */
export function pendingFiles(db: ReadableDb): Pick<IngestFile, 'fileId' | 'path' | 'bytes' | 'zip' | 'inside'>[] {
  const rows = db
    .prepare('SELECT id, path, bytes, zip_offset, zip_bytes, zip_method, zip_crc, inside FROM file WHERE lines IS NULL')
    .all() as PendingRow[];
  const files = rows.map((row) => ({
    fileId: row.id,
    path: row.path,
    bytes: row.bytes,
    zip: zipPlaceOf(row),
    inside: insideOf(row),
  }));
  files.sort((a, b) => compareNatural(a.path, b.path));
  const archive = (file: { inside: Inside | null }) => file.inside?.path ?? '';
  return files.sort((a, b) =>
    archive(a) === '' || archive(a) !== archive(b) ? 0 : offsetInside(a.inside) - offsetInside(b.inside),
  );
}

function insideOf(row: PendingRow): Inside | null {
  return row.inside === null ? null : (JSON.parse(row.inside) as Inside);
}

function zipPlaceOf(row: PendingRow): IngestFile['zip'] {
  if (row.zip_offset === null) return null;
  return {
    offset: row.zip_offset,
    compressedBytes: row.zip_bytes ?? 0,
    method: row.zip_method ?? 0,
    crc: row.zip_crc ?? 0,
  };
}
