/**
 * The planner decides which blocks a search must read. It may select too many but never too few;
 * the matcher makes the final decision.
 */
import type { ReadableDb } from '../../store/open.ts';
import { BlockSet, decodePostings } from '../../store/postings.ts';
import { selectRows } from '../../store/select.ts';
import type { PartKeys, PartRequirement, Requirement } from '../query/requirement.ts';
import { type BlockRef, NAMING_KINDS } from './block-ref.ts';
import type { BlockTable } from './block-table.ts';
import type { SearchPlan } from './search-plan.ts';

type Segment = BlockTable['segments'][number];
/**
 * Blocks that can have matching lines: the first block and the length of each chain, in block
 * order. Blocks that share a line form one chain.
 */
export type Chains = [number, number][];

/** Evaluates plans against the index of a case, to find the blocks to read. */
export class Planner {
  readonly #table: BlockTable;
  readonly #posting;
  readonly #together;

  constructor(db: ReadableDb, table: BlockTable) {
    this.#table = table;
    this.#together = db.transaction((work: () => void) => work());
    this.#posting = selectRows(
      db,
      'SELECT first_hash, data FROM posting WHERE segment_id = ? AND first_hash <= ? ORDER BY first_hash DESC LIMIT 1',
      { first_hash: 'number', data: 'bytes' },
    );
  }

  /** Runs work with many lookups in one transaction, which halves their cost. */
  together(work: () => void): void {
    this.#together(work);
  }

  /**
   * Returns the blocks of the `segmentIndex`-th segment that can have matching lines. With `keys`
   * null, ignores the parts of tokens in the plan.
   */
  select(plan: SearchPlan, segmentIndex: number, keys: PartKeys | null): Chains {
    const segment = this.#table.segments[segmentIndex];
    if (segment === undefined || segment.blocks === 0) return [];
    const table = this.#table;
    const end = segment.firstBlock + segment.blocks;
    const set = this.#evaluate(plan.requirement, segment, (part) => keys?.[plan.parts.indexOf(part)] ?? null);
    // Most segments have nothing for a rare word.
    if (set?.isEmpty() && !table.continues.subarray(segment.firstBlock, end).includes(1)) return [];
    const naming = plan.batchCut === null ? null : this.#anyOf(segment, plan.batchCut.keys);
    const chains: Chains = [];
    let fileId = -1;
    let isWanted = false;
    for (let id = segment.firstBlock; id < end; ) {
      let span = 1;
      while (id + span < end && table.continues[id + span] === 1) span++;
      if (table.fileId[id] !== fileId) {
        fileId = table.fileId[id] as number;
        const file = table.files.get(fileId);
        isWanted = file !== undefined && plan.isFileWanted(file);
      }
      const local = id - segment.firstBlock;
      if (isWanted && (span > 1 || set === null || set.has(local)) && this.#passesTyped(plan, id, span, naming, local))
        chains.push([id, span]);
      id += span;
    }
    return chains;
  }

  /** Counts the blocks of wanted files in the first `segments` segments. */
  countBlocks(plan: SearchPlan, segments: number): number {
    const wanted = new Set([...this.#table.files.values()].filter(plan.isFileWanted).map((file) => file.fileId));
    let count = 0;
    for (const { firstBlock, blocks } of this.#table.segments.slice(0, segments)) {
      for (const fileId of this.#table.fileId.subarray(firstBlock, firstBlock + blocks))
        if (wanted.has(fileId)) count++;
    }
    return count;
  }

  #passesTyped(plan: SearchPlan, id: number, span: number, naming: BlockSet | null, local: number): boolean {
    const table = this.#table;
    const filter = plan.lineFilter;
    if (filter === null) return true;
    const last = id + span - 1;
    const from = table.minUs[id] as number;
    const to = Math.max(table.maxUs[id] as number, table.maxUs[last] as number);
    const shift = table.shiftOf(id, plan.clock);
    if (filter.fromUs !== null && !(to - shift >= filter.fromUs)) return false;
    if (filter.toUs !== null && !(from - shift < filter.toUs)) return false;
    if (filter.minLevel > 0) {
      let count = 0;
      for (let level = filter.minLevel; level <= 5; level++) {
        for (let k = id; k <= last; k++) count += (table.levels[level] as Int32Array)[k] as number;
      }
      if (count === 0) return false;
    }
    if (plan.batchCut !== null) {
      const file = table.files.get(table.fileId[id] as number);
      const isNaming = file !== undefined && NAMING_KINDS.has(file.kind) && (span > 1 || (naming?.has(local) ?? true));
      const ranges = file === undefined ? undefined : plan.batchCut.ranges.get(file.fileId);
      const isInTime = ranges?.some(([start, stop]) => !(to < start) && !(from > stop)) ?? false;
      if (!isNaming && !isInTime) return false;
    }
    return true;
  }

  /** Returns a chain of `span` blocks from `id` on, as a worker reads it. */
  ref(id: number, span: number): BlockRef {
    const table = this.#table;
    let bytes = 0;
    let isStored = false;
    for (let k = 0; k < span; k++) {
      bytes += table.bytes[id + k] as number;
      isStored ||= table.stored[id + k] === 1;
    }
    return {
      blockId: id,
      span,
      fileId: table.fileId[id] as number,
      start: table.start[id] as number,
      bytes,
      fileLine: table.fileLine(id),
      carryUs: table.carryUs[id] as number,
      carryPid: table.carryPid[id] as number,
      carryNanos: table.carryNanos[id] as number,
      carryLevel: table.carryLevel[id] as number,
      traceback: table.traceback[id] as number,
      startsInLine: table.continues[id] === 1,
      isStored,
    };
  }

  /**
   * Returns null for all blocks of the segment. `keysOf` returns the keys of a part; null if
   * unknown.
   */
  #evaluate(
    requirement: Requirement,
    segment: Segment,
    keysOf: (part: PartRequirement) => Uint32Array | null,
  ): BlockSet | null {
    switch (requirement.kind) {
      case 'any':
        return null;
      case 'token':
        return this.#anyOf(segment, [requirement.key]);
      case 'part': {
        const keys = keysOf(requirement);
        if (keys === null) return null;
        const set = this.#anyOf(segment, keys);
        for (const block of segment.longBlocks) set.add(block);
        return set;
      }
      case 'and': {
        let all: BlockSet | null = null;
        for (const item of requirement.items) {
          const set = this.#evaluate(item, segment, keysOf);
          if (set === null) continue;
          if (all === null) all = set;
          else all.and(set);
          if (all.isEmpty()) break;
        }
        return all;
      }
      case 'or': {
        const any = new BlockSet(segment.blocks);
        for (const item of requirement.items) {
          const set = this.#evaluate(item, segment, keysOf);
          if (set === null) return null;
          any.or(set);
        }
        return any;
      }
    }
  }

  /**
   * Returns the blocks with any of these tokens. It goes from the last key down and reads each page
   * of posting lists once, because a page has all keys from its first.
   */
  #anyOf(segment: Segment, keys: ArrayLike<number>): BlockSet {
    const set = new BlockSet(segment.blocks);
    let left = Uint32Array.from(keys).sort();
    while (left.length > 0) {
      const last = left[left.length - 1] as number;
      const page = this.#posting.get(segment.segmentId, last);
      if (page === undefined) break;
      const from = left.findIndex((key) => key >= page.first_hash);
      decodePostings(page.data, page.first_hash, left.subarray(from), set);
      left = left.subarray(0, from);
    }
    return set;
  }

  /** Returns the chain of a block: its first block and its length. */
  chainAt(id: number): { id: number; span: number } {
    const table = this.#table;
    let first = id;
    while (first > 1 && table.goesOnFromBefore(first)) first--;
    let span = 1;
    while (first + span < table.end && table.goesOnFromBefore(first + span)) span++;
    return { id: first, span };
  }
}
