/** Pending units are those in the plan of a case that no worker has finished yet. */
import type { ReadingChoice } from '../../contract/reading.ts';
import { compareNatural } from '../base/natural-order.ts';
import { type Inside, offsetInside } from '../source/inside.ts';
import type { ReadableDb } from '../store/open.ts';
import {
  isAny,
  type JsonText,
  namesOf,
  parseJson,
  type RowOf,
  selectCells,
  selectRows,
  word,
  wordOrNull,
} from '../store/select.ts';
import type { IngestFile, Unit, UnitPart } from './messages.ts';

/** Columns that tell where the bytes of a file are. */
const placeColumns = {
  id: 'number',
  path: 'text',
  bytes: 'number',
  zip_offset: 'number?',
  zip_bytes: 'number?',
  zip_method: 'number?',
  zip_crc: 'number?',
  inside: wordOrNull<JsonText<Inside>>(),
} as const;
type PlaceRow = RowOf<typeof placeColumns>;

/** Columns of a file that its reader needs. */
const fileColumns = {
  ...placeColumns,
  kind: word<IngestFile['kind']>(),
  format: 'text',
  generation: 'text?',
  node: 'text?',
  written_node: 'text?',
  process: 'text?',
  shape: word<IngestFile['shape']>(),
  priority: 'number',
  modified_us: 'number?',
  choice: wordOrNull<JsonText<ReadingChoice>>(),
} as const;

const partColumns = {
  ...fileColumns,
  part: 'number',
  start: 'number',
  end: 'number',
  resume_position: 'number?',
  resume_state: 'bytes?',
} as const;
type PartRow = RowOf<typeof partColumns>;

/** A pending unit without its parts. */
export interface PendingUnit {
  unitId: number;
  bytes: number;
  priority: number;
}

const HAS_PARTS = 'state = 0 AND EXISTS (SELECT 1 FROM part WHERE part.unit_id = unit.id)';

/**
 * Returns the pending units in reading order. Their parts can number a million, so {@link readUnit}
 * loads those one unit at a time.
 */
export function pendingUnits(db: ReadableDb): PendingUnit[] {
  return selectRows(db, `SELECT id AS unitId, bytes, priority FROM unit WHERE ${HAS_PARTS} ORDER BY priority, id`, {
    unitId: 'number',
    bytes: 'number',
    priority: 'number',
  }).all();
}

/** Decides whether any unit is pending. */
export function isPending(db: ReadableDb): boolean {
  return isAny(db, `SELECT 1 FROM unit WHERE ${HAS_PARTS}`);
}

/** Loads a pending unit with its parts. */
export function readUnit(db: ReadableDb, { unitId, bytes }: PendingUnit): Unit {
  const names = Object.keys(fileColumns).map((name) => `file.${name}`);
  const rows = selectRows(
    db,
    `SELECT ${names.join(', ')}, part.part, part.start, part.end,
       resume_point.position AS resume_position, resume_point.state AS resume_state
     FROM part JOIN file ON file.id = part.file_id
       LEFT JOIN resume_point ON resume_point.file_id = file.id AND resume_point.part = part.part AND is_begun = 1
     WHERE part.unit_id = ? ORDER BY file.id`,
    partColumns,
  ).all(unitId);
  const parts = rows.map(partOf);
  // Read the entries of an archive in the order they are stored.
  if (parts.length > 1 && parts.every((each) => each.file.inside !== null))
    parts.sort((a, b) => offsetInside(a.file.inside) - offsetInside(b.file.inside));
  return { unitId, bytes, parts };
}

function partOf(row: PartRow): UnitPart {
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
      priority: row.priority as IngestFile['priority'],
      bytes: row.bytes,
      zip: zipPlaceOf(row),
      modifiedUs: row.modified_us,
      choice: row.choice === null ? null : parseJson(row.choice),
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
  const sql = `SELECT ${namesOf(placeColumns)} FROM file WHERE lines IS NULL`;
  const rows = selectRows(db, sql, placeColumns).all();
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

function insideOf(row: PlaceRow): Inside | null {
  return row.inside === null ? null : parseJson(row.inside);
}

function zipPlaceOf(row: PlaceRow): IngestFile['zip'] {
  if (row.zip_offset === null) return null;
  return {
    offset: row.zip_offset,
    compressedBytes: row.zip_bytes ?? 0,
    method: row.zip_method ?? 0,
    crc: row.zip_crc ?? 0,
  };
}
