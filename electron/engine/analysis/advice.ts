/**
 * Advice from rules: each rule has a threshold, a source for the threshold, and what to do. A rule
 * speaks only when the run's own figures pass its threshold. The sources are the service's tuning
 * guidance (formats/README.md#guidance).
 */
import type { Advice } from '../../contract/analysis.ts';
import { emptyFilter } from '../../contract/empty-filter.ts';
import { formatCount, formatTimes } from '../../contract/format.ts';
import type { Confidence } from '../../contract/run-info.ts';
import { selectQuantiles } from '../base/statistics.ts';
import { at, int32 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { selectRows } from '../store/select.ts';
import { columnsOf, firstAttempts, longestAttempts, memoized } from './columns.ts';
import { inits } from './inits.ts';
import { OUTCOME } from './join.ts';
import { ledger } from './ledger.ts';
import { attemptRefs, type LineText, type Ref, RefReader } from './refs.ts';
import { type StoredRun, storedRun } from './run-info.ts';
import { numberSetting } from './settings.ts';
import { stragglers } from './stragglers.ts';

interface Figures {
  db: ReadableDb;
  run: StoredRun;
  attempts: number;
  batches: number;
  medianSeconds: number | null;
  timedOut: number;
  retried: number;
  processShare: number | null;
  runShare: number | null;
  /** Median run() seconds of the last quarter divided by that of the first. */
  runTrend: number | null;
  /** Median of the slowest node divided by the median of all. */
  nodeRatio: number | null;
  slowestNode: string | null;
  /** From the start of scheduling to the first attempt. */
  firstTaskSeconds: number | null;
  startUpShare: number | null;
  memoryMax: number | null;
  memoryNode: string | null;
  longestAttempt: Ref[];
  firstTimeout: Ref[];
  retriedRefs: Ref[];
  schedulingRefs: Ref[];
}

interface AdviceRule {
  rule: string;
  title: string;
  confidence: Confidence;
  source: string;
  advice: string;
  /** The figures in words if the rule applies; otherwise null. */
  applies: (figures: Figures) => { figures: string; evidence: Ref[] } | null;
}

const DRAFT = 'Microsoft, "How to tune performance of ParallelRunStep" (draft of 2020-09)';
const DEBUG = 'Microsoft, "Troubleshooting the ParallelRunStep" (2021-10)';
/** With fewer attempts than this, figures are chance. */
const MIN_ATTEMPTS = 20;

const seconds = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} s`;
const percent = (share: number) => `${Math.round(share * 100)} %`;

const RULES: readonly AdviceRule[] = [
  {
    rule: 'short-mini-batches',
    title: 'Mini-batches are short',
    confidence: 'certain',
    source: `${DRAFT}: a mini-batch under 10 s wastes time on scheduling`,
    advice: 'Raise mini_batch_size so that a mini-batch takes at least 10 s.',
    applies: (f) =>
      f.medianSeconds !== null && f.attempts >= MIN_ATTEMPTS && f.medianSeconds < 10
        ? {
            figures: `Median attempt ${seconds(f.medianSeconds)} (${formatCount(f.attempts, 'attempt')}).`,
            evidence: f.longestAttempt,
          }
        : null,
  },
  {
    rule: 'cpu-saturated',
    title: 'CPU time is close to elapsed time',
    confidence: 'likely',
    source: `${DRAFT}: process seconds over elapsed seconds should usually be below 70 %`,
    advice: 'The processes of a node compete for its cores: reduce process_count_per_node, or use a larger VM size.',
    applies: (f) =>
      f.processShare !== null && f.attempts >= MIN_ATTEMPTS && f.processShare > 0.9
        ? { figures: `Process time is ${percent(f.processShare)} of elapsed time.`, evidence: f.longestAttempt }
        : null,
  },
  {
    rule: 'cpu-waiting',
    title: 'Attempts mostly wait',
    confidence: 'likely',
    source: `${DRAFT}: a low ratio of process seconds to elapsed seconds means waiting for input and output`,
    advice:
      'Look at storage and network, at calls to services in run(), and at the GPU; more processes per node can hide the waiting.',
    applies: (f) =>
      f.processShare !== null && f.attempts >= MIN_ATTEMPTS && f.processShare < 0.2
        ? { figures: `Process time is only ${percent(f.processShare)} of elapsed time.`, evidence: f.longestAttempt }
        : null,
  },
  {
    rule: 'storage-overhead',
    title: 'Much time is outside run()',
    confidence: 'likely',
    source: `${DRAFT}: elapsed seconds well above run method seconds points at storage`,
    advice:
      'Reading the inputs takes the time: use fewer and larger files, a datastore in the same region, or download instead of mount.',
    applies: (f) =>
      f.runShare !== null && f.attempts >= MIN_ATTEMPTS && f.runShare < 0.7
        ? { figures: `run() took ${percent(f.runShare)} of the elapsed time of attempts.`, evidence: f.longestAttempt }
        : null,
  },
  {
    rule: 'run-slows-down',
    title: 'run() gets slower as the run goes on',
    confidence: 'likely',
    source: `${DRAFT}: a rising trend of run method seconds points at the user's code or a lost GPU`,
    advice: 'Look for state that grows in the entry script, for memory that runs out, and for GPUs that are lost.',
    applies: (f) =>
      f.runTrend !== null && f.runTrend >= 1.5
        ? {
            figures: `Median run() time of the last quarter of attempts is ${formatTimes(f.runTrend)} that of the first.`,
            evidence: f.longestAttempt,
          }
        : null,
  },
  {
    rule: 'node-skew',
    title: 'One node is slower than the others',
    confidence: 'certain',
    source: `${DRAFT}: compare nodes; skew costs the time of the fast ones`,
    advice: 'Look at its CPU, memory and disk curves; a smaller node_count without it may be as fast.',
    applies: (f) =>
      f.nodeRatio !== null && f.nodeRatio >= 1.5
        ? {
            figures: `Attempts on ${f.slowestNode} take ${formatTimes(f.nodeRatio)} the run's median.`,
            evidence: f.longestAttempt,
          }
        : null,
  },
  {
    rule: 'retries',
    title: 'Many mini-batches are retried',
    confidence: 'certain',
    source: `${DRAFT}: Picked Count above 1`,
    advice: 'See the errors of their first attempts; each retry costs the whole mini-batch again.',
    applies: (f) =>
      f.batches >= MIN_ATTEMPTS && f.retried / f.batches >= 0.05
        ? {
            figures: `${f.retried} of ${formatCount(f.batches, 'mini-batch', 'mini-batches')} retried.`,
            evidence: f.retriedRefs,
          }
        : null,
  },
  {
    rule: 'run-timeouts',
    title: 'run() does not end in time',
    confidence: 'certain',
    source: `${DRAFT} and ${DEBUG}: raise run_invocation_timeout when many mini-batches time out`,
    advice:
      'Raise run_invocation_timeout, or make mini-batches smaller. The limit that is enforced is run_invocation_timeout plus task_overhead_timeout.',
    applies: (f) => {
      if (f.timedOut === 0) return null;
      const limit = numberSetting(f.run.settings, 'run_invocation_timeout');
      return {
        figures: `${formatCount(f.timedOut, 'attempt')} timed out${limit === null ? '' : ` with run_invocation_timeout at ${limit} s`}.`,
        evidence: f.firstTimeout,
      };
    },
  },
  {
    rule: 'slow-first-task',
    title: 'The first mini-batch is made late',
    confidence: 'certain',
    source: `${DRAFT}: listing a folder of a million files takes about five minutes`,
    advice: 'Use fewer, larger files or a tabular dataset, and fewer files in one folder.',
    applies: (f) =>
      f.firstTaskSeconds !== null && f.firstTaskSeconds >= 300
        ? {
            figures: `From the start of scheduling to the first attempt: ${seconds(f.firstTaskSeconds)}.`,
            evidence: f.schedulingRefs,
          }
        : null,
  },
  {
    rule: 'slow-start-up',
    title: 'Much of the capacity goes into init()',
    confidence: 'certain',
    source: 'Postrun: 20 % of worker-seconds in init()',
    advice: 'Load less in init(), keep models near the compute, or use larger runs on fewer processes.',
    applies: (f) =>
      f.startUpShare !== null && f.startUpShare >= 0.2 && f.attempts >= MIN_ATTEMPTS
        ? { figures: `${percent(f.startUpShare)} of all worker-seconds went into init().`, evidence: [] }
        : null,
  },
  {
    rule: 'too-many-processes',
    title: 'The memory of a node is too small for its processes',
    confidence: 'likely',
    source: "the service's logs/readme.txt: reduce process_count_per_node or use a larger VM size",
    advice: 'Reduce process_count_per_node, make mini-batches smaller, or use a VM size with more memory.',
    applies: (f) =>
      f.memoryMax !== null && f.memoryMax >= 95
        ? { figures: `Memory in use reached ${Math.round(f.memoryMax)} % on ${f.memoryNode}.`, evidence: [] }
        : null,
  },
  {
    rule: 'system-exit-42',
    title: 'SystemExit: 42 is not the cause',
    confidence: 'certain',
    source: 'Azure/MachineLearningNotebooks#1930',
    advice:
      'Exit code 42 only says that the driver failed: the root cause and the lines above lead to the error itself.',
    applies: ({ db, run }) => {
      const rows = selectRows(
        db,
        "SELECT file_id AS fileId, line FROM run_event WHERE type = 'driver_exit' AND value = 42 ORDER BY file_id, line LIMIT 3",
        { fileId: 'number', line: 'number' },
      ).all();
      if (rows.length === 0) return null;
      const cause =
        run.firstCause === null || run.firstCause.kind === 'unknown'
          ? 'The logs name no cause.'
          : `The root cause is: ${run.firstCause.message}`;
      return { figures: cause, evidence: [...(run.firstCause?.evidence.slice(0, 3) ?? []), ...rows] };
    },
  },
];

