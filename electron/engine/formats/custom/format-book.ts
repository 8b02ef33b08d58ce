/** The format book is the built-in formats together with the custom ones. */
import { createHash } from 'node:crypto';
import { type FileKind, type Level, levels } from '../../../contract/records.ts';
import { decodePrefix } from '../prefix/decoded-prefix.ts';
import { classify, shapeByExtension } from '../rows/registry.ts';
import type { FileClass, ReadPrefix } from '../types.ts';
import { createTimeReader, type TimeReader } from './time.ts';

/**
 * A format of one's own, as it is handed to the threads that read lines: checked, and plain data.
 */
export interface OwnFormat {
  id: string;
  description: string | null;
  kind: FileKind;
  /** Source of a regular expression that the path is searched for; groups `node` and `process`. */
  path: string;
  shape: 'lines' | 'csv' | 'by-extension';
  /**
   * Source of a regular expression that a record's first line matches; null: the usual prefixes are
   * looked for.
   */
  line: string | null;
  /** Of the group `time`; null: any of the usual forms. */
  time: string | null;
  /** The words of the group `level` that the usual ones do not cover. */
  levels: Record<string, Level>;
}

/** Beginning of a line that a pattern of one's own is tried on. */
const LOOK_BYTES = 4_096;
const OWN = 'own.';

/**
 * All formats there are for one case: those of the registry, and before them those of one's own.
 */
export class FormatBook {
  readonly formats: readonly OwnFormat[];
  /** Changes whenever any of one's own formats does. */
  readonly key: string;
  readonly #rows: { format: OwnFormat; pattern: RegExp; hash: string }[];
  readonly #readers = new Map<string, ReadPrefix>();

  constructor(formats: readonly OwnFormat[]) {
    this.formats = formats;
    this.#rows = formats.map((format) => ({ format, pattern: new RegExp(format.path), hash: hashOf(format) }));
    this.key = this.#rows.map((row) => row.hash).join();
    for (const format of formats) if (format.line !== null) this.#readers.set(OWN + format.id, readerOf(format));
  }

  /** What a path says of its file. */
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

  /** Which version of a format of one's own it is; null for those of the registry. */
  hashOf(format: string): string | null {
    return this.#rows.find((row) => OWN + row.format.id === format)?.hash ?? null;
  }

  /**
   * How the lines of a file of a format begin, where that is told by a pattern of one's own; else
   * null.
   */
  ownPrefix(format: string): ReadPrefix | null {
    return this.#readers.get(format) ?? null;
  }
}

/** The formats of the registry alone. */
export const builtInFormats = new FormatBook([]);

function hashOf(format: OwnFormat): string {
  // What a format is called in words changes nothing.
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

/** A time in any of the forms that stand before lines. */
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
