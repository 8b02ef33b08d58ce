/** Pending units are those in the plan of a case that no worker has finished yet. */
import { compareNatural } from '../base/natural-order.ts';
import { type Inside, offsetInside } from '../source/inside.ts';
import type { ReadableDb } from '../store/open.ts';
import type { IngestFile, Unit } from './messages.ts';

interface PendingRow {
  unit_id: number;
  unit_bytes: number;
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

/** The units that are not read yet, in the order in which they should be. */
export function pendingUnits(db: ReadableDb): Unit[] {
  const rows = db
    .prepare(
      `SELECT unit.id AS unit_id, unit.bytes AS unit_bytes, part.part, part.start, part.end, file.*,
         resume_point.position AS resume_position, resume_point.state AS resume_state
       FROM unit JOIN part ON part.unit_id = unit.id JOIN file ON file.id = part.file_id
         LEFT JOIN resume_point ON resume_point.file_id = file.id AND resume_point.part = part.part AND is_begun = 1
       WHERE unit.state = 0 ORDER BY unit.priority, unit.id, file.id`,
    )
    .all() as PendingRow[];
  const units: Unit[] = [];
  for (const row of rows) {
    let unit = units.at(-1);
    if (unit?.unitId !== row.unit_id) {
      unit = { unitId: row.unit_id, bytes: row.unit_bytes, parts: [] };
      units.push(unit);
    }
    const zip = zipPlaceOf(row);
    unit.parts.push({
      part: row.part,
      start: row.start,
      end: row.end,
      resume:
        row.resume_position === null || row.resume_state === null
          ? null
          : { position: row.resume_position, state: row.resume_state },
      file: {
        fileId: row.id,
        path: row.path,
        kind: row.kind,
        format: row.format,
        generation: row.generation,
        // As the path names it: what a file is read by does not depend on what was read before.
        node: row.written_node === null ? row.node : row.written_node || null,
        process: row.process,
        shape: row.shape,
        priority: row.priority,
        bytes: row.bytes,
        zip,
        modifiedUs: row.modified_us,
        choice: row.choice === null ? null : (JSON.parse(row.choice) as IngestFile['choice']),
        inside: insideOf(row),
      },
    });
  }
  // What lies in an archive is read in the order in which it lies there.
  for (const { parts } of units) {
    if (parts.length > 1 && parts.every((each) => each.file.inside !== null))
      parts.sort((a, b) => offsetInside(a.file.inside) - offsetInside(b.file.inside));
  }
  return units;
}

/** The files that are not indexed to their end, in path order; what lies in an archive in the order in which it lies there. */
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
