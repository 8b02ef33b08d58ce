/**
 * The table of all lines, read from the source by line scans. Conditions on its columns become the
 * filter, files and expression of a search, so only blocks that the index leaves are read.
 */
import { emptyFilter } from '../../../contract/empty-filter.ts';
import { type FileKind, fileKinds } from '../../../contract/file-records.ts';
import type { Filter } from '../../../contract/filter.ts';
import { levels } from '../../../contract/line-records.ts';
import type { SqlTable } from '../../../contract/sql-schema.ts';
import { ALL_LEVELS, type LineScan, type LineWish, type ScanCost, type ScannedCase } from '../../search/line-scan.ts';
import type { SearchFile } from '../../search/plan/block-table.ts';
import { type Expr, parseQuery } from '../../search/query/query.ts';
import type { Cell, Condition, RowCursor, RowRequest, RowSource } from './row-source.ts';
import { timeBounds } from './samples-table.ts';

export interface LinesHooks {
  /** Called when a scan begins, with the cost object that it will update. */
  onScan: (cost: ScanCost) => void;
  /** Throws if reading must stop. */
  check: () => void;
}

export function linesTable(scanned: ScannedCase, table: SqlTable, runId: string, hooks: LinesHooks): RowSource {
  return {
    open({ conditions }: RowRequest): RowCursor {
      scanned.setYear();
      const wish = wishOf(scanned, conditions);
      if (wish === null) return { next: () => false, cell: () => null, close: () => undefined };
      const scan = scanned.scan(wish);
      scan.onBlock = hooks.check;
      hooks.onScan(scan.cost);
      return linesCursor(scan, table, runId);
    },
  };
}

/** Returns the rows of a scan. */
export function linesCursor(scan: LineScan, table: SqlTable, runId: string): RowCursor {
  const columns = table.columns.map((column) => column.name);
  return {
    next: () => scan.next(),
    cell: (column) => cellOf(scan, columns[column] ?? '', runId),
    close: () => undefined,
  };
}

function cellOf(scan: LineScan, column: string, runId: string): Cell {
  const { file } = scan;
  if (file === null) return null;
  switch (column) {
    case 'run':
      return runId;
    case 'file':
      return file.path;
    case 'line':
      return scan.line;
    case 'time':
      return Number.isNaN(scan.us) ? null : scan.us;
    case 'own_time':
      return scan.ownTime ? 1 : 0;
    case 'level':
      return levels[scan.level - 1] ?? null;
    case 'node':
      return file.node;
    case 'process':
      return file.process;
    case 'pid':
      return scan.identity.pid === -1 ? null : scan.identity.pid;
    case 'mini_batch':
      return scan.identity.miniBatchId;
    case 'kind':
      return file.kind;
    case 'text':
      return scan.bytes;
    default:
      return null;
  }
}

/** Returns null if no line can meet the conditions. */
function wishOf(scanned: ScannedCase, conditions: readonly Condition[]): LineWish | null {
  const filter: Filter = structuredClone(emptyFilter);
  const { from, to } = timeBounds(conditions);
  if (from > Number.NEGATIVE_INFINITY) filter.fromUs = from;
  // The filter's range is half-open.
  if (to < Number.POSITIVE_INFINITY) filter.toUs = to + 1;
  const items: Expr[] = [];
  const isInFile: ((file: SearchFile) => boolean)[] = [];
  const wish: LineWish = {
    filter,
    expr: null,
    fromLine: 1,
    toLine: Number.POSITIVE_INFINITY,
    levels: ALL_LEVELS,
    fileIds: null,
    segments: null,
  };
  for (const condition of conditions) {
    const { column, op, value } = condition;
    if (column === 'text') {
      if (op === 'match') filter.query = String(value);
      else items.push(...textExpr(condition));
    } else if (column === 'line' && typeof value === 'number') cutLines(wish, op, value);
    else if (column === 'level') wish.levels &= levelBits(condition);
    else if (column === 'file' || column === 'process') isInFile.push(fileTest(condition));
    else if (op === 'eq' && !addFacet(filter, column, value)) return null;
  }
  if (items.length > 0) wish.expr = items.length === 1 ? (items[0] ?? null) : { type: 'and', items };
  if (isInFile.length > 0) {
    const files = [...scanned.table.files.values()].filter((file) => isInFile.every((test) => test(file)));
    wish.fileIds = new Set(files.map((file) => file.fileId));
  }
  return wish.levels === 0 || wish.fileIds?.size === 0 ? null : wish;
}

/** Returns false if no line can have this value. */
function addFacet(filter: Filter, column: string, value: string | number | null): boolean {
  if (column === 'node') filter.node.include.push(String(value));
  else if (column === 'mini_batch') filter.miniBatch.include.push(String(value));
  else if (column === 'pid') {
    if (!Number.isInteger(value)) return false;
    filter.pid.include.push(Number(value));
  } else if (column === 'kind') {
    const kind = fileKinds.find((known) => known === value);
    if (kind === undefined) return false;
    filter.kind.include.push(kind satisfies FileKind);
  }
  return true;
}

function cutLines(wish: LineWish, op: Condition['op'], value: number): void {
  if (op === 'eq' || op === 'ge' || op === 'gt') wish.fromLine = Math.max(wish.fromLine, value);
  if (op === 'eq' || op === 'le' || op === 'lt') wish.toLine = Math.min(wish.toLine, value);
}

function levelBits({ op, value }: Condition): number {
  if (op === 'null') return 1;
  if (op === 'notnull') return ALL_LEVELS & ~1;
  if (op !== 'eq') return ALL_LEVELS;
  const level = (levels as readonly unknown[]).indexOf(value);
  return level === -1 ? 0 : 1 << (level + 1);
}

function fileTest({ column, op, value }: Condition): (file: SearchFile) => boolean {
  const of = (file: SearchFile) => (column === 'file' ? file.path : file.process);
  if (op === 'eq') return (file) => of(file) === value;
  if (op === 'null') return (file) => of(file) === null;
  if (op === 'notnull') return (file) => of(file) !== null;
  if (op !== 'like' && op !== 'glob') return () => true;
  const pieces = op === 'like' ? likePieces(String(value)) : globPieces(String(value));
  const wanted = pieces.map((piece) => piece.toLowerCase());
  return (file) => {
    const path = (of(file) ?? '').toLowerCase();
    return wanted.every((piece) => path.includes(piece));
  };
}

/**
 * Returns what a text must contain to meet a condition; empty if the condition requires nothing.
 */
function textExpr({ op, value }: Condition): Expr[] {
  const text = String(value);
  if (value === null || text.includes('\n')) return [];
  if (op === 'regexp') return [{ type: 'regex', source: text, caseSensitive: true }];
  if (op === 'eq') return literals([text], true);
  if (op === 'like') return literals(likePieces(text), false);
  return op === 'glob' ? literals(globPieces(text), true) : [];
}

function literals(pieces: readonly string[], caseSensitive: boolean): Expr[] {
  return pieces
    .filter((piece) => piece !== '')
    .map((text) => ({ type: 'literal', text, wholeStart: false, wholeEnd: false, caseSensitive }));
}

const likePieces = (pattern: string) => pattern.split(/[%_]+/);
const globPieces = (pattern: string) => pattern.split(/\[\^?\]?[^\]]*\]|[*?]+/);

/** Parses a query of the search box, for MATCH without an index. Throws `bad_query`. */
export function parseMatch(query: string): Expr {
  return parseQuery({ ...emptyFilter, query }).expr;
}
