/**
 * A small made-up run behind the whole contract, to see and test the window without the engine: typed by `Handlers`, so that
 * it cannot drift from the contract. Counts are computed from its lines by plain scans.
 */
import type { Facets, Histogram, SearchState } from '../../../electron/contract/commands.ts';
import type { EmitEvent, Handlers } from '../../../electron/contract/contract.ts';
import { PostrunError } from '../../../electron/contract/errors.ts';
import type { Filter } from '../../../electron/contract/filter.ts';
import type {
  AttemptRow,
  FileRow,
  IndexProgress,
  Level,
  LineRow,
  MiniBatchRow,
  RunInfo,
} from '../../../electron/contract/records.ts';

const START = Date.UTC(2021, 5, 9, 13, 17, 0) * 1000;
const END = START + 2 * 3600e6 + 14 * 60e6;
const nodes = ['10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7'];
const PROCESSES = 4;
const BATCHES = 4000;
const LINES_A_FILE = 4000;
const CASE = 'fake';

const levelOrder: (Level | null)[] = [null, 'debug', 'info', 'warning', 'error', 'critical'];

interface FakeFile extends FileRow {
  lines: number;
}

const files: FakeFile[] = [];
const addFile = (
  path: string,
  kind: FileRow['kind'],
  node: string | null,
  pid: number | null,
  process: string | null,
  lines: number,
) =>
  files.push({
    fileId: files.length + 1,
    path,
    kind,
    format: kind,
    generation: 'azureml-logs',
    node,
    process,
    pid,
    bytes: lines * 110,
    lines,
    firstUs: START,
    lastUs: END,
    errors: kind === 'user' ? Math.round(lines / 200) : 0,
    warnings: Math.round(lines / 50),
    problems: 0,
    state: 'indexed',
  });
addFile('logs/overview.txt', 'progress', null, null, null, 300);
addFile('azureml-logs/70_driver_log.txt', 'driver', null, null, null, 900);
addFile('logs/sys/master.txt', 'master', null, null, null, 2000);
for (const [n, node] of nodes.entries()) {
  for (let p = 0; p < PROCESSES; p++) {
    addFile(`logs/user/${node}/Process-${p + 2}.txt`, 'user', node, 120 + n * 10 + p, `Process-${p + 2}`, LINES_A_FILE);
    addFile(
      `logs/sys/worker/${node}/Process-${p + 2}.txt`,
      'worker',
      node,
      120 + n * 10 + p,
      `Process-${p + 2}`,
      LINES_A_FILE,
    );
  }
}

function lineOf(file: FakeFile, line: number): LineRow {
  const share = (line - 1) / file.lines;
  const burst = share > 0.62 && share < 0.68;
  const roll = (line * 7919 + file.fileId * 104729) % 1000;
  const level: Level | null =
    roll < (burst ? 120 : 4) ? 'error' : roll < 24 ? 'warning' : roll < 40 ? null : roll < 80 ? 'debug' : 'info';
  const timeUs = Math.round(START + share ** (burst ? 1 : 1.04) * (END - START));
  const batch = String(Math.floor(share * BATCHES));
  const stamp = new Date(timeUs / 1000).toISOString().replace('T', ' ').slice(0, 23).replace('.', ',');
  const prefixText = level === null ? '' : `${stamp}|${level.toUpperCase()}|${file.pid ?? 1}|`;
  const message =
    level === 'error'
      ? `ValueError: could not convert string to float: 'n/a' in mini-batch ${batch}`
      : level === 'warning'
        ? `Retrying download of item ${roll} (attempt 2), timeout after 30 s`
        : level === null
          ? `  File "score.py", line ${roll}, in run`
          : `Processed ${roll} items of mini-batch ${batch} \u001b[32mok\u001b[0m`;
  const text = prefixText + message;
  return {
    fileId: file.fileId,
    line,
    text,
    length: text.length,
    timeUs,
    ownTime: level !== null,
    level,
    prefix: prefixText.length,
    traceback: null,
    node: file.node,
    pid: file.pid,
    process: file.process,
    miniBatchId: batch,
    matches: [],
  };
}

const allLines: LineRow[] = files.flatMap((file) => Array.from({ length: file.lines }, (_, i) => lineOf(file, i + 1)));
allLines.sort((a, b) => (a.timeUs ?? 0) - (b.timeUs ?? 0));
const fileById = new Map(files.map((file) => [file.fileId, file]));

function allows<T>(facet: { include: T[]; exclude: T[] }, value: T | null): boolean {
  if (facet.include.length > 0 && (value === null || !facet.include.includes(value))) return false;
  return value === null || !facet.exclude.includes(value);
}

