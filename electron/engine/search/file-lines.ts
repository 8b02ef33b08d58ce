/**
 * Reads lines of files by number, with or without a search: pages for views, single lines for
 * references.
 */
import type { ClockChoice, Filter } from '../../contract/filter.ts';
import type { LineRow } from '../../contract/line-records.ts';
import { dropOldest } from '../base/drop-oldest.ts';
import { shownText } from '../base/terminal.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectCells, selectRows } from '../store/select.ts';
import type { BlockHits, BlockRef } from './plan/block-ref.ts';
import type { BlockTable } from './plan/block-table.ts';
import type { Planner } from './plan/planner.ts';
import { planSearch } from './plan/search-plan.ts';
import { selectBlocks } from './selection.ts';
import { BlockReader } from './worker/block-reader.ts';
import type { TextPart, WorkerQuery } from './worker/jobs.ts';
import { packBlocks, unpackHits } from './worker/packed.ts';
import type { SearchPool } from './worker/pool.ts';

const ALL: WorkerQuery = { queryId: 'all', expr: { type: 'all' }, lines: null, clock: 'written' };
const CACHED_BLOCKS = 128;
/** Length that cuts no line: JavaScript strings cannot be much longer. */
export const WHOLE_LINE = 100_000_000;

export class FileLines {
  readonly #db: ReadableDb;
  readonly #table: BlockTable;
  readonly #planner: Planner;
  readonly #pool: SearchPool;
  readonly #epoch: () => number;
  readonly #reader: BlockReader;
  readonly #chains = new Map<number, BlockRef[]>();
  #version = 0;
  /** Lines of the blocks read last. */
  readonly #texts = new Map<number, string[]>();

  constructor(options: {
    db: ReadableDb;
    table: BlockTable;
    planner: Planner;
    pool: SearchPool;
    folder: string | null;
    epoch: () => number;
  }) {
    this.#db = options.db;
    this.#table = options.table;
    this.#planner = options.planner;
    this.#pool = options.pool;
    this.#epoch = options.epoch;
    this.#reader = new BlockReader(options.db, options.folder);
  }

