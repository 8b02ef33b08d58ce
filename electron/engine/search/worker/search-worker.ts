/** The search worker: a thread that reads blocks and verifies their lines. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorInfo } from '../../../contract/errors.ts';
import { type LineRow, levels } from '../../../contract/line-records.ts';
import type { ReadingChoice } from '../../../contract/reading.ts';
import { compress, decompress } from '../../base/codec.ts';
import { statesOf, textEnd } from '../../base/terminal.ts';
import { FormatBook } from '../../formats/custom/format-book.ts';
import type { LineRules } from '../../formats/prefix/line-rules.ts';
import { offsetText, type PlaceClock } from '../../formats/prefix/zones.ts';
import { SourceReader } from '../../source/source-reader.ts';
import { nodeShifts } from '../../store/clock-shifts.ts';
import { getMeta } from '../../store/meta.ts';
import { openReadable } from '../../store/open.ts';
import { takeYearOf } from '../default-year.ts';
import { createMatcher, type Matcher } from '../match/matcher.ts';
import type { BlockHits, BlockRef } from '../plan/block-ref.ts';
import { Vocabulary } from '../plan/vocabulary.ts';
import { BlockReader, type FileMeta } from './block-reader.ts';
import { type EachLine, extract } from './extract.ts';
import { effectiveUs, rulesOf, shownBytes } from './file-rules.ts';
import type { SearchJob, SearchReply, SearchWorkerData, WorkerQuery } from './jobs.ts';
import { lineAcceptor } from './line-acceptor.ts';
import { carryOf, type FoundLines, lookAtLines, NOTHING_CARRIED, type WalkedLine, walkLines } from './line-walker.ts';
import { buffersOf, NO_HITS, packHits, unpackBlocks } from './packed.ts';
import { PidCounts } from './pid-counts.ts';
import { LineResolver } from './resolvers.ts';
import { type ScanRules, scanFile } from './scan.ts';

const data = workerData as SearchWorkerData;
const port = parentPort as MessagePort;
const formats = new FormatBook(data.formats);
const db = openReadable(data.database);
const reader = new BlockReader(db, data.folder);
const source = new SourceReader(data.source);
const vocabulary = new Vocabulary(db, data.vocabularyBytes);
const matchers = new Map<string, Matcher>();
/** Blocks are read into the same memory, which stays in the processor's cache. */
const scratch = Buffer.allocUnsafe(256 * 1024);
let resolver = new LineResolver(db);
let shifts = nodeShifts(db);
let epoch = -1;
/** A time from the run's own dated logs. */
let runUs: number | null = null;

function matcherOf(query: WorkerQuery): Matcher {
  let matcher = matchers.get(query.queryId);
  if (matcher === undefined) {
    if (matchers.size > 32) matchers.clear();
    matcher = createMatcher(query.expr);
    matchers.set(query.queryId, matcher);
  }
  return matcher;
}

/** Reads the text of a block as written, valid until the next read. */
function readRaw(block: BlockRef, ahead = 0): Buffer {
  if (block.text !== undefined) return decompress(block.text);
  return reader.read(block, scratch, ahead);
}

/** Reads the text of a block as searched and shown. */
function readBlock(block: BlockRef, ahead = 0): Buffer {
  return shownBytes(reader.file(block.fileId), readRaw(block, ahead));
}

/** Returns the microseconds to subtract from the times of a file's lines. */
function shiftOf(file: FileMeta, { clock }: WorkerQuery): number {
  return clock === 'written' || file.node === null ? 0 : (shifts.get(file.node) ?? 0);
}

/**
 * Returns the lines of a block that match the query's text; null if it has no text, so that all
 * lines match.
 */
function matchesIn(query: WorkerQuery, bytes: Buffer): FoundLines | null {
  if (query.expr.type === 'all') return null;
  const found: FoundLines = { starts: [], ends: [], indexes: [] };
  matcherOf(query).findLines(bytes, 0, bytes.length, (start, end, index) => {
    found.starts.push(start);
    found.ends.push(end);
    found.indexes.push(index);
    return undefined;
  });
  return found;
}