/** Returns advice for the run in the order of the rules. Empty for a run with sound figures. */
export function advice(db: ReadableDb, lineText: LineText): Advice[] {
  const run = storedRun(db);
  if (run === null) return [];
  const figures = memoized(db, 'figures', () => measure(db, run));
  const refs = new RefReader(db, lineText);
  const result: Advice[] = [];
  for (const { rule, title, confidence, source, advice: text, applies } of RULES) {
    const found = applies(figures);
    if (found !== null) {
      result.push({
        rule,
        title,
        figures: found.figures,
        advice: text,
        source,
        confidence,
        evidence: refs.readAll(found.evidence.slice(0, 6)),
      });
    }
  }
  return result;
}

function measure(db: ReadableDb, run: StoredRun): Figures {
  const columns = columnsOf(db);
  const { attempts, batches } = columns;
  const slow = stragglers(db, { filter: emptyFilter });
  const books = ledger(db);
  const start = inits(db);
  const rowsDone = int32();
  let timedOut = 0;
  let inRun = 0;
  let elapsed = 0;
  for (let row = 0; row < attempts.outcome.length; row++) {
    const outcome = at(attempts.outcome, row);
    if (outcome === OUTCOME.timed_out) timedOut++;
    if (outcome > OUTCOME.partial) continue;
    const run_ = at(attempts.runSeconds, row);
    if (Number.isNaN(run_) || Number.isNaN(at(attempts.duration, row))) continue;
    rowsDone.push(row);
    inRun += run_;
    elapsed += at(attempts.duration, row);
  }
  let retried = 0;
  for (let ordinal = 0; ordinal < batches.status.length; ordinal++) if (at(batches.attempts, ordinal) > 1) retried++;
  const rows = rowsDone.view();
  const quarter = Math.floor(rows.length / 4);
  const medianOf = (part: Int32Array) =>
    selectQuantiles(
      Float64Array.from(part, (row) => at(attempts.runSeconds, row)),
      [0.5],
    )[0] ?? Number.NaN;
  const runTrend = quarter >= MIN_ATTEMPTS ? medianOf(rows.slice(-quarter)) / medianOf(rows.slice(0, quarter)) : null;
  const slowest = slow.nodes.find((node) => node.slow);
  const scheduling = selectRows(
    db,
    "SELECT file_id AS fileId, line, at_us AS atUs FROM run_event WHERE type = 'scheduling_started' AND at_us IS NOT NULL ORDER BY at_us, file_id, line LIMIT 1",
    { fileId: 'number', line: 'number', atUs: 'number' },
  ).get();
  const firstPick = attempts.startUs[0];
  const memory = selectRows(
    db,
    "SELECT node, max FROM series WHERE process IS NULL AND pid IS NULL AND metric LIKE '%memory%percent%' ORDER BY max DESC, node LIMIT 1",
    { node: 'text', max: 'number' },
  ).get();
  const outcomeIs = (row: number) => at(attempts.outcome, row);
  const longest = longestAttempts(columns, 3, (row) => outcomeIs(row) <= OUTCOME.partial);
  const timeouts = firstAttempts(columns, 3, (row) => outcomeIs(row) === OUTCOME.timed_out);
  const again = firstAttempts(columns, 3, (row) => at(attempts.attempt, row) > 1);
  return {
    db,
    run,
    attempts: attempts.outcome.length,
    batches: batches.status.length,
    medianSeconds: slow.medianSeconds,
    timedOut,
    retried,
    processShare: books.processShare,
    runShare: elapsed > 0 ? inRun / elapsed : null,
    runTrend: runTrend === null || Number.isNaN(runTrend) ? null : runTrend,
    nodeRatio: slowest?.ratio ?? null,
    slowestNode: slowest?.node ?? null,
    firstTaskSeconds:
      scheduling === undefined || firstPick === undefined || Number.isNaN(firstPick)
        ? null
        : (firstPick - scheduling.atUs) / 1e6,
    startUpShare:
      books.heldSeconds > 0 && start.medianSeconds !== null ? books.startUpSeconds / books.heldSeconds : null,
    memoryMax: memory?.max ?? null,
    memoryNode: memory?.node ?? null,
    longestAttempt: attemptRefs(db, longest, 'finished'),
    firstTimeout: attemptRefs(db, timeouts, 'finished'),
    retriedRefs: attemptRefs(db, again, 'picked'),
    schedulingRefs: scheduling === undefined ? [] : [{ fileId: scheduling.fileId, line: scheduling.line }],
  };
}
