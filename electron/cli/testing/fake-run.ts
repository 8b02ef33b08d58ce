/**
 * A tiny run behind the contract's commands, and the command line run on it, for tests of what the
 * CLI prints.
 */

import type { AttemptRow, MiniBatchRow } from '../../contract/batch-records.ts';
import type { IndexProgress } from '../../contract/case-records.ts';
import type { SearchState } from '../../contract/commands.ts';
import { PostrunError } from '../../contract/errors.ts';
import type { FileRow } from '../../contract/file-records.ts';
import { type Filter, filterSchema } from '../../contract/filter.ts';
import type { LineRow } from '../../contract/line-records.ts';
import type { RunInfo } from '../../contract/run-info.ts';
import type { SeriesInfo } from '../../contract/series-records.ts';
import type { Testimony } from '../../contract/testimony.ts';
import type { EngineHost } from '../../host/engine-host.ts';
import { createEngineServer, type Engine } from '../../host/engine-server.ts';
import { memoryPipePair } from '../../host/testing/memory-pipe.ts';
import { type CaptureOptions, captureCli, type Ran } from './capture.ts';

/** 2020-05-06T05:50:21.118Z */
export const startUs = 1_588_744_221_118_000;

const progress: IndexProgress = {
  caseId: 'c',
  phase: 'complete',
  bytesDone: 2_000_000,
  bytesTotal: 2_000_000,
  filesDone: 2,
  filesTotal: 2,
  bytesPerSecond: 0,
  secondsLeft: null,
  reused: false,
  isRefresh: false,
  message: null,
};

const ref = { file: 'logs/user/10.0.0.4/Process-1.txt', line: 3, text: 'ValueError: =1+1' };

const testimony: Testimony[] = [
  {
    witness: 'driver',
    claims: 'failed',
    role: 'pointer',
    decided: true,
    overridden: false,
    platformAttempt: 0,
    timeUs: startUs,
    message: 'SystemExit: 42',
    ref: { file: 'user_logs/std_log.txt', line: 9, text: 'SystemExit: 42' },
  },
];

export const info: RunInfo = {
  name: 'run-1',
  source: '/logs.zip',
  generation: '1',
  status: 'failed',
  message: 'Too many\nfailures',
  testimony,
  startUs,
  endUs: startUs + 83_500_000,
  durationSeconds: 83.5,
  nodes: [{ node: '10.0.0.4', aliases: [], processes: 2, miniBatches: 12, failed: 3 }],
  processes: 2,
  miniBatches: { total: 12, processed: 12, succeeded: 9, failed: 3, unfinished: 0, retried: 1 },
  items: { total: 120, succeeded: 90, failed: 30, errorThreshold: 10 },
  clocks: [],
  settings: { entry_script: 'score.py' },
  firstCause: {
    kind: 'run_exception',
    confidence: 'certain',
    message: 'run() raised ValueError',
    node: '10.0.0.4',
    pid: 77,
    miniBatchId: '3',
    exception: { class: 'ValueError', message: '=1+1' },
    frame: { file: 'score.py', line: 12, function: 'run', code: 'return float(text)' },
    item: null,
    nextStep: null,
    testimony,
    evidence: [ref],
  },
  startHere: [ref],
  findings: [
    {
      kind: 'error_threshold_exceeded',
      confidence: 'certain',
      isObservation: false,
      message: 'Over 10 errors',
      evidence: [],
    },
  ],
  files: 2,
  lines: 1_234,
  bytes: 2_000_000,
  problems: 1,
};

const file = (fileId: number, path: string): FileRow => ({
  fileId,
  path,
  kind: 'user',
  format: 'user_log',
  generation: '1',
  node: '10.0.0.4',
  process: 'Process-1',
  pid: 77,
  bytes: 1_000_000,
  lines: 617,
  firstUs: startUs,
  lastUs: null,
  errors: 1,
  warnings: 0,
  problems: 0,
  state: 'indexed',
});

const batch = (n: number): MiniBatchRow => ({
  miniBatchId: String(n),
  status: n === 3 ? 'failed' : 'succeeded',
  attempts: 1,
  node: '10.0.0.4',
  pid: 77,
  total: 10,
  succeeded: n === 3 ? 0 : 10,
  failed: n === 3 ? 10 : 0,
  startUs: startUs + n * 1e6,
  endUs: null,
  durationSeconds: null,
});

const attempt: AttemptRow = {
  miniBatchId: '3',
  attempt: 1,
  node: '10.0.0.4',
  pid: 77,
  process: 'Process-1',
  startUs,
  endUs: startUs + 1_500_000,
  durationSeconds: 1.5,
  processSeconds: 1.4,
  runMethodSeconds: 1.3,
  total: 10,
  succeeded: 0,
  failed: 10,
  outcome: 'failed',
  error: '=HYPERLINK("http://x")',
  pickedUp: { ...ref, text: 'picked up' },
  finished: null,
};