/** Reports the matching lines with their properties. */
function lookAtMatches(
  block: BlockRef,
  bytes: Buffer,
  found: FoundLines | null,
  report: (line: WalkedLine, index: number) => void,
  rules: LineRules,
): void {
  if (found === null) walkLines(bytes, carryOf(block), null, report, rules);
  else lookAtLines(bytes, carryOf(block), found, report, rules);
}

function pidOf(file: FileMeta, line: WalkedLine): number {
  return line.pid !== -1 ? line.pid : (file.pid ?? resolver.pidOf(file.node, file.process, line.us));
}

/** Returns a function that visits the lines that a query finds in a block. */
function eachLineOf(query: WorkerQuery): EachLine {
  return (block, take) => {
    const bytes = readBlock(block);
    const matches = matchesIn(query, bytes);
    if (matches?.starts.length === 0) return;
    const file = reader.file(block.fileId);
    const shift = shiftOf(file, query);
    const accept = lineAcceptor(query.lines, resolver, shift);
    const report = (line: WalkedLine, index: number) => {
      if (accept !== null && !accept(file, line, bytes)) return;
      take({ line, index, us: effectiveUs(file, line.us) - shift, pid: pidOf(file, line) }, bytes);
    };
    lookAtMatches(block, bytes, matches, report, rulesOf(formats, file, block));
  };
}

function countBlock(query: WorkerQuery, block: BlockRef, bytes: Buffer, keep: boolean, rules: LineRules): BlockHits {
  const matches = matchesIn(query, bytes);
  if (matches?.starts.length === 0) return NO_HITS;
  const file = reader.file(block.fileId);
  const shift = shiftOf(file, query);
  const accept = lineAcceptor(query.lines, resolver, shift);
  const levels = [0, 0, 0, 0, 0, 0];
  const lines: number[] = [];
  const times: number[] = [];
  const nanos: number[] = [];
  let hasNanos = false;
  const pids = new PidCounts();
  let count = 0;
  let minUs = Number.POSITIVE_INFINITY;
  let maxUs = Number.NEGATIVE_INFINITY;
  const take = (line: WalkedLine, index: number) => {
    if (accept !== null && !accept(file, line, bytes)) return;
    count++;
    levels[line.level] = (levels[line.level] as number) + 1;
    const time = effectiveUs(file, line.us);
    // A line of a file without times comes last.
    const us = Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time - shift;
    if (us < minUs) minUs = us;
    if (us > maxUs) maxUs = us;
    pids.add(pidOf(file, line));
    if (!keep) return;
    lines.push(index);
    times.push(us);
    nanos.push(line.nanos);
    if (line.nanos !== 0) hasNanos = true;
  };
  lookAtMatches(block, bytes, matches, take, rules);
  if (count === 0) return NO_HITS;
  return {
    count,
    minUs,
    maxUs,
    levels,
    pids: pids.list(),
    lines: keep ? Uint32Array.from(lines) : null,
    us: keep ? Float64Array.from(times) : null,
    nanos: keep && hasNanos ? Uint16Array.from(nanos) : null,
  };
}

