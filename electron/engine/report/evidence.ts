/**
 * The evidence zip: the report in all its forms, the quoted logs (around the quoted lines, or
 * whole), the curves behind the graphs as CSV, and a manifest. Everything goes through the same
 * redactor, and every entry, including its name, through the final check.
 */
import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ZipFile } from 'yazl';
import type { LineRow } from '../../contract/line-records.ts';
import type { ReportOptions } from '../../contract/report.ts';
import { type Report, reportJsonSchema } from '../../contract/report-model.ts';
import type { SourceEntry } from '../source/entry.ts';
import { listSource } from '../source/source.ts';
import { SourceReader } from '../source/source-reader.ts';
import { getMeta } from '../store/meta.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells, selectRows } from '../store/select.ts';
import { quotedRefs } from './quoted-files.ts';
import type { Redactor } from './redact.ts';
import { proveRedacted } from './redact-report.ts';

/** Reads whole lines of a file by number. The engine provides it. */
export type LinePage = (fileId: number, start: number, count: number) => Promise<LineRow[]>;

/** Limit on the quoted text of all logs together. The manifest lists what does not fit. */
const MOST_BYTES = 200 * 1024 * 1024;
const PAGE = 2_000;
/** Up to this size of the source, every file gets a checksum; beyond it, only quoted files. */
const HASH_ALL_BYTES = 2 * 1024 ** 3;
/** Time of every entry, so that two zips of the same report are equal. */
const ENTRY_TIME = new Date('1980-01-01T00:00:00Z');

export interface EvidenceInput {
  db: ReadableDb;
  page: LinePage;
  options: ReportOptions;
  /** The report before redaction, with the original places of lines. */
  original: Report;
  redacted: Report;
  redactor: Redactor | null;
  forms: { name: string; text: string; own: (() => string) | null }[];
}

interface Entry {
  name: string;
  text: string;
  own: (() => string) | null;
}

interface Excerpt {
  file: string;
  whole: boolean;
  /** Ranges of lines, 1-based and inclusive. */
  ranges: [number, number][];
}

/**
 * Reads the text of the quoted logs, so that the redactor learns from it before anything is
 * written.
 */
export async function readExcerpts(
  input: Omit<EvidenceInput, 'redacted' | 'redactor' | 'forms'>,
): Promise<{ excerpt: Excerpt; lines: string[] }[]> {
  const lines = new Map<string, number[]>();
  for (const { file, line } of quotedRefs({ ...input.original, files: [] })) {
    if (line === null) continue;
    const own = lines.get(file) ?? [];
    own.push(line);
    lines.set(file, own);
  }
  const find = selectRows(input.db, 'SELECT id, lines, kind FROM file WHERE path = ?', {
    id: 'number',
    lines: 'number?',
    kind: 'text',
  });
  const read: { excerpt: Excerpt; lines: string[] }[] = [];
  let bytes = 0;
  for (const [file, at] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const row = find.get(file);
    if (row === undefined || row.lines === null || bytes > MOST_BYTES) continue;
    const { contextLines, wholeFiles } = input.options;
    const ranges: [number, number][] = wholeFiles ? [[1, row.lines]] : merge(at, contextLines, row.lines);
    const whole = ranges.length === 1 && ranges[0]?.[0] === 1 && ranges[0][1] === row.lines;
    const out: string[] = [];
    for (const [from, to] of ranges) {
      if (!whole && out.length > 0) out.push('--');
      for (let start = from - 1; start < to && bytes <= MOST_BYTES; start += PAGE) {
        const page = await input.page(row.id, start, Math.min(PAGE, to - start));
        for (const line of page) {
          const text = whole ? line.text : `${line.line}:${line.text}`;
          bytes += text.length + 1;
          out.push(text);
        }
      }
    }
    read.push({ excerpt: { file, whole, ranges }, lines: out });
  }
  return read;
}

function merge(lines: readonly number[], around: number, total: number): [number, number][] {
  const ranges: [number, number][] = [];
  for (const line of [...lines].sort((a, b) => a - b)) {
    const from = Math.max(1, line - around);
    const to = Math.min(total, line + around);
    const last = ranges.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else ranges.push([from, to]);
  }
  return ranges;
}

