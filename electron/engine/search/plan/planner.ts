/**
 * The planner decides which blocks a search must read. It may select too many but never too few;
 * the matcher makes the final decision.
 */
import { type FacetFilter, facetRow, facets, isNarrowed, passesFacet } from '../../../contract/facets.ts';
import type { ClockChoice, Filter } from '../../../contract/filter.ts';
import { levels } from '../../../contract/records.ts';
import { compileGlob } from '../../base/glob.ts';
import { comparable } from '../../base/same-text.ts';
import { queryTokens } from '../../base/tokens.ts';
import { resolveNodes } from '../../store/node-names.ts';
import type { ReadableDb } from '../../store/open.ts';
import { BlockSet, decodePostings } from '../../store/postings.ts';
import { selectRows } from '../../store/select.ts';
import { type Expr, type ParsedQuery, parseQuery } from '../query/query.ts';
import type { JoinedFilter } from '../query/query-filters.ts';
import { type PartKeys, type PartRequirement, type Requirement, requirementOf } from '../query/requirement.ts';
import { ATTEMPT_TAIL_US, type BlockRef, type LineFacets, type LineFilter, NAMING_KINDS } from './block-ref.ts';
import type { BlockTable, SearchFile } from './block-table.ts';

/** A filter, compiled once. */
export interface SearchPlan {
  parsed: ParsedQuery;
  requirement: Requirement;
  /** The parts of tokens in the requirement. */
  parts: PartRequirement[];
  /** Null if lines are selected by their text alone. */
  lineFilter: LineFilter | null;
  /** Returns true for files that can have matching lines. */
  isFileWanted: (file: SearchFile) => boolean;
  /**
   * For filters by mini-batch: for each file, whether and when a line can belong to one. Null
   * without such a filter.
   */
  batchCut: BatchCut | null;
  /** The clock for filters on time, and for order. */
  clock: ClockChoice;
}

type Segment = BlockTable['segments'][number];
/**
 * Blocks that can have matching lines: the first block and the length of each chain, in block
 * order. Blocks that share a line form one chain.
 */
export type Chains = [number, number][];

interface BatchCut {
  /** Times [from, to] by file. A file without an entry has no such times. */
  ranges: Map<number, [number, number][]>;
  /** Tokens of the ids, for files whose lines name mini-batches. */
  keys: number[];
}

/**
 * Compiles a filter. Throws `bad_query`. `fileIds` restricts it to these files; null means all.
 * `also` is joined to the query by AND.
 */
export function planSearch(
  db: ReadableDb,
  table: BlockTable,
  filter: Filter,
  fileIds: Set<number> | null,
  also: Expr | null = null,
): SearchPlan {
  const parsed = parseQuery(filter);
  if (also !== null) {
    parsed.expr = parsed.expr.type === 'all' ? also : { type: 'and', items: [parsed.expr, also] };
  }
  const typed = resolveNodes(db, parsed.typed);
  const minLevel = typed.minLevel === null ? 0 : levels.indexOf(typed.minLevel) + 1;
  const lineFacets = lineFacetsOf(typed);
  const needsLines =
    minLevel > 0 ||
    typed.firstLines ||
    typed.fromUs !== null ||
    typed.toUs !== null ||
    Object.keys(lineFacets).length > 0;
  const requirement = cheapestFirst(requirementOf(parsed.expr));
  return {
    parsed,
    clock: typed.clock,
    requirement,
    parts: partsOf(requirement),
    lineFilter: needsLines
      ? {
          minLevel,
          firstOnly: typed.firstLines,
          fromUs: typed.fromUs,
          toUs: typed.toUs,
          facets: lineFacets,
        }
      : null,
    isFileWanted: fileFilter(db, typed, fileIds),
    batchCut: typed.miniBatch.include.length > 0 ? cutByBatch(db, table, typed.miniBatch.include) : null,
  };
}

/**
 * Orders conjunctions so that items likely to leave nothing come first: long tokens first, and
 * items that need the vocabulary last.
 */
function cheapestFirst(requirement: Requirement): Requirement {
  if (requirement.kind !== 'and' && requirement.kind !== 'or') return requirement;
  const items = requirement.items.map(cheapestFirst);
  const rank = (item: Requirement) => (item.kind === 'token' ? -item.text.length : partsOf(item).length + 1);
  if (requirement.kind === 'and') items.sort((a, b) => rank(a) - rank(b));
  return { kind: requirement.kind, items };
}

