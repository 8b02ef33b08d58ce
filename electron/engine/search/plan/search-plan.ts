/**
 * A search plan is a filter, compiled once: what the index must have, which files can have matching
 * lines, and what else a line must be.
 */
import { type FacetFilter, facetRow, facets, isNarrowed, passesFacet } from '../../../contract/facets.ts';
import type { ClockChoice, Filter } from '../../../contract/filter.ts';
import { levels } from '../../../contract/line-records.ts';
import { compileGlob } from '../../base/glob.ts';
import { comparable } from '../../base/same-text.ts';
import { queryTokens } from '../../base/tokens.ts';
import { resolveNodes } from '../../store/node-names.ts';
import type { ReadableDb } from '../../store/open.ts';
import { selectRows } from '../../store/select.ts';
import { type Expr, type ParsedQuery, parseQuery } from '../query/query.ts';
import type { JoinedFilter } from '../query/query-filters.ts';
import { type PartRequirement, type Requirement, requirementOf } from '../query/requirement.ts';
import { ATTEMPT_TAIL_US, type LineFacets, type LineFilter } from './block-ref.ts';
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
