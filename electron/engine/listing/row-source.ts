/** A row source reads the rows of any listing by ordinal, in the shape of `--json`. */
import type { Handlers } from '../../contract/contract.ts';
import { attemptJson, batchJson, matchJson } from '../../contract/json-rows.ts';
import { isoTime } from '../../contract/json-values.ts';
import type { LineRow } from '../../contract/line-records.ts';
import type { Listing } from '../../contract/listing.ts';
import { attemptColumns, batchColumns } from '../../contract/row-columns.ts';
import { WHOLE_LINE } from '../search/file-lines.ts';

/** The handlers that return rows. */
export type RowHandlers = Pick<
  Handlers,
  'search.rows' | 'sql.rows' | 'lines.page' | 'batches.page' | 'attempts.page' | 'analysis.signatureLines'
> & {
  /** Returns the path of a file of the case, or of the case with the search. */
  pathOf: (of: { caseId: string } | { searchId: string }, fileId: number) => string;
  /** Returns the distinct column names of a query. Throws `no_query`. */
  columnsOf: (queryId: string) => string[];
};

export type ListedRow = Record<string, unknown>;

export interface RowSource {
  columns: readonly string[];
  /** Reads rows [start, start + count). Returns fewer only at the end. */
  page(start: number, count: number): Promise<ListedRow[]>;
  /** True for a listing of lines, whose rows can be written as `file:line:text`. */
  isOfLines: boolean;
  /** Number of rows to request at a time. */
  pageRows: number;
}

/** Lines may be long, so few are held at a time. */
const LINES_PAGE = 500;
const RECORDS_PAGE = 5_000;
/** Each page of an error group groups all errors again, so pages are large. */
const GROUP_PAGE = 20_000;

const lineColumns = ['file', 'line', 'timestamp', 'level', 'node', 'process', 'pid', 'miniBatchId', 'text'];

/** Creates the source of a listing. The first page throws if the listing is invalid. */
export function rowSource(
  listing: Listing,
  handlers: RowHandlers,
  signal: Parameters<Handlers['search.rows']>[1],
): RowSource {
  switch (listing.of) {
    case 'hits': {
      const { searchId, raw } = listing;
      const toJson = (row: LineRow) => matchJson(row, handlers.pathOf({ searchId }, row.fileId));
      return ofLines(async (start, count) => {
        const { rows } = await handlers['search.rows'](
          { searchId, start, count, maxChars: WHOLE_LINE, raw, atLeast: null },
          signal,
        );
        return rows.map(toJson);
      });
    }
    case 'file': {
      const { caseId, fileId, raw } = listing;
      const path = handlers.pathOf({ caseId }, fileId);
      return ofLines(async (start, count) => {
        const range = { caseId, fileId, start, count, maxChars: WHOLE_LINE, raw, clock: 'written' as const };
        const page = await handlers['lines.page'](range, signal);
        return page.rows.map((row) => matchJson(row, path));
      });
    }
    case 'group': {
      const { caseId, filter, id } = listing;
      return ofLines(async (start, count) => {
        const page = await handlers['analysis.signatureLines']({ caseId, filter, id, start, count }, signal);
        return page.rows.map((row) => ({
          ...row.ref,
          timestamp: isoTime(row.timeUs),
          node: row.node,
          pid: row.pid,
          miniBatchId: row.miniBatchId,
        }));
      }, GROUP_PAGE);
    }
    case 'batches': {
      const { caseId, filter, descending } = listing;
      const sort = listing.sort as Parameters<Handlers['batches.page']>[0]['sort'];
      return {
        columns: batchColumns.map(({ name }) => name),
        isOfLines: false,
        pageRows: RECORDS_PAGE,
        page: async (start, count) => {
          const page = await handlers['batches.page']({ caseId, filter, sort, descending, start, count }, signal);
          return page.rows.map(batchJson);
        },
      };
    }
    case 'attempts': {
      const { caseId, filter } = listing;
      return {
        columns: attemptColumns.map(({ name }) => name),
        isOfLines: false,
        pageRows: RECORDS_PAGE,
        page: async (start, count) => {
          const page = await handlers['attempts.page']({ caseId, filter, start, count }, signal);
          return page.rows.map(attemptJson);
        },
      };
    }
    case 'query': {
      const { queryId } = listing;
      const columns = handlers.columnsOf(queryId);
      return {
        columns,
        isOfLines: false,
        pageRows: RECORDS_PAGE,
        page: async (start, count) => {
          const page = await handlers['sql.rows']({ queryId, start, count, maxChars: WHOLE_LINE }, signal);
          return page.rows.map((row) => Object.fromEntries(columns.map((column, k) => [column, row[k] ?? null])));
        },
      };
    }
    case 'table': {
      const { columns, rows } = listing;
      const toJson = (cells: readonly unknown[]) =>
        Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? null]));
      return {
        columns,
        isOfLines: false,
        pageRows: RECORDS_PAGE,
        page: async (start, count) => rows.slice(start, start + count).map(toJson),
      };
    }
  }
}

function ofLines(page: RowSource['page'], pageRows = LINES_PAGE): RowSource {
  return { columns: lineColumns, isOfLines: true, pageRows, page };
}
