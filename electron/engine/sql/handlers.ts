/** Handlers of the SQL commands. */
import type { CancelSignal, CommandParams } from '../../contract/contract.ts';
import type { SqlCell, SqlHistoryEntry, SqlState } from '../../contract/sql-records.ts';
import { addToHistory, readHistory } from './history.ts';
import type { SqlQueries } from './sql-queries.ts';
import type { CasePlace } from './tables/case-tables.ts';

export interface SqlContext {
  queries: SqlQueries;
  /** Throws `no_case` if the case is not open. */
  placeOf: (caseId: string) => CasePlace;
  dataDir: string;
}

export interface SqlHandlers {
  'sql.start': (params: CommandParams<'sql.start'>, signal: CancelSignal) => Promise<SqlState>;
  'sql.state': (params: CommandParams<'sql.state'>) => SqlState;
  'sql.rows': (params: CommandParams<'sql.rows'>) => { rows: SqlCell[][]; state: SqlState };
  'sql.stop': (params: CommandParams<'sql.stop'>) => null;
  'sql.history': (params: CommandParams<'sql.history'>) => SqlHistoryEntry[];
  'sql.remember': (params: CommandParams<'sql.remember'>) => null;
}

export function sqlHandlers({ queries, placeOf, dataDir }: SqlContext): SqlHandlers {
  return {
    'sql.start': ({ caseIds, ...request }, signal) =>
      queries.start(
        caseIds.map((caseId) => ({ caseId, place: placeOf(caseId) })),
        request,
        signal,
      ),
    'sql.state': ({ queryId }) => queries.state(queryId),
    'sql.rows': ({ queryId, start, count, maxChars }) => queries.rows(queryId, start, count, maxChars),
    'sql.stop': ({ queryId, keepRows }) => {
      queries.stop(queryId, keepRows);
      return null;
    },
    'sql.history': ({ caseId }) => readHistory(dataDir, placeOf(caseId).database),
    'sql.remember': ({ caseId, sql, rows }) => {
      addToHistory(dataDir, placeOf(caseId).database, { sql, rows, atUs: Date.now() * 1_000 });
      return null;
    },
  };
}