function partsOf(requirement: Requirement): PartRequirement[] {
  if (requirement.kind === 'part') return [requirement];
  return requirement.kind === 'and' || requirement.kind === 'or' ? requirement.items.flatMap(partsOf) : [];
}

/** Returns the facets that apply to lines, by property of the line. */
function lineFacetsOf(typed: Filter): LineFacets {
  const narrowed = facets.filter((facet) => isNarrowed(typed[facet]));
  return Object.fromEntries(
    narrowed.flatMap((facet) => {
      const { line } = facetRow(facet);
      return line === null ? [] : [[line, typed[facet]]];
    }),
  );
}

/**
 * Returns tests for the facets that apply to whole files. Names are compared in one normal form,
 * because macOS decomposes file names.
 */
function fileTests(typed: JoinedFilter): ((file: SearchFile) => boolean)[] {
  return facets.flatMap((facet) => {
    const { file: property, values } = facetRow(facet);
    const filter: FacetFilter<string | number> = typed[facet];
    if (property === null) return [];
    if (values === 'glob') {
      const exclude = filter.exclude.map((glob) => compileGlob(comparable(String(glob))));
      const lists = typed.globs.map((globs) => globs.map((glob) => compileGlob(comparable(glob))));
      return (file: SearchFile) => {
        const path = comparable(String(file[property]));
        return (
          lists.every((list) => list.some((matches) => matches(path))) && !exclude.some((matches) => matches(path))
        );
      };
    }
    if (!isNarrowed(filter)) return [];
    const form = (list: (string | number)[]) => list.map((value) => comparable(String(value)));
    const formed = { include: form(filter.include), exclude: form(filter.exclude) };
    return (file: SearchFile) => {
      const value = file[property];
      return passesFacet(formed, value === null ? null : comparable(value));
    };
  });
}

function fileFilter(db: ReadableDb, typed: JoinedFilter, fileIds: Set<number> | null): (file: SearchFile) => boolean {
  const tests = fileTests(typed);
  const pids = typed.pid.include;
  const pidFiles = pids.length === 0 ? null : filesOfPids(db, pids);
  return (file) => {
    if (fileIds !== null && !fileIds.has(file.fileId)) return false;
    if (!tests.every((passes) => passes(file))) return false;
    // A file without pids in its lines takes them from other files of its process.
    if (pidFiles !== null && !pidFiles.has(file.fileId) && !pidFiles.has(aliasOf(file))) return false;
    return true;
  };
}

function aliasOf(file: { node: string | null; process: string | null }): string {
  return file.process === null ? '' : `${file.node}\0${file.process}`;
}

function filesOfPids(db: ReadableDb, pids: number[]): Set<number | string> {
  const found = new Set<number | string>();
  const rows = selectRows(
    db,
    `SELECT DISTINCT file_id, node, process FROM pid_span WHERE pid IN (${pids.map(() => '?').join(',')})`,
    { file_id: 'number', node: 'text?', process: 'text?' },
  ).all(...pids);
  for (const row of rows) {
    found.add(row.file_id);
    if (row.process !== null) found.add(aliasOf(row));
  }
  return found;
}

function cutByBatch(db: ReadableDb, table: BlockTable, ids: string[]): BatchCut {
  const marks = ids.map(() => '?').join(',');
  const attempts = selectRows(
    db,
    `SELECT node, pid, start_us AS "from", end_us AS "to" FROM attempt
     WHERE mini_batch_id IN (${marks}) AND start_us IS NOT NULL`,
    { node: 'text?', pid: 'number?', from: 'number', to: 'number?' },
  ).all(...ids);
  const ranges = new Map<number, [number, number][]>();
  for (const attempt of attempts) {
    if (attempt.pid === null) continue;
    const files = filesOfPids(db, [attempt.pid]);
    for (const file of table.files.values()) {
      const isOfProcess = files.has(file.fileId) || files.has(aliasOf(file));
      if (!isOfProcess || (file.node !== null && attempt.node !== null && file.node !== attempt.node)) continue;
      const range: [number, number] = [
        Math.floor(attempt.from / 1000) * 1000,
        (attempt.to ?? Number.POSITIVE_INFINITY) + ATTEMPT_TAIL_US,
      ];
      const list = ranges.get(file.fileId);
      if (list === undefined) ranges.set(file.fileId, [range]);
      else list.push(range);
    }
  }
  return {
    ranges,
    keys: ids.flatMap((id) =>
      queryTokens(id)
        .slice(0, 1)
        .map((token) => token.key),
    ),
  };
}

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
