/** The format book is the built-in formats together with the custom ones. */
import { createHash } from 'node:crypto';
import type { FileKind } from '../../../contract/file-records.ts';
import { type Level, levels } from '../../../contract/line-records.ts';
import { decodePrefix } from '../prefix/decoded-prefix.ts';
import { classify, shapeByExtension } from '../rows/registry.ts';
import type { FileClass, ReadPrefix } from '../types.ts';
import { createTimeReader, type TimeReader } from './time.ts';

/** A checked custom format as plain data, for the threads that read lines. */
export interface OwnFormat {
  id: string;
  description: string | null;
  kind: FileKind;
  /** Regular expression to find in the path, with groups `node` and `process`. */
  path: string;
  shape: 'lines' | 'csv' | 'by-extension';
  /** Regular expression for the first line of a record; null to look for the usual prefixes. */
  line: string | null;
  /** Pattern of the group `time`; null for any of the usual forms. */
  time: string | null;
  /** Words of the group `level` beyond the usual ones. */
  levels: Record<string, Level>;
}

/** Bytes of a line to try the pattern on. */
const LOOK_BYTES = 4_096;
const OWN = 'own.';

/** All formats of one case: custom formats take precedence over the registry. */
export class FormatBook {
  readonly formats: readonly OwnFormat[];
  /** Changes whenever a custom format does. */
  readonly key: string;
  readonly #rows: { format: OwnFormat; pattern: RegExp; hash: string }[];
  readonly #readers = new Map<string, ReadPrefix>();

  constructor(formats: readonly OwnFormat[]) {
    this.formats = formats;
    this.#rows = formats.map((format) => ({ format, pattern: new RegExp(format.path), hash: hashOf(format) }));
    this.key = this.#rows.map((row) => row.hash).join();
    for (const format of formats) if (format.line !== null) this.#readers.set(OWN + format.id, readerOf(format));
  }

  /** Returns what a path says about its file. */
  classify(path: string): FileClass {
    for (const { format, pattern } of this.#rows) {
      const match = pattern.exec(path);
      if (match === null) continue;
      const shape = format.shape === 'by-extension' ? shapeByExtension(path) : format.shape;
      const { node = null, process = null } = match.groups ?? {};
      const { priority } = classify(path);
      return { kind: format.kind, format: OWN + format.id, generation: null, node, process, shape, priority };
    }
    return classify(path);
  }

  /** Identifies the version of a custom format; null for formats of the registry. */
  hashOf(format: string): string | null {
    return this.#rows.find((row) => OWN + row.format.id === format)?.hash ?? null;
  }

  /** Returns the prefix reader of a custom format with a line pattern; null for all others. */
  ownPrefix(format: string): ReadPrefix | null {
    return this.#readers.get(format) ?? null;
  }
}

/** The formats of the registry alone. */
export const builtInFormats = new FormatBook([]);

function hashOf(format: OwnFormat): string {
  // The description changes nothing.
  return createHash('sha256')
    .update(JSON.stringify({ ...format, description: null }))
    .digest('hex')
    .slice(0, 16);
}

const levelWords =
  /^(?:(trace|debug|verbose)|(info|notice|information)|(warn|warning)|(err|error|severe)|(critical|fatal|panic))$/i;

function levelNumber(word: string, own: ReadonlyMap<string, number>): number {
  const mapped = own.get(word);
  if (mapped !== undefined) return mapped;
  const match = levelWords.exec(word);
  return match === null ? 0 : match.findIndex((group, index) => index > 0 && group !== undefined);
}

/** Reads a time in any of the forms that begin lines. */
const usualTime: TimeReader = (text) =>
  decodePrefix(`${text} x`)?.timeUs ?? decodePrefix(`[${text}] x`)?.timeUs ?? Number.NaN;

function readerOf(format: OwnFormat): ReadPrefix {
  const pattern = new RegExp(format.line ?? '', 'd');
  const readTime = format.time === null ? usualTime : createTimeReader(format.time);
  const own = new Map(Object.entries(format.levels).map(([word, level]) => [word, levels.indexOf(level) + 1]));
  return (bytes, start, end, out) => {
    out.timeUs = Number.NaN;
    out.level = 0;
    out.pid = -1;
    out.length = 0;
    let stop = Math.min(end, start + LOOK_BYTES);
    if (stop > start && bytes[stop - 1] === 13) stop--;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, stop - start).toString('utf8');
    const match = pattern.exec(text);
    const groups = match?.groups;
    if (match === null || groups === undefined) return;
    if (groups.time !== undefined) out.timeUs = readTime(groups.time);
    if (groups.level !== undefined) out.level = levelNumber(groups.level, own);
    if (groups.pid !== undefined && /^\d{1,10}$/.test(groups.pid)) out.pid = Number(groups.pid);
    const at = match.indices?.groups?.message?.[0];
    if (at !== undefined) out.length = Buffer.byteLength(text.slice(0, at));
  };
}
