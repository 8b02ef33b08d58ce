import { builtInFormats, type FormatBook } from '../formats/own-formats.ts';
import { contentName, type Inside, offsetInside, streamKey } from '../source/inside.ts';
import type { SourceListing } from '../source/source.ts';
import type { ReadableDb, WritableDb } from '../store/open.ts';
import { removeUnit } from '../store/segment-writer.ts';
import type { IngestFile, Unit } from './messages.ts';

/** Small files are read together up to this size. */
const UNIT_BYTES = 8 * 1024 * 1024;
/** A large file of a folder is read in parts of this size, so that all cores read it. */
const PART_BYTES = 64 * 1024 * 1024;

interface KnownFile {
  id: number;
  path: string;
  bytes: number;
  modified_us: number | null;
  zip_crc: number | null;
  inside: string | null;
  format: string;
  format_hash: string | null;
}

/**
 * Bring the tables file, unit and part in line with what the source holds now: new files get units, files that changed, or whose
 * format did, or that went are taken out, units that were not finished are taken back. Returns what has still to be read, first what tells most (overview, tables, system logs).
 */
export function planUnits(
  db: WritableDb,
  listing: SourceListing,
  prefix: string,
  formats: FormatBook = builtInFormats,
): Unit[] {
  return db.transaction(() => {
    const known = new Map(
      (
        db
          .prepare('SELECT id, path, bytes, modified_us, zip_crc, inside, format, format_hash FROM file')
          .all() as KnownFile[]
      ).map((file) => [file.path, file]),
    );
    // Of a file that did not change, formats of one's own may have.
    const formatsBefore = db.prepare("SELECT value FROM meta WHERE key = 'formats'").pluck().get();
    const isFormatSame = (old: KnownFile, name: string) => {
      if (formatsBefore === formats.key) return true;
      const { format } = formats.classify(name);
      return format === old.format && formats.hashOf(format) === old.format_hash;
    };
    const fresh: IngestFile[] = [];
    const reset = new Set<number>();
    for (const entry of listing.entries) {
      if (!entry.path.startsWith(prefix)) continue;
      const path = entry.path.slice(prefix.length);
      const old = known.get(path);
      known.delete(path);
      const name = entry.inside === null ? path : contentName(path);
      const inside = entry.inside === null ? null : JSON.stringify(entry.inside);
      const isSame =
        old !== undefined &&
        old.bytes === entry.bytes &&
        old.modified_us === entry.modifiedUs &&
        old.zip_crc === (entry.zip?.crc ?? null) &&
        old.inside === inside &&
        isFormatSame(old, name);
      if (isSame) continue;
      if (old !== undefined) removeFile(db, old.id, reset);
      const meta = formats.classify(name);
      const fileId = Number(
        db
          .prepare(
            `INSERT INTO file (path, kind, format, generation, node, process, shape, priority, bytes, modified_us, zip_offset, zip_bytes, zip_method, zip_crc, inside, format_hash)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          )
          .run(
            path,
            meta.kind,
            meta.format,
            meta.generation,
            meta.node,
            meta.process,
            meta.shape,
            meta.priority,
            entry.bytes,
            entry.modifiedUs,
            entry.zip?.offset ?? null,
            entry.zip?.compressedBytes ?? null,
            entry.zip?.method ?? null,
            entry.zip?.crc ?? null,
            inside,
            formats.hashOf(meta.format),
          ).lastInsertRowid,
      );
      fresh.push({ ...meta, fileId, path, bytes: entry.bytes, zip: entry.zip, inside: entry.inside });
    }
    db.prepare("INSERT OR REPLACE INTO meta VALUES ('formats', ?)").run(formats.key);
    for (const gone of known.values()) removeFile(db, gone.id, reset);
    insertUnits(db, fresh);
    const unfinished = db
      .prepare('SELECT DISTINCT unit_id FROM segment JOIN unit ON unit.id = unit_id WHERE state = 0')
      .pluck()
      .all() as number[];
    for (const unit of unfinished) removeUnit(db, unit);
    return pendingUnits(db);
  })();
}

/** Take a file out: the units that hold it are read again without it. `reset`: the units that were taken back already. */
function removeFile(db: WritableDb, fileId: number, reset: Set<number>): void {
  const units = db.prepare('SELECT DISTINCT unit_id FROM part WHERE file_id = ?').pluck().all(fileId) as number[];
  for (const unit of units) {
    if (!reset.has(unit)) {
      reset.add(unit);
      removeUnit(db, unit);
      db.prepare(
        `UPDATE file SET state = 'pending', lines = NULL, first_us = NULL, last_us = NULL, errors = 0, warnings = 0, pid = NULL
         WHERE id IN (SELECT file_id FROM part WHERE unit_id = ?)`,
      ).run(unit);
      db.prepare('UPDATE part SET lines = NULL, first_line = NULL WHERE unit_id = ?').run(unit);
      db.prepare('UPDATE unit SET state = 0 WHERE id = ?').run(unit);
    }
    db.prepare('DELETE FROM part WHERE unit_id = ? AND file_id = ?').run(unit, fileId);
    const isLeft = db.prepare('SELECT 1 FROM part WHERE unit_id = ? LIMIT 1').get(unit) !== undefined;
    if (!isLeft) db.prepare('DELETE FROM unit WHERE id = ?').run(unit);
  }
  db.prepare('DELETE FROM problem WHERE file_id = ?').run(fileId);
  db.prepare('DELETE FROM file WHERE id = ?').run(fileId);
}

function insertUnits(db: WritableDb, files: IngestFile[]): void {
  const unit = db.prepare('INSERT INTO unit (priority, bytes) VALUES (?, ?)');
  const part = db.prepare('INSERT INTO part (unit_id, file_id, part, start, end) VALUES (?, ?, ?, ?, ?)');
  let open: { priority: number; files: IngestFile[]; bytes: number } | null = null;
  const close = () => {
    if (open === null) return;
    const id = unit.run(open.priority, open.bytes).lastInsertRowid;
    for (const file of open.files) part.run(id, file.fileId, 0, 0, file.bytes);
    open = null;
  };
  const streams = new Map<string, IngestFile[]>();
  const ordered = [...files].sort((a, b) => a.priority - b.priority);
  for (const file of ordered) {
    const stream = streamKey(file.inside, file.zip !== null && file.zip.method !== 0);
    if (stream !== null) {
      const members = streams.get(stream);
      if (members === undefined) streams.set(stream, [file]);
      else members.push(file);
      continue;
    }
    if (file.bytes > UNIT_BYTES) {
      close();
      const isSplit =
        file.zip === null && file.inside === null && file.shape !== 'csv' && file.bytes > 1.5 * PART_BYTES;
      const count = isSplit ? Math.round(file.bytes / PART_BYTES) : 1;
      for (let k = 0; k < count; k++) {
        const start = Math.floor((file.bytes / count) * k);
        const end = k === count - 1 ? file.bytes : Math.floor((file.bytes / count) * (k + 1));
        part.run(unit.run(file.priority, end - start).lastInsertRowid, file.fileId, k, start, end);
      }
      continue;
    }
    if (open !== null && (open.priority !== file.priority || open.bytes + file.bytes > UNIT_BYTES)) close();
    open ??= { priority: file.priority, files: [], bytes: 0 };
    open.files.push(file);
    open.bytes += file.bytes;
  }
  close();
  // What comes as one stream is one unit, as urgent as the most urgent file in it.
  for (const members of streams.values()) {
    open = {
      priority: members[0]?.priority ?? 2,
      files: members,
      bytes: members.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    close();
  }
}

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
  process: string | null;
  shape: IngestFile['shape'];
  priority: IngestFile['priority'];
  bytes: number;
  zip_offset: number | null;
  zip_bytes: number | null;
  zip_method: number | null;
  zip_crc: number | null;
  inside: string | null;
}

/** The units that are not read yet, in the order in which they should be. */
export function pendingUnits(db: ReadableDb): Unit[] {
  const rows = db
    .prepare(
      `SELECT unit.id AS unit_id, unit.bytes AS unit_bytes, part.part, part.start, part.end, file.*
       FROM unit JOIN part ON part.unit_id = unit.id JOIN file ON file.id = part.file_id
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
      file: {
        fileId: row.id,
        path: row.path,
        kind: row.kind,
        format: row.format,
        generation: row.generation,
        node: row.node,
        process: row.process,
        shape: row.shape,
        priority: row.priority,
        bytes: row.bytes,
        zip,
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
    .prepare(
      'SELECT id, path, bytes, zip_offset, zip_bytes, zip_method, zip_crc, inside FROM file WHERE lines IS NULL ORDER BY path',
    )
    .all() as PendingRow[];
  const files = rows.map((row) => ({
    fileId: row.id,
    path: row.path,
    bytes: row.bytes,
    zip: zipPlaceOf(row),
    inside: insideOf(row),
  }));
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