function rowsOf(job: Extract<SearchJob, { type: 'rows' }>): LineRow[] {
  const { block, query, maxChars } = job;
  const source = readRaw(block);
  const file = reader.file(block.fileId);
  const bytes = shownBytes(file, source);
  const matcher = query.expr.type === 'all' ? null : matcherOf(query);
  const rows: LineRow[] = [];
  const shift = shiftOf(file, query);
  const written = bytes === source ? null : linesAt(source, job.lines);
  const rules = rulesOf(formats, file, block);
  const { zone } = rules.reading;
  const show = (line: WalkedLine, index: number, k: number) => {
    const all = bytes.toString('utf8', line.start, line.end);
    const shown =
      line.shown === line.start ? all : bytes.toString('utf8', line.shown, textEnd(bytes, line.shown, line.end));
    const whole = job.raw ? (written?.[k] ?? all) : shown;
    const us = effectiveUs(file, line.us);
    const isCleaned = line.shown !== line.start || (written !== null && written[k] !== all);
    const identity = resolver.identify(file, line, bytes);
    rows.push({
      fileId: block.fileId,
      line: block.fileLine + index + 1,
      text: whole.length > maxChars ? whole.slice(0, maxChars) : whole,
      length: whole.length,
      timeUs: Number.isNaN(us) ? null : us - shift,
      writtenUs: Number.isNaN(us) ? null : us,
      ownTime: line.ownTime,
      nanos: line.nanos,
      offset: typeof zone === 'number' || !line.ownTime ? null : offsetInFold(zone, line.us),
      level: line.level === 0 ? null : (levels[line.level - 1] ?? null),
      isContinuation: line.isContinuation,
      states: line.shown === line.start ? 1 : statesOf(all).length,
      isCleaned,
      prefix: job.raw && isCleaned ? 0 : bytes.toString('utf8', line.shown, line.shown + line.prefix).length,
      traceback: line.role,
      node: file.node,
      pid: identity.pid === -1 ? null : identity.pid,
      process: file.process,
      miniBatchId: identity.miniBatchId,
      matches: matcher === null ? [] : shownMatches(matcher.highlights(whole), maxChars),
    });
  };
  walkLines(bytes, carryOf(block), job.lines, show, rules);
  return rows;
}

function offsetInFold(clock: PlaceClock, us: number): string | null {
  const minutes = clock.offsetInFold(us);
  return minutes === null ? null : offsetText(minutes);
}

/** Returns the lines with these numbers, without their ends. */
function linesAt(bytes: Buffer, wanted: readonly number[]): string[] {
  const lines: string[] = [];
  let at = 0;
  for (let index = 0; at < bytes.length && lines.length < wanted.length; index++) {
    const found = bytes.indexOf(10, at);
    const end = found === -1 ? bytes.length : found;
    if (wanted[lines.length] === index)
      lines.push(bytes.toString('utf8', at, end > at && bytes[end - 1] === 13 ? end - 1 : end));
    at = end + 1;
  }
  return lines;
}

function textOf(job: Extract<SearchJob, { type: 'text' }>): SearchReply {
  const { block, part, from, length } = job;
  const [line = ''] = linesAt(part === 'raw' ? readRaw(block) : readBlock(block), [job.line]);
  const states = part === 'raw' ? [line] : statesOf(line);
  const whole = part === 'states' ? states.join('\n') : (states.at(-1) ?? '');
  return { type: 'text', text: whole.slice(from, from + length), length: whole.length };
}

/**
 * Searches all blocks of a file that is not indexed, with what each block carries into the next.
 */
async function scan(job: Extract<SearchJob, { type: 'scan' }>): Promise<SearchReply> {
  begin(job.epoch);
  const stop = new Int32Array(job.stop);
  const refs: BlockRef[] = [];
  const all: BlockHits[] = [];
  const file = reader.file(job.file.fileId);
  let carry = NOTHING_CARRIED;
  let rules = rulesOf(formats, file);
  let reading: string | null = null;
  let fileLine = 0;
  let total = 0;
  const scanRules: ScanRules = {
    isKnown: rules.own !== null || file.reading !== null || file.shape === 'binary',
    file: {
      shape: file.shape,
      bytes: file.bytes,
      modifiedUs: file.modified_us,
      choice: file.choice === null ? null : (JSON.parse(file.choice) as ReadingChoice),
    },
    runUs,
    onDecided: (decided) => {
      rules = decided.rules;
      reading = decided.reading;
    },
  };
  await scanFile(job.file, source, scanRules, (text, start, isOriginal) => {
    const bytes = shownBytes(file, text);
    const ref: BlockRef = {
      blockId: -1,
      span: 1,
      fileId: job.file.fileId,
      start,
      bytes: text.length,
      fileLine,
      carryUs: carry.us,
      carryPid: carry.pid,
      carryNanos: carry.nanos,
      carryLevel: carry.level,
      traceback: carry.traceback,
      startsInLine: false,
      isStored: false,
    };
    if (reading !== null) ref.reading = reading;
    const hits = countBlock(job.query, ref, bytes, job.keep, rules);
    if (hits.count > 0) {
      // Keep the text if reading it again would mean reading everything before it.
      if (!isOriginal) ref.text = compress(text);
      refs.push(ref);
      all.push(hits);
    }
    const note = (_line: WalkedLine, index: number) => {
      fileLine = ref.fileLine + index + 1;
    };
    carry = walkLines(bytes, carry, null, note, rules);
    total += text.length;
    return Atomics.load(stop, 0) === 0;
  });
  return { type: 'scan', refs, hits: all, bytes: total };
}