/** Makes the zip. Checks every entry before packing it. */
export async function evidenceZip(
  input: EvidenceInput,
  excerpts: readonly { excerpt: Excerpt; lines: string[] }[],
): Promise<{ bytes: Buffer; entries: string[] }> {
  const { redactor } = input;
  const hide = (text: string) => redactor?.apply(text) ?? text;
  const entries: Entry[] = [
    ...input.forms,
    { name: 'report.schema.json', text: `${JSON.stringify(reportJsonSchema(), null, 2)}\n`, own: null },
  ];
  for (const { excerpt, lines } of excerpts) {
    const hidden = redactor === null ? lines : redactor.applyLines(lines);
    const folder = excerpt.whole ? 'logs' : 'excerpts';
    entries.push({
      name: entryName(`${folder}/${hide(excerpt.file)}`),
      text: `${hidden.join('\n')}\n`,
      own: null,
    });
  }
  for (const series of input.redacted.resources?.series ?? []) {
    const name = [series.node, series.process ?? '', series.pid ?? '', series.metric]
      .filter((part) => part !== '')
      .join('_');
    const rows = series.points.map(([at, value]) => `${at},${value ?? ''}`);
    entries.push({
      name: entryName(`resources/${hide(name)}.csv`),
      text: `time,${series.metric.replace(/[^\w]/g, '_')}\n${rows.join('\n')}\n`,
      own: null,
    });
  }
  const sources = await sourceHashes(input, excerpts);
  const manifest = {
    schema: 'postrun-evidence/1',
    report: input.redacted.schema,
    madeAt: input.redacted.madeAt,
    run: input.redacted.run,
    redaction: input.redacted.redaction,
    entries: entries.map(({ name, text }) => ({
      name,
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    })),
    /**
     * Checksums of the original source, before redaction, so that whoever has the source can verify
     * it.
     */
    sources: sources.map((source) => ({ ...source, file: hide(source.file) })),
    excerpts: excerpts.map(({ excerpt }) => ({ ...excerpt, file: hide(excerpt.file) })),
  };
  entries.push({ name: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n`, own: null });
  const zip = new ZipFile();
  const chunks: Buffer[] = [];
  const done = new Promise<void>((resolve, reject) => {
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.outputStream.on('end', () => resolve());
    zip.outputStream.on('error', reject);
  });
  const names = new Set<string>();
  for (const entry of entries) {
    const name = unique(entry.name, names);
    proveRedacted(
      redactor,
      name,
      'the name of an entry',
      () => 'logs excerpts resources report.html report.md report.json report.schema.json manifest.json txt log csv',
    );
    proveRedacted(redactor, entry.text, name, entry.own);
    zip.addBuffer(Buffer.from(entry.text), name, { mtime: ENTRY_TIME, mode: 0o100644, compress: true });
  }
  zip.end();
  await done;
  return { bytes: Buffer.concat(chunks), entries: [...names] };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it searches for control characters
const unsafe = /[\u0000-\u001f\u007f<>:"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Returns a relative name without anything that a file system interprets: no drive, no `..`, no
 * control characters.
 */
function entryName(name: string): string {
  const parts = name.split(/[\\/]+/).map((part) => part.replace(unsafe, '_').replace(/^\.+$/, '_'));
  return parts.filter((part) => part !== '').join('/');
}

function unique(name: string, names: Set<string>): string {
  let free = name;
  for (let k = 2; names.has(free); k++) free = name.replace(/(\.[^./]*)?$/, `-${k}$1`);
  names.add(free);
  return free;
}

interface SourceHash {
  file: string;
  bytes: number;
  sha256: string | null;
}

/**
 * Returns the SHA-256 of the source's files as they are; null for a file that cannot be read, or is
 * not quoted and the source is very large.
 */
async function sourceHashes(input: EvidenceInput, excerpts: readonly { excerpt: Excerpt }[]): Promise<SourceHash[]> {
  const source = getMeta(input.db, 'source') ?? '';
  const root = getMeta(input.db, 'root') ?? '';
  const quoted = new Set(excerpts.map(({ excerpt }) => excerpt.file));
  const known = new Set(selectCells(input.db, 'SELECT path FROM file', 'text').all());
  const listing = await listSource(source).catch(() => null);
  if (listing === null) return [];
  const prefix = root === '' ? '' : `${root}/`;
  const own = listing.entries.filter(
    (entry) => entry.path.startsWith(prefix) && known.has(entry.path.slice(prefix.length)),
  );
  const isSmall = own.reduce((sum, entry) => sum + entry.bytes, 0) <= HASH_ALL_BYTES;
  const reader = new SourceReader({ kind: listing.kind, path: listing.path, prefix: '' });
  const hashes: SourceHash[] = [];
  try {
    for (const entry of own) {
      const file = entry.path.slice(prefix.length);
      const sha256 = isSmall || quoted.has(file) ? await hashOf(entry, reader).catch(() => null) : null;
      hashes.push({ file, bytes: entry.bytes, sha256 });
    }
  } finally {
    await reader.close();
  }
  return hashes;
}

async function hashOf(entry: SourceEntry, reader: SourceReader): Promise<string | null> {
  const hash = createHash('sha256');
  let isDamaged = false;
  const open = reader.openEntry(entry, () => {
    isDamaged = true;
  });
  try {
    for await (const chunk of open.chunks()) {
      hash.update(chunk);
      // Reading is synchronous, so yield to other work.
      await setImmediate();
    }
  } finally {
    open.close();
  }
  return isDamaged ? null : hash.digest('hex');
}
