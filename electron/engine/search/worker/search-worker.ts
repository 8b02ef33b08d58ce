import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorInfo } from '../../../contract/errors.ts';
import { type LineRow, levels } from '../../../contract/records.ts';
import { compress, decompress } from '../../base/codec.ts';
import { FormatBook } from '../../formats/custom/format-book.ts';
import { setDefaultYear } from '../../formats/prefix/prefix-time.ts';
import { SourceReader } from '../../source/source-reader.ts';
import { openReadable } from '../../store/open.ts';
import { createMatcher, type Matcher } from '../match/matcher.ts';
import type { BlockHits, BlockRef, LineFilter } from '../plan/block-ref.ts';
import { Vocabulary } from '../plan/vocabulary.ts';
import { BlockReader, type FileMeta } from './block-reader.ts';
import type { SearchJob, SearchReply, SearchWorkerData, WorkerQuery } from './jobs.ts';
import { type FoundLines, lookAtLines, type WalkedLine, walkLines } from './line-walker.ts';
import { buffersOf, NO_HITS, packHits, unpackBlocks } from './packed.ts';
import { PidCounts } from './pid-counts.ts';
import { LineResolver } from './resolvers.ts';
import { scanFile } from './scan.ts';

const data = workerData as SearchWorkerData;
const port = parentPort as MessagePort;
const formats = new FormatBook(data.formats);
const db = openReadable(data.database);
const reader = new BlockReader(db, data.folder);
const archives = new SourceReader(data.folder === null ? 'zip' : 'folder', data.sourcePath);
const vocabulary = new Vocabulary(db, data.vocabularyBytes);
const matchers = new Map<string, Matcher>();
/** Blocks are read into the same memory: it stays in the processor's cache. */
const scratch = Buffer.allocUnsafe(128 * 1024);
let resolver = new LineResolver(db);
let epoch = -1;

function matcherOf(query: WorkerQuery): Matcher {
  let matcher = matchers.get(query.queryId);
  if (matcher === undefined) {
    if (matchers.size > 32) matchers.clear();
    matcher = createMatcher(query.expr);
    matchers.set(query.queryId, matcher);
  }
  return matcher;
}

/** The text of a block, good until the next is read. */
function readBlock(block: BlockRef): Buffer {
  if (block.text !== undefined) return decompress(block.text);
  const bytes = reader.read(block.fileId, block.blockId, block.span, block.start, block.bytes, scratch);
  if (!block.startsInLine) return bytes;
  const lineEnd = bytes.indexOf(10);
  return bytes.subarray(lineEnd === -1 ? bytes.length : lineEnd + 1);
}

function passes<T>(facet: { include: T[]; exclude: T[] }, value: T | null): boolean {
  if (facet.include.length > 0 && (value === null || !facet.include.includes(value))) return false;
  return value === null || !facet.exclude.includes(value);
}

function isNeeded(facet: { include: unknown[]; exclude: unknown[] }): boolean {
  return facet.include.length > 0 || facet.exclude.length > 0;
}

function acceptor(filter: LineFilter | null): ((file: FileMeta, line: WalkedLine, bytes: Buffer) => boolean) | null {
  if (filter === null) return null;
  const byBatch = isNeeded(filter.miniBatches) || isNeeded(filter.outcomes);
  const byPid = isNeeded(filter.pids);
  return (file, line, bytes) => {
    if (line.level < filter.minLevel) return false;
    if (filter.fromUs !== null && !(line.us >= filter.fromUs)) return false;
    if (filter.toUs !== null && !(line.us < filter.toUs)) return false;
    if (!byPid && !byBatch) return true;
    const { pid, miniBatchId, outcome } = resolver.identify(file, line, bytes);
    if (!passes(filter.pids, pid === -1 ? null : pid)) return false;
    return passes<string>(filter.miniBatches, miniBatchId) && passes<string>(filter.outcomes, outcome);
  };
}

function countBlock(query: WorkerQuery, block: BlockRef, bytes: Buffer, keep: boolean): BlockHits {
  const found: FoundLines = { starts: [], ends: [], indexes: [] };
  const isAll = query.expr.type === 'all';
  if (!isAll) {
    matcherOf(query).findLines(bytes, 0, bytes.length, (start, end, index) => {
      found.starts.push(start);
      found.ends.push(end);
      found.indexes.push(index);
      return undefined;
    });
    if (found.starts.length === 0) return NO_HITS;
  }
  const file = reader.file(block.fileId);
  const accept = acceptor(query.lines);
  const levels = [0, 0, 0, 0, 0, 0];
  const lines: number[] = [];
  const times: number[] = [];
  const pids = new PidCounts();
  let count = 0;
  let minUs = Number.POSITIVE_INFINITY;
  let maxUs = Number.NEGATIVE_INFINITY;
  const take = (line: WalkedLine, index: number) => {
    if (accept !== null && !accept(file, line, bytes)) return;
    count++;
    levels[line.level] = (levels[line.level] as number) + 1;
    // A line without any time stands after all others.
    const us = Number.isNaN(line.us) ? Number.MAX_SAFE_INTEGER : line.us;
    if (us < minUs) minUs = us;
    if (us > maxUs) maxUs = us;
    pids.add(line.pid !== -1 ? line.pid : (file.pid ?? resolver.pidOf(file.node, file.process, line.us)));
    if (!keep) return;
    lines.push(index);
    times.push(us);
  };
  const carry = { us: block.carryUs, pid: block.carryPid, traceback: block.traceback };
  const ownPrefix = formats.ownPrefix(file.format);
  if (isAll) walkLines(bytes, carry, null, take, ownPrefix);
  else lookAtLines(bytes, carry, found, take, ownPrefix);
  if (count === 0) return NO_HITS;
  return {
    count,
    minUs,
    maxUs,
    levels,
    pids: pids.list(),
    lines: keep ? Uint32Array.from(lines) : null,
    us: keep ? Float64Array.from(times) : null,
  };
}