const line = (n: number): LineRow => ({
  fileId: 1,
  line: n,
  text: `line ${n}\u001b[31m red`,
  length: 12,
  timeUs: startUs + n,
  writtenUs: startUs + n,
  ownTime: n % 2 === 1,
  nanos: 0,
  offset: null,
  level: n === 1 ? 'error' : null,
  isContinuation: false,
  states: 1,
  isCleaned: false,
  prefix: 0,
  traceback: null,
  node: '10.0.0.4',
  pid: 77,
  process: 'Process-1',
  miniBatchId: '3',
  matches: [],
});

const series: SeriesInfo = {
  seriesId: 5,
  node: '10.0.0.4',
  process: null,
  pid: null,
  metric: 'cpu_percent',
  unit: '%',
  counter: false,
  points: 2,
  fromUs: startUs,
  toUs: startUs + 1_000_000,
  min: 1,
  max: 2.5,
  fileId: 2,
};

/** Requests that the fake engine received, for tests to inspect. */
export interface Asked {
  filters: Filter[];
  cancelled: string[];
}

/**
 * Creates an engine with the fake run. Paths that start with `/missing`, `/several`, `/endless` or
 * `/broken` each fail in their own way; any other path is the run. `rows` lines match.
 */
export function fakeRun(asked: Asked, rows = 3): Engine {
  const batches = Array.from({ length: 2_500 }, (_, index) => batch(index));
  const state = (complete: boolean): SearchState => ({
    searchId: 's',
    matches: complete ? rows : 0,
    files: rows > 0 && complete ? 1 : 0,
    complete,
    progress: complete ? 1 : 0,
    indexed: 1,
    milliseconds: 1,
    error: null,
    suggestion: null,
  });
  let path = '';
  return {
    close() {},
    handlers: {
      'source.inspect': (params) => ({
        path: params.path,
        kind: 'zip',
        roots: ['a', 'b'].map((root) => ({ root, name: root, files: 2, bytes: 1, generation: '1' })),
      }),
      'case.open': (params) => {
        path = params.path;
        if (path === '/missing') {
          throw new PostrunError('user', 'not_found', 'There is no such file. Check the path.', { where: path });
        }
        if (path === '/several' && params.root === null) {
          throw new PostrunError('user', 'several_roots', 'Several runs.', { where: path });
        }
        const phase = path === '/endless' ? 'indexing' : path === '/broken' ? 'failed' : 'complete';
        const message = path === '/broken' ? 'The disk is full. Free some space.' : null;
        const caseDir = import.meta.dirname;
        return {
          caseId: 'c',
          source: path,
          root: params.root ?? '',
          caseDir,
          progress: { ...progress, phase, message },
        };
      },
      'case.progress': () => ({ ...progress, phase: 'indexing' }),
      'case.cancel': ({ caseId }) => {
        asked.cancelled.push(caseId);
        return null;
      },
      'run.info': () => info,
      'files.list': () => [file(1, ref.file), file(2, 'logs/sys/perf/10.0.0.4/sys.csv')],
      'problems.list': () => [{ file: ref.file, line: null, kind: 'not_utf8', message: 'Not UTF-8', count: 2 }],
      'batches.page': ({ start, count, filter }) => {
        asked.filters.push(filter);
        return { total: batches.length, rows: batches.slice(start, start + count) };
      },
      'attempts.page': ({ start }) => ({ total: 1, rows: start === 0 ? [attempt] : [] }),
      'search.start': ({ filter }) => {
        asked.filters.push(filter);
        if (filter.query === '/(/') throw new PostrunError('user', 'bad_query', 'The expression is not closed.');
        return state(false);
      },
      'search.state': () => state(true),
      'search.rows': ({ start, count }) => ({
        rows: Array.from({ length: Math.max(0, Math.min(count, rows - start)) }, (_, index) => line(start + index + 1)),
        state: state(true),
      }),
      'search.stop': () => null,
      'resources.list': () => [series],
      'resources.points': ({ seriesIds }) =>
        seriesIds.map((seriesId) => ({ seriesId, timesUs: [startUs, startUs + 1_000_000], values: [1, null] })),
    },
  };
}

/** Runs one command line on the fake run. */
export async function runFake(
  argv: string[],
  options: CaptureOptions & { rows?: number } = {},
): Promise<Ran & { asked: Asked }> {
  const asked: Asked = { filters: [], cancelled: [] };
  const ran = await captureCli(argv, () => fakeHost(() => fakeRun(asked, options.rows)), options);
  return { ...ran, asked };
}

function fakeHost(create: () => Engine): EngineHost {
  const server = createEngineServer(create);
  return {
    connect(who) {
      const [client, engineEnd] = memoryPipePair();
      server.connect(engineEnd, who);
      return client;
    },
    failure: () => null,
    close: () => server.close(),
  };
}

/** The filter that no option narrows. */
export const openFilter: Filter = filterSchema.parse({});