  /** Returns the chains of blocks of a file, by line. */
  chainsOf(fileId: number): BlockRef[] {
    this.#renew();
    let chains = this.#chains.get(fileId);
    if (chains === undefined) {
      chains = [];
      const ids = selectCells(
        this.#db,
        'SELECT id FROM block WHERE file_id = ? ORDER BY part, line, start',
        'number',
      ).all(fileId);
      for (const id of ids) {
        if (this.#table.goesOnFromBefore(id) || !this.#table.has(id, fileId)) continue;
        chains.push(this.#planner.ref(id, this.#planner.chainAt(id).span));
      }
      this.#chains.set(fileId, chains);
    }
    return chains;
  }

  /** Drops what was cached before the case changed. */
  #renew(): void {
    if (this.#version === this.#table.version) return;
    this.#version = this.#table.version;
    this.#chains.clear();
    this.#reader.forget();
  }

  /**
   * Returns the index in {@link chainsOf} of the chain with a 0-based line; -1 for a file without
   * blocks.
   */
  #chainIndex(chains: BlockRef[], line: number): number {
    let low = 0;
    let high = chains.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((chains[middle] as BlockRef).fileLine <= line) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Reads rows of the 0-based lines [start, start + count), as far as the file has them. */
  async page(
    fileId: number,
    start: number,
    count: number,
    maxChars: number,
    raw = false,
    clock: ClockChoice = 'written',
  ): Promise<LineRow[]> {
    const query = { ...ALL, clock };
    const total = this.#table.files.get(fileId)?.lines ?? 0;
    const end = Math.min(total, start + count);
    const chains = this.chainsOf(fileId);
    const jobs: Promise<LineRow[]>[] = [];
    for (let line = start; line < end; ) {
      const at = this.#chainIndex(chains, line);
      const block = chains[at];
      if (block === undefined) break;
      const until = Math.min(end, chains[at + 1]?.fileLine ?? total);
      const lines = Array.from({ length: until - line }, (_, k) => line - block.fileLine + k);
      jobs.push(
        this.#pool
          .run({ type: 'rows', query, block, lines, maxChars, raw, epoch: this.#epoch() }, block.bytes, true)
          .then((reply) => reply.rows),
      );
      line = until;
    }
    return (await Promise.all(jobs)).flat();
  }

  /** Reads characters [from, from + length) of a 1-based line. */
  async text(
    fileId: number,
    line: number,
    from: number,
    length: number,
    part: TextPart = 'shown',
  ): Promise<{ text: string; length: number }> {
    const chains = this.chainsOf(fileId);
    const block = chains[this.#chainIndex(chains, line - 1)];
    if (block === undefined) return { text: '', length: 0 };
    const reply = await this.#pool.run(
      { type: 'text', block, line: line - 1 - block.fileLine, from, length, part, epoch: this.#epoch() },
      block.bytes,
      true,
    );
    return { text: reply.text, length: reply.length };
  }

  /**
   * Reads a 1-based line synchronously, cut at 2,000 characters; '' if it cannot be read. For
   * references.
   */
  readonly lineText = (fileId: number, line: number): string => {
    const chains = this.chainsOf(fileId);
    const block = chains[this.#chainIndex(chains, line - 1)];
    if (block === undefined) return '';
    let lines = this.#texts.get(block.blockId);
    if (lines === undefined) {
      try {
        lines = this.#reader.read(block).toString('utf8').split('\n');
      } catch {
        return '';
      }
      this.#texts.set(block.blockId, lines);
      dropOldest(this.#texts, CACHED_BLOCKS);
    }
    return shownText(lines[line - 1 - block.fileLine] ?? '').slice(0, 2_000);
  };

  /**
   * Reads at most `limit` bytes from the start of a file, for files without lines. Throws as {@link
   * BlockReader.read} does.
   */
  bytes(fileId: number, limit: number): { bytes: Buffer; isCut: boolean } {
    this.#renew();
    const blocks = selectRows(
      this.#db,
      'SELECT id, start, bytes, stored FROM block WHERE file_id = ? ORDER BY part, start',
      { id: 'number', start: 'number', bytes: 'number', stored: 'number' },
    ).all(fileId);
    const parts: Buffer[] = [];
    let left = limit;
    for (const { id, start, bytes, stored } of blocks) {
      if (!this.#table.has(id, fileId)) continue;
      if (left === 0) return { bytes: Buffer.concat(parts), isCut: true };
      const part = this.#reader.read({
        fileId,
        blockId: id,
        span: 1,
        start,
        bytes,
        isStored: stored === 1,
        startsInLine: false,
      });
      parts.push(part.subarray(0, left));
      if (part.length > left) return { bytes: Buffer.concat(parts), isCut: true };
      left -= part.length;
    }
    return { bytes: Buffer.concat(parts), isCut: false };
  }

  /** Returns the last 1-based line at or before a time; 1 if all are later. */
  async atTime(fileId: number, wantedUs: number, clock: ClockChoice): Promise<number> {
    const chains = this.chainsOf(fileId);
    const timeUs = wantedUs + (clock === 'written' ? 0 : (this.#table.files.get(fileId)?.shiftUs ?? 0));
    for (let k = chains.length - 1; k >= 0; k--) {
      const block = chains[k] as BlockRef;
      if (!((this.#table.minUs[block.blockId] as number) <= timeUs)) continue;
      const hits = await this.#hitsOf(ALL, block);
      const at = hits?.us?.findLastIndex((us) => us <= timeUs) ?? -1;
      if (at !== -1) return block.fileLine + at + 1;
    }
    return 1;
  }

  /**
   * Returns the next or previous matching line after or before a 1-based line (exclusive); null if
   * there is none.
   */
  async find(fileId: number, filter: Filter, line: number, direction: 'next' | 'previous'): Promise<number | null> {
    const plan = planSearch(this.#db, this.#table, filter, new Set([fileId]));
    const query: WorkerQuery = {
      queryId: `find ${JSON.stringify(filter)}`,
      expr: plan.parsed.expr,
      lines: plan.lineFilter,
      clock: plan.clock,
    };
    const candidates: BlockRef[] = [];
    const segments = [...this.#table.segments.keys()].filter((k) => this.#isIn(fileId, k));
    const context = { table: this.#table, planner: this.#planner, pool: this.#pool };
    await selectBlocks(context, plan, segments, {
      onSelected: (_segment, chains) => {
        for (const [id, span] of chains) candidates.push(this.#planner.ref(id, span));
      },
      onSlice: () => undefined,
      isStopped: () => false,
    });
    candidates.sort((a, b) => a.fileLine - b.fileLine);
    const ordered = direction === 'next' ? candidates : candidates.reverse();
    for (const [k, block] of ordered.entries()) {
      const isBehind =
        direction === 'next'
          ? (candidates[k + 1]?.fileLine ?? Number.POSITIVE_INFINITY) < line
          : block.fileLine + 1 >= line;
      if (isBehind) continue;
      const hits = await this.#hitsOf(query, block);
      const found = [...(hits?.lines ?? [])].map((at) => block.fileLine + at + 1);
      const hit = direction === 'next' ? found.find((at) => at > line) : found.findLast((at) => at < line);
      if (hit !== undefined) return hit;
    }
    return null;
  }

  /** A file's blocks are in few segments, so the others need not be asked. */
  #isIn(fileId: number, segmentIndex: number): boolean {
    const segment = this.#table.segments[segmentIndex];
    if (segment === undefined) return false;
    const end = segment.firstBlock + segment.blocks;
    return this.chainsOf(fileId).some(({ blockId }) => blockId >= segment.firstBlock && blockId < end);
  }

  async #hitsOf(query: WorkerQuery, block: BlockRef): Promise<BlockHits | undefined> {
    const reply = await this.#pool.run(
      { type: 'count', query, blocks: packBlocks([block]), keep: true, epoch: this.#epoch() },
      block.bytes,
      true,
    );
    return unpackHits(reply.hits)[0];
  }

  close(): void {
    this.#reader.close();
  }
}