function rowsOf(job: Extract<SearchJob, { type: 'rows' }>): LineRow[] {
  const { block, query, maxChars } = job;
  const bytes = readBlock(block);
  const file = reader.file(block.fileId);
  const matcher = query.expr.type === 'all' ? null : matcherOf(query);
  const rows: LineRow[] = [];
  const carry = { us: block.carryUs, pid: block.carryPid, traceback: block.traceback };
  const show = (line: WalkedLine, index: number) => {
    const whole = bytes.toString('utf8', line.start, line.end);
    const identity = resolver.identify(file, line, bytes);
    rows.push({
      fileId: block.fileId,
      line: block.fileLine + index + 1,
      text: whole.length > maxChars ? whole.slice(0, maxChars) : whole,
      length: whole.length,
      timeUs: Number.isNaN(line.us) ? null : line.us,
      ownTime: line.ownTime,
      level: line.level === 0 ? null : (levels[line.level - 1] ?? null),
      prefix: line.prefix,
      traceback: line.role,
      node: file.node,
      pid: identity.pid === -1 ? null : identity.pid,
      process: file.process,
      miniBatchId: identity.miniBatchId,
      matches: matcher === null ? [] : shownMatches(matcher.highlights(whole), maxChars),
    });
  };
  walkLines(bytes, carry, job.lines, show, formats.ownPrefix(file.format));
  return rows;
}

function textOf(job: Extract<SearchJob, { type: 'text' }>): SearchReply {
  const bytes = readBlock(job.block);
  let reply: SearchReply = { type: 'text', text: '', length: 0 };
  walkLines(bytes, { us: Number.NaN, pid: -1, traceback: 0 }, [job.line], (line) => {
    const whole = bytes.toString('utf8', line.start, line.end);
    reply = { type: 'text', text: whole.slice(job.from, job.from + job.length), length: whole.length };
  });
  return reply;
}

/** Search a file that is not indexed: every block of it, with what is carried from one to the next. */
async function scan(job: Extract<SearchJob, { type: 'scan' }>): Promise<SearchReply> {
  begin(job.epoch);
  const stop = new Int32Array(job.stop);
  const refs: BlockRef[] = [];
  const all: BlockHits[] = [];
  const carry = { us: Number.NaN, pid: -1, traceback: 0 };
  const ownPrefix = formats.ownPrefix(reader.file(job.file.fileId).format);
  let fileLine = 0;
  let total = 0;
  await scanFile(job.file, { ...data, archives }, (bytes, start, isOriginal) => {
    const ref: BlockRef = {
      blockId: -1,
      span: 1,
      fileId: job.file.fileId,
      start,
      bytes: bytes.length,
      fileLine,
      carryUs: carry.us,
      carryPid: carry.pid,
      traceback: carry.traceback,
      startsInLine: false,
    };
    const hits = countBlock(job.query, ref, bytes, job.keep);
    if (hits.count > 0) {
      // Where there is no way back to the text but reading all before it, it is kept.
      if (!isOriginal) ref.text = compress(bytes);
      refs.push(ref);
      all.push(hits);
    }
    const note = (line: WalkedLine, index: number) => {
      carry.us = line.us;
      carry.pid = line.pid;
      fileLine = ref.fileLine + index + 1;
    };
    carry.traceback = walkLines(bytes, carry, null, note, ownPrefix);
    total += bytes.length;
    return Atomics.load(stop, 0) === 0;
  });
  return { type: 'scan', refs, hits: all, bytes: total };
}

function begin(now: number): void {
  if (now === epoch) return;
  epoch = now;
  resolver = new LineResolver(db);
  reader.forget();
  const year = db.prepare("SELECT value FROM meta WHERE key = 'year'").pluck().get();
  setDefaultYear(Number(year ?? new Date().getUTCFullYear()));
}

function run(job: Exclude<SearchJob, { type: 'scan' }>): SearchReply {
  if (job.type === 'vocabulary') {
    return { type: 'vocabulary', keys: job.segmentIds.map((id) => vocabulary.keysOf(id, job.parts)) };
  }
  begin(job.epoch);
  if (job.type === 'rows') return { type: 'rows', rows: rowsOf(job) };
  if (job.type === 'text') return textOf(job);
  let bytes = 0;
  const hits = unpackBlocks(job.blocks).map((block) => {
    bytes += block.bytes;
    return countBlock(job.query, block, readBlock(block), job.keep);
  });
  return { type: 'count', hits: packHits(hits), bytes };
}

port.on('message', (job: SearchJob | 'stop') => {
  if (job === 'stop') {
    reader.close();
    void archives.close();
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

/** The matches within the text that is sent, or where there is none the first one beyond it, so that it can be gone to. */
function shownMatches(matches: [number, number][], maxChars: number): [number, number][] {
  const within = matches.filter(([start]) => start < maxChars);
  return within.length > 0 ? within : matches.slice(0, 1);
}
