/** Handlers of records: the run, its files, problems, processes, mini-batches and series. */
import type { Handlers } from '../../contract/contract.ts';
import { attemptPage, miniBatchGet, miniBatchPage } from '../analysis/pages.ts';
import { fileList, problemList, processList, progressPoints, runInfo } from '../analysis/run-info.ts';
import { seriesList, seriesPoints, seriesSummary } from '../analysis/series.ts';
import type { OpenCases } from './open-cases.ts';
import { readUserRules } from './user-rules.ts';

type RecordCommand =
  | `run.${'info' | 'progress'}`
  | 'files.list'
  | 'problems.list'
  | 'processes.list'
  | `batches.${'page' | 'get'}`
  | 'attempts.page'
  | `resources.${'list' | 'points' | 'summary'}`;

/** Creates the handlers. The filters passed to them have no text to search (`withTypedFilters`). */
export function recordHandlers(cases: OpenCases, dataDir: string): Pick<Handlers, RecordCommand> {
  return {
    'run.info': ({ caseId }) => runInfo(cases.of(caseId).db, cases.of(caseId).lines.lineText),
    'run.progress': ({ caseId }) => progressPoints(cases.of(caseId).db),
    'files.list': ({ caseId }) => fileList(cases.of(caseId).db),
    'problems.list': ({ caseId }) => [...problemList(cases.of(caseId).db), ...readUserRules(dataDir).problems],
    'processes.list': ({ caseId }) => processList(cases.of(caseId).db),
    'batches.page': (params) => miniBatchPage(cases.of(params.caseId).db, params),
    'batches.get': (params) => miniBatchGet(cases.of(params.caseId).db, params, cases.of(params.caseId).lines.lineText),
    'attempts.page': (params) => {
      const { db, lines } = cases.of(params.caseId);
      return attemptPage(db, params, lines.lineText);
    },
    'resources.list': ({ caseId, clock }) => seriesList(cases.of(caseId).db, clock),
    'resources.points': ({ caseId, seriesIds, fromUs, toUs, maxPoints, clock }) =>
      seriesIds
        .map((id) => seriesPoints(cases.of(caseId).db, id, fromUs, toUs, maxPoints, clock))
        .filter((series) => series !== null),
    'resources.summary': ({ caseId, seriesIds, fromUs, toUs, clock }) =>
      seriesSummary(cases.of(caseId).db, seriesIds, fromUs, toUs, clock),
  };
}