function passes(row: LineRow, filter: Filter): boolean {
  const file = fileById.get(row.fileId);
  return (
    allows(filter.node, row.node) &&
    allows(filter.pid, row.pid) &&
    allows(filter.miniBatch, row.miniBatchId) &&
    allows(filter.kind, file?.kind ?? null) &&
    allows(filter.file, file?.path ?? null) &&
    (filter.minLevel === null || levelOrder.indexOf(row.level) >= levelOrder.indexOf(filter.minLevel)) &&
    (filter.fromUs === null || (row.timeUs ?? 0) >= filter.fromUs) &&
    (filter.toUs === null || (row.timeUs ?? 0) < filter.toUs)
  );
}

function find(filter: Filter): LineRow[] {
  const query = filter.query.trim();
  const isCased = filter.matchCase === 'yes' || (filter.matchCase === 'smart' && query !== query.toLowerCase());
  let pattern: RegExp;
  try {
    pattern = new RegExp(
      filter.mode === 'regex' ? query : query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      isCased ? 'g' : 'gi',
    );
  } catch (error) {
    throw new PostrunError(
      'user',
      'bad_query',
      `The regular expression cannot be read: ${error instanceof Error ? error.message : ''}`,
    );
  }
  return allLines.flatMap((row) => {
    if (!passes(row, filter)) return [];
    if (query === '') return [row];
    const matches = [...row.text.matchAll(pattern)].map((m): [number, number] => [m.index, m.index + m[0].length]);
    return matches.length === 0 ? [] : [{ ...row, matches }];
  });
}

function histogram(rows: LineRow[], fromUs: number, toUs: number, buckets: number): Histogram {
  const bucketUs = (toUs - fromUs) / buckets;
  const counts = levelOrder.map(() => new Array<number>(buckets).fill(0));
  for (const row of rows) {
    const at = Math.floor(((row.timeUs ?? 0) - fromUs) / bucketUs);
    const series = counts[levelOrder.indexOf(row.level)];
    if (at >= 0 && at < buckets && series !== undefined) series[at] = (series[at] ?? 0) + 1;
  }
  return { fromUs, toUs, bucketUs, counts, complete: true };
}

