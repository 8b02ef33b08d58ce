/** Packed blocks and hits: numbers in typed arrays, cheap to send between threads. */
import type { BlockHits, BlockRef } from '../plan/block-ref.ts';

/** Blocks of a job, thirteen numbers each. */
export interface PackedBlocks {
  columns: Float64Array;
  /** By place, for blocks with their own text. */
  texts: [number, Uint8Array][];
  /** How lines are read, by place, for blocks of files that are not indexed. */
  readings: [number, string][];
}

const BLOCK_FIELDS = 13;

export function packBlocks(blocks: readonly BlockRef[]): PackedBlocks {
  const columns = new Float64Array(blocks.length * BLOCK_FIELDS);
  const texts: [number, Uint8Array][] = [];
  const readings: [number, string][] = [];
  blocks.forEach((block, k) => {
    const at = k * BLOCK_FIELDS;
    columns[at] = block.blockId;
    columns[at + 1] = block.span;
    columns[at + 2] = block.fileId;
    columns[at + 3] = block.start;
    columns[at + 4] = block.bytes;
    columns[at + 5] = block.fileLine;
    columns[at + 6] = block.carryUs;
    columns[at + 7] = block.carryPid;
    columns[at + 8] = block.traceback;
    columns[at + 9] = block.startsInLine ? 1 : 0;
    columns[at + 10] = block.carryLevel;
    columns[at + 11] = block.carryNanos;
    columns[at + 12] = block.isStored ? 1 : 0;
    if (block.text !== undefined) texts.push([k, block.text]);
    if (block.reading !== undefined) readings.push([k, block.reading]);
  });
  return { columns, texts, readings };
}

export function unpackBlocks({ columns, texts, readings }: PackedBlocks): BlockRef[] {
  const blocks: BlockRef[] = [];
  for (let at = 0; at < columns.length; at += BLOCK_FIELDS) {
    blocks.push({
      blockId: columns[at] as number,
      span: columns[at + 1] as number,
      fileId: columns[at + 2] as number,
      start: columns[at + 3] as number,
      bytes: columns[at + 4] as number,
      fileLine: columns[at + 5] as number,
      carryUs: columns[at + 6] as number,
      carryPid: columns[at + 7] as number,
      traceback: columns[at + 8] as number,
      startsInLine: columns[at + 9] === 1,
      carryLevel: columns[at + 10] as number,
      carryNanos: columns[at + 11] as number,
      isStored: columns[at + 12] === 1,
    });
  }
  for (const [k, text] of texts) (blocks[k] as BlockRef).text = text;
  for (const [k, reading] of readings) (blocks[k] as BlockRef).reading = reading;
  return blocks;
}

/**
 * Hits of the blocks of a job: eleven numbers each, then their pids, lines and times one after
 * another.
 */
export interface PackedHits {
  columns: Float64Array<ArrayBuffer>;
  /** Alternating pid and count. */
  pids: Float64Array<ArrayBuffer>;
  /** For blocks whose lines are kept; both are empty if none are. */
  lines: Uint32Array<ArrayBuffer>;
  us: Float64Array<ArrayBuffer>;
  /** As `us`; empty if no line has nanoseconds. */
  nanos: Uint16Array<ArrayBuffer>;
}

const HITS_FIELDS = 11;

/** The result of a block without hits. */
export const NO_HITS: BlockHits = {
  count: 0,
  minUs: Number.POSITIVE_INFINITY,
  maxUs: Number.NEGATIVE_INFINITY,
  levels: [0, 0, 0, 0, 0, 0],
  pids: [],
  lines: null,
  us: null,
  nanos: null,
};

export function packHits(list: readonly BlockHits[]): PackedHits {
  const columns = new Float64Array(list.length * HITS_FIELDS);
  const pids: number[] = [];
  let kept = 0;
  for (const { lines } of list) kept += lines?.length ?? 0;
  const lines = new Uint32Array(kept);
  const us = new Float64Array(kept);
  const nanos = new Uint16Array(list.some((hits) => hits.nanos !== null) ? kept : 0);
  let place = 0;
  list.forEach((hits, k) => {
    const at = k * HITS_FIELDS;
    columns[at] = hits.count;
    columns[at + 1] = hits.minUs;
    columns[at + 2] = hits.maxUs;
    for (let level = 0; level < 6; level++) columns[at + 3 + level] = hits.levels[level] as number;
    columns[at + 9] = hits.pids.length;
    for (const [pid, count] of hits.pids) pids.push(pid, count);
    if (hits.lines === null || hits.us === null) return;
    columns[at + 10] = 1;
    lines.set(hits.lines, place);
    us.set(hits.us, place);
    if (hits.nanos !== null) nanos.set(hits.nanos, place);
    place += hits.lines.length;
  });
  return { columns, pids: Float64Array.from(pids), lines, us, nanos };
}

/** Copies six numbers one by one, because spreading a subarray takes many times as long. */
function levelsAt(columns: Float64Array, from: number): number[] {
  const levels = [0, 0, 0, 0, 0, 0];
  for (let level = 0; level < 6; level++) levels[level] = columns[from + level] ?? 0;
  return levels;
}

export function unpackHits({ columns, pids, lines, us, nanos }: PackedHits): BlockHits[] {
  const list: BlockHits[] = [];
  let pid = 0;
  let place = 0;
  for (let at = 0; at < columns.length; at += HITS_FIELDS) {
    const count = columns[at] as number;
    if (count === 0) {
      list.push(NO_HITS);
      continue;
    }
    const hits: BlockHits = {
      count,
      minUs: columns[at + 1] as number,
      maxUs: columns[at + 2] as number,
      levels: levelsAt(columns, at + 3),
      pids: [],
      lines: null,
      us: null,
      nanos: null,
    };
    for (let left = columns[at + 9] as number; left > 0; left--, pid += 2) {
      hits.pids.push([pids[pid] as number, pids[pid + 1] as number]);
    }
    if (columns[at + 10] === 1) {
      hits.lines = lines.subarray(place, place + count);
      hits.us = us.subarray(place, place + count);
      if (nanos.length > 0) hits.nanos = nanos.subarray(place, place + count);
      place += count;
    }
    list.push(hits);
  }
  return list;
}

/** Below this size a copy is cheaper than a transfer. */
const COPY_BYTES = 16 * 1024;

/** Returns the buffers to transfer instead of copy. */
export function buffersOf({ lines, us, nanos }: PackedHits): ArrayBuffer[] {
  return us.byteLength < COPY_BYTES ? [] : [lines.buffer, us.buffer, nanos.buffer];
}
