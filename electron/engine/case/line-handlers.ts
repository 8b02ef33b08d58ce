/** Handlers of lines: of a file, of a search, and of the attempts that wrote them. */
import type { EmitEvent, Handlers } from '../../contract/contract.ts';
import { alignAttempts } from '../analysis/align-attempts.ts';
import { miniBatchGet } from '../analysis/pages.ts';
import { activity, timeRange } from '../search/activity.ts';
import { fileIdOf } from '../store/file-id.ts';
import type { OpenCases } from './open-cases.ts';

/** Maximum length of a line in the comparison of two attempts. */
const ALIGNED_CHARS = 2_000;

type LineCommand =
  | `lines.${'page' | 'text' | 'atTime' | 'find' | 'resolve'}`
  | `search.${'start' | 'state' | 'rows' | 'locate' | 'facets' | 'histogram' | 'explain' | 'stop'}`
  | 'timeline.activity'
  | 'attempts.align';

export function lineHandlers(cases: OpenCases, emit: EmitEvent): Pick<Handlers, LineCommand> {
  return { ...fileLineHandlers(cases), ...searchHandlers(cases, emit), ...attemptLineHandlers(cases) };
}

function fileLineHandlers(cases: OpenCases): Pick<Handlers, Extract<LineCommand, `lines.${string}`>> {
  return {
    'lines.page': async ({ caseId, fileId, start, count, maxChars, raw, clock }) => {
      const found = cases.of(caseId);
      const total = await found.linesOf(fileId);
      return { total, rows: await found.lines.page(fileId, start, count, maxChars, raw, clock) };
    },
    'lines.text': async ({ caseId, fileId, line, from, length, part }) => {
      const found = cases.of(caseId);
      await found.linesOf(fileId);
      return found.lines.text(fileId, line, from, length, part);
    },
    'lines.atTime': async ({ caseId, fileId, timeUs, clock }) => {
      const found = cases.of(caseId);
      await found.linesOf(fileId);
      return { line: await found.lines.atTime(fileId, timeUs, clock) };
    },
    'lines.find': async ({ caseId, fileId, filter, line, direction }) => {
      const found = cases.of(caseId);
      await found.linesOf(fileId);
      const hit = await found.lines.find(fileId, filter, line, direction);
      return hit === null ? null : { line: hit };
    },
    'lines.resolve': ({ caseId, file, line }) => {
      const fileId = fileIdOf(cases.of(caseId).db, file);
      return fileId === null ? null : { fileId, line };
    },
  };
}

function searchHandlers(
  cases: OpenCases,
  emit: EmitEvent,
): Pick<Handlers, Extract<LineCommand, `search.${string}`> | 'timeline.activity'> {
  return {
    'search.start': ({ caseId, filter, order, fileIds, searchId }) =>
      cases
        .of(caseId)
        .searches.start(filter, { order, fileIds, searchId }, (state) => emit('search.progressed', state))
        .state(),
    'search.state': ({ searchId }) => cases.session(searchId).state(),
    'search.rows': async ({ searchId, start, count, maxChars, raw, atLeast }, signal) => {
      const session = cases.session(searchId);
      const rows = await session.rows({ start, count, maxChars, raw, atLeast }, signal);
      return { rows, state: session.state() };
    },
    'search.locate': async ({ searchId, fileId, line, timeUs }) => ({
      index: await cases.session(searchId).locate({ fileId, line, timeUs }),
    }),
    'search.facets': ({ searchId }) => cases.session(searchId).facets(),
    'search.histogram': ({ searchId, fromUs, toUs, buckets }) =>
      cases.session(searchId).histogram(fromUs, toUs, buckets),
    'search.explain': ({ searchId }) => cases.session(searchId).explain(),
    'search.stop': ({ searchId }) => {
      cases.stopSearch(searchId);
      return null;
    },
    'timeline.activity': ({ caseId, filter, fromUs, toUs, buckets }) => {
      const found = cases.of(caseId);
      const range = timeRange(found.table, filter.clock);
      const from = fromUs ?? range?.fromUs ?? 0;
      const to = Math.max(from + 1, toUs ?? range?.toUs ?? 1);
      return activity(found.table, found.searches.plan(filter), from, to, buckets, !found.indexing.isRunning);
    },
  };
}

function attemptLineHandlers(cases: OpenCases): Pick<Handlers, 'attempts.align'> {
  return {
    'attempts.align': (params, signal) => {
      const found = cases.of(params.caseId);
      return alignAttempts(
        params,
        {
          attemptsOf: (miniBatchId) =>
            miniBatchGet(found.db, { miniBatchId, clock: params.clock }, found.lines.lineText)?.attempts ?? [],
          lines: async (filter, count) => {
            const session = found.searches.start(filter, { order: 'time' }, () => undefined);
            await session.whenComplete();
            return {
              rows: await session.rows({ start: 0, count, maxChars: ALIGNED_CHARS, raw: false }, signal),
              total: session.state().matches,
            };
          },
          kindOf: ({ fileId }) => found.table.files.get(fileId)?.kind ?? '',
        },
        signal,
      );
    },
  };
}