function countBy<T>(rows: LineRow[], key: (row: LineRow) => T): Map<T, number> {
  const counts = new Map<T, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

const batches: MiniBatchRow[] = Array.from({ length: BATCHES }, (_, i) => {
  const startUs = START + (i / BATCHES) * (END - START - 60e6);
  const seconds = 4 + ((i * 7919) % 100) / 10 + (i % 97 === 0 ? 60 : 0);
  const isFailed = (i > 2480 && i < 2720 && i % 3 === 0) || i % 500 === 0;
  const node = nodes[i % 4] ?? null;
  return {
    miniBatchId: String(i),
    status: isFailed
      ? 'failed'
      : i % 97 === 0
        ? 'timed_out'
        : i % 61 === 0
          ? 'partial'
          : i > BATCHES - 6
            ? 'unfinished'
            : 'succeeded',
    attempts: isFailed ? 3 : 1,
    node,
    pid: 120 + (i % 4) * 10 + (i % PROCESSES),
    total: 10,
    succeeded: isFailed ? 0 : 10,
    failed: isFailed ? 10 : 0,
    startUs,
    endUs: startUs + seconds * 1e6,
    durationSeconds: seconds,
  };
});

const progress: IndexProgress = {
  caseId: CASE,
  phase: 'complete',
  bytesDone: 15e6,
  bytesTotal: 15e6,
  filesDone: files.length,
  filesTotal: files.length,
  bytesPerSecond: 88e6,
  secondsLeft: 0,
  reused: false,
  message: null,
};

const ref = (file: string, line: number, text: string) => ({ file, line, text });
const failedBatches = batches.filter((batch) => batch.status === 'failed').length;

const info: RunInfo = {
  name: 'batch-score-2021-06-09',
  source: '/data/batch-score-2021-06-09.zip',
  generation: 'azureml-logs',
  status: 'failed',
  message: 'The error threshold of 50 failed items was exceeded',
  startUs: START,
  endUs: END,
  durationSeconds: (END - START) / 1e6,
  nodes: nodes.map((node, i) => ({ node, processes: PROCESSES, miniBatches: 1000, failed: [3, 40, 22, 31][i] ?? 0 })),
  processes: 16,
  miniBatches: {
    total: BATCHES,
    processed: BATCHES - 6,
    succeeded: BATCHES - failedBatches - 6,
    failed: failedBatches,
    unfinished: 5,
    retried: failedBatches,
  },
  items: { total: 40_000, succeeded: 39_000, failed: 960, errorThreshold: 50 },
  settings: {
    mini_batch_size: '10',
    process_count_per_node: '4',
    run_invocation_timeout: '60',
    error_threshold: '50',
    node_count: '4',
  },
  firstCause: {
    kind: 'error_threshold_exceeded',
    confidence: 'certain',
    message:
      "run() raised ValueError: could not convert string to float: 'n/a' in 88 mini-batches from 14:40 on; the run stopped when 50 items had failed.",
    node: '10.0.0.5',
    pid: 131,
    miniBatchId: '2481',
    evidence: [
      ref(
        'logs/user/10.0.0.5/Process-3.txt',
        2482,
        "2021-06-09 14:40:12,101|ERROR|131|ValueError: could not convert string to float: 'n/a' in mini-batch 2481",
      ),
      ref('logs/overview.txt', 288, 'The error threshold of 50 was exceeded: 960 items failed.'),
      ref('logs/sys/master.txt', 1990, '2021-06-09 15:30:58,442|INFO|1|Run result: Failed'),
    ],
  },
  startHere: [ref('logs/user/10.0.0.5/Process-3.txt', 2482, "ValueError: could not convert string to float: 'n/a'")],
  findings: [
    {
      kind: 'clock_skew',
      confidence: 'likely',
      message: 'The clock of 10.0.0.7 is 1.8 s behind.',
      evidence: [ref('logs/sys/worker/10.0.0.7/Process-2.txt', 12, '…')],
    },
  ],
  files: files.length,
  lines: allLines.length,
  bytes: allLines.length * 110,
  problems: 3,
};

export interface FakeEngine {
  handlers: Partial<Handlers>;
}

/** `emit` sends what the engine would send. */
export function createFakeEngine(emit: EmitEvent): FakeEngine {
  const searches = new Map<string, { rows: LineRow[]; state: SearchState }>();
  let nextSearch = 1;
  const searchOf = (searchId: string) => {
    const search = searches.get(searchId);
    if (search === undefined) throw new PostrunError('user', 'no_search', 'The search has ended.');
    return search;
  };
  const sliced = <T>(rows: T[], start: number, count: number) => ({
    total: rows.length,
    rows: rows.slice(start, start + count),
  });
  const attemptsOf = (batch: MiniBatchRow): AttemptRow[] =>
    Array.from({ length: batch.attempts }, (_, i) => ({
      ...batch,
      attempt: i + 1,
      process: 'Process-2',
      processSeconds: batch.durationSeconds,
      runMethodSeconds: batch.durationSeconds,
      outcome: batch.status,
      error: null,
      pickedUp: null,
      finished: null,
    }));

  const handlers: Partial<Handlers> = {
    'source.inspect': ({ path }) => ({ path, kind: 'zip', roots: [] }),
    'case.open': ({ path, root }) => {
      if (path.includes('missing'))
        throw new PostrunError('user', 'not_found', 'Nothing is at that path. Check it and try again.', {
          where: path,
        });
      return { caseId: CASE, source: path, root: root ?? '', caseDir: '/tmp', progress };
    },
    'case.close': () => null,
    'case.cancel': () => null,
    'case.resume': () => null,
    'case.progress': () => progress,
    'case.recent': () => [
      { source: '/data/batch-score-2021-06-09.zip', root: '', openedUs: END, bytes: 2.1e9, exists: true },
    ],
    'run.info': () => info,
    'run.progress': () =>
      Array.from({ length: 120 }, (_, i) => ({
        timeUs: START + (i / 119) * (END - START),
        scheduled: Math.min(BATCHES, i * 40),
        processed: Math.round((i / 119) ** 1.2 * (BATCHES - 6)),
        total: BATCHES,
        ref: { fileId: 1, line: i + 1 },
      })),
    'files.list': () => files,
    'problems.list': () => [
      {
        file: 'logs/sys/perf/10.0.0.4/sys.csv',
        line: 17,
        kind: 'bad_row',
        message: 'A row of the table has 3 fields in place of 9; it was left out.',
        count: 2,
      },
      {
        file: 'logs/user/10.0.0.6/Process-4.txt',
        line: null,
        kind: 'truncated',
        message: 'The file ends in the middle of a line.',
        count: 1,
      },
    ],
    'processes.list': () =>
      nodes.flatMap((node, n) =>
        Array.from({ length: PROCESSES }, (_, p) => ({
          node,
          process: `Process-${p + 2}`,
          pid: 120 + n * 10 + p,
          startUs: START,
          endUs: END,
          exitCode: 0,
          attempts: 250,
          succeeded: 240,
          failed: 10,
          busySeconds: 4000,
          files: [],
        })),
      ),
    'lines.page': ({ fileId, start, count }) => {
      const file = fileById.get(fileId);
      if (file === undefined) throw new PostrunError('user', 'no_file', 'The case has no such file.');
      const last = Math.min(file.lines, start + count);
      return {
        total: file.lines,
        rows: Array.from({ length: Math.max(0, last - start) }, (_, i) => lineOf(file, start + i + 1)),
      };
    },
    'lines.text': () => ({ text: '', length: 0 }),
    'lines.atTime': () => ({ line: 1 }),
    'lines.find': () => null,
    'lines.resolve': ({ file, line }) => {
      const found = files.find((each) => each.path === file);
      return found === undefined ? null : { fileId: found.fileId, line };
    },
    'search.start': ({ filter }) => {
      const rows = find(filter);
      const state: SearchState = {
        searchId: `s${nextSearch++}`,
        matches: rows.length,
        files: new Set(rows.map((row) => row.fileId)).size,
        complete: true,
        progress: 1,
        indexed: 1,
        milliseconds: 12,
        error: null,
        suggestion: rows.length === 0 ? `*${filter.query}*` : null,
      };
      searches.set(state.searchId, { rows, state });
      const { searchId } = state;
      queueMicrotask(() => emit('search.progressed', searchOf(searchId).state));
      return state;
    },
    'search.state': ({ searchId }) => searchOf(searchId).state,
    'search.rows': ({ searchId, start, count }) => ({
      rows: searchOf(searchId).rows.slice(start, start + count),
      state: searchOf(searchId).state,
    }),
    'search.locate': ({ searchId, timeUs }) => ({
      index: searchOf(searchId).rows.findIndex((row) => (row.timeUs ?? 0) >= (timeUs ?? 0)),
    }),
    'search.facets': ({ searchId }): Facets => {
      const { rows } = searchOf(searchId);
      const pids = countBy(rows, (row) => `${row.node} ${row.pid}`);
      return {
        file: [...countBy(rows, (row) => row.fileId)].map(([fileId, count]) => ({ fileId, count })),
        node: [...countBy(rows, (row) => row.node ?? '')].map(([node, count]) => ({ node, count })),
        pid: [...pids].map(([key, count]) => ({
          node: key.split(' ')[0] ?? '',
          pid: Number(key.split(' ')[1]),
          count,
        })),
        level: [...countBy(rows, (row) => row.level)].map(([level, count]) => ({ level, count })),
        kind: [...countBy(rows, (row) => fileById.get(row.fileId)?.kind ?? '')].map(([kind, count]) => ({
          kind,
          count,
        })),
        complete: true,
      };
    },
    'search.histogram': ({ searchId, fromUs, toUs, buckets }) =>
      histogram(searchOf(searchId).rows, fromUs, toUs, buckets),
    'search.explain': () => ({
      plan: '',
      blocksTotal: 0,
      blocksSelected: 0,
      blocksVerified: 0,
      bytesScanned: 0,
      bytesVerified: 0,
      milliseconds: {},
    }),
    'search.stop': () => null,
    'timeline.activity': ({ filter, fromUs, toUs, buckets }) =>
      histogram(
        allLines.filter((row) => passes(row, filter)),
        fromUs ?? START,
        toUs ?? END,
        buckets,
      ),
    'batches.page': ({ filter, start, count, sort, descending }) => {
      const rows = batches.filter(
        (batch) =>
          allows(filter.node, batch.node) &&
          allows(filter.miniBatch, batch.miniBatchId) &&
          allows(filter.outcome, batch.status),
      );
      rows.sort((a, b) => (descending ? -1 : 1) * (Number(a[sort] ?? 0) - Number(b[sort] ?? 0)));
      return sliced(rows, start, count);
    },
    'batches.get': ({ miniBatchId }) => {
      const batch = batches.find((each) => each.miniBatchId === miniBatchId);
      return batch === undefined ? null : { batch, attempts: attemptsOf(batch), mentions: [] };
    },
    'attempts.page': ({ start, count }) => sliced(batches.flatMap(attemptsOf), start, count),
    'resources.list': () =>
      nodes.flatMap((node, n) =>
        ['cpu_percent', 'memory_used_percent'].map((metric, m) => ({
          seriesId: n * 2 + m,
          node,
          process: null,
          pid: null,
          metric,
          unit: '%',
          counter: false,
          points: 500,
          fromUs: START,
          toUs: END,
          min: 0,
          max: 100,
          fileId: 1,
        })),
      ),
    'resources.points': ({ seriesIds }) =>
      seriesIds.map((seriesId) => ({
        seriesId,
        timesUs: Array.from({ length: 500 }, (_, i) => START + (i / 499) * (END - START)),
        values: Array.from({ length: 500 }, (_, i) => 50 + 40 * Math.sin(i / 20 + seriesId)),
      })),
  };
  return { handlers };
}