function begin(now: number): void {
  if (now === epoch) return;
  epoch = now;
  resolver = new LineResolver(db);
  shifts = nodeShifts(db);
  reader.forget();
  takeYearOf(db);
  const run = getMeta(db, 'run_us') ?? '';
  runUs = run === '' ? null : Number(run);
}

function run(job: Exclude<SearchJob, { type: 'scan' }>): SearchReply {
  if (job.type === 'vocabulary') {
    return { type: 'vocabulary', keys: job.segmentIds.map((id) => vocabulary.keysOf(id, job.parts)) };
  }
  begin(job.epoch);
  reader.forgetAhead();
  if (job.type === 'rows') return { type: 'rows', rows: rowsOf(job) };
  if (job.type === 'text') return textOf(job);
  if (job.type === 'extract')
    return { type: 'extract', found: extract(job.wish, unpackBlocks(job.blocks), eachLineOf(job.query)) };
  return count(job);
}

/**
 * Counts the hits of blocks. The blocks come in the order of time, which alternates between files.
 * They are read file by file, and adjacent blocks at once.
 */
function count(job: Extract<SearchJob, { type: 'count' }>): SearchReply {
  const blocks = unpackBlocks(job.blocks).map((block, place) => ({ block, place }));
  const hits: BlockHits[] = blocks.map(() => NO_HITS);
  blocks.sort(({ block: a }, { block: b }) => a.fileId - b.fileId || a.start - b.start);
  let bytes = 0;
  for (const [k, { block, place }] of blocks.entries()) {
    let end = block.start + block.bytes;
    for (let next = k + 1; next < blocks.length && end - block.start < scratch.length; next++) {
      const behind = blocks[next]?.block;
      if (behind?.fileId !== block.fileId || behind.start !== end) break;
      end += behind.bytes;
    }
    const text = readBlock(block, end - block.start - block.bytes);
    hits[place] = countBlock(job.query, block, text, job.keep, rulesOf(formats, reader.file(block.fileId), block));
    bytes += block.bytes;
  }
  return { type: 'count', hits: packHits(hits), bytes };
}

port.on('message', (job: SearchJob | 'stop') => {
  if (job === 'stop') {
    reader.close();
    void source.close();
    db.close();
    port.close();
    return;
  }
  const reply = job.type === 'scan' ? scan(job) : Promise.resolve().then(() => run(job));
  reply.then(
    (value) => port.postMessage(value, value.type === 'count' ? buffersOf(value.hits) : []),
    (error: unknown) => port.postMessage({ type: 'error', error: toErrorInfo(error) } satisfies SearchReply),
  );
});

/**
 * Returns the matches within the text that is sent, or if there are none, the first one beyond it,
 * so that a view can jump to it.
 */
function shownMatches(matches: [number, number][], maxChars: number): [number, number][] {
  const within = matches.filter(([start]) => start < maxChars);
  return within.length > 0 ? within : matches.slice(0, 1);
}
