/** Pure functions that give “What happened” its words and figures. */
import type {
  Ledger,
  LifeCycle,
  LifePhase,
  MissingEvidence,
  RerunItem,
  Stragglers,
} from '../../../electron/contract/analysis.ts';
import type { Finding, FirstCause } from '../../../electron/contract/run-info.ts';
import { formatDuration } from '../../base/format.ts';

/** Puts the first cause before the other findings. */
export function withCause(findings: readonly Finding[], cause: FirstCause | null): readonly (Finding | FirstCause)[] {
  return cause === null || findings.some((each) => each.message === cause.message) ? findings : [cause, ...findings];
}

export const missingWords: Record<MissingEvidence['kind'], string> = {
  files: 'Files',
  worker_logs: 'Worker logs',
  user_logs: 'User logs',
  pick_ups: 'Starts of attempts',
  ends: 'Ends of attempts',
  gap: 'A gap in time',
  clock: 'Clocks',
  truncated: 'Cut-off files',
  empty: 'Empty files',
  unread: 'Not read',
  no_end: 'End of the run',
  samples: 'Resource samples',
};

export const phaseWords: Record<LifePhase['phase'], string> = {
  queue: 'Queued',
  preparation: 'Preparation',
  start: 'Start',
  scheduling: 'Scheduling',
  first_task: 'First task',
  ramp_up: 'Ramp-up',
  plateau: 'Plateau',
  tail: 'Tail',
  concatenation: 'Joining results',
  end: 'End',
};

export function phaseDuration({ fromUs, toUs }: LifePhase): string {
  return formatDuration((toUs - fromUs) / 1e6);
}

export const markWords: Record<LifeCycle['marks'][number]['kind'], string> = {
  failover: 'Fail-over',
  node_joined: 'Node joined',
  node_left: 'Node left',
  cancelled: 'Cancelled',
  stop: 'Stop',
  first_failure: 'First failure',
  process_exit: 'Process ended',
};

/** Merges marks that several logs wrote about the same moment. */
export function distinctMarks(marks: LifeCycle['marks']): LifeCycle['marks'] {
  const seen = new Set<string>();
  return marks.filter((mark) => {
    const key = `${mark.kind} ${mark.timeUs} ${mark.message}`;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

export interface Share {
  key: string;
  title: string;
  seconds: number;
  /** The CSS variable of its colour. */
  token: string;
  /** Lines drawn over the colour, so that the parts differ without colour too. */
  pattern: 'plain' | 'rising' | 'falling' | 'level' | 'dots';
  hint: string;
}

const LOST_TO_FAILURES = 'Attempts of mini-batches that failed in the end';
const LOST_TO_RETRIES = 'Attempts of mini-batches that were done by another attempt';

/**
 * Splits the seconds of all workers between the first start and the last end by what they went to.
 */
export function timeShares({ time }: Stragglers): Share[] {
  const rest = Math.max(0, time.busy - time.retried - time.failed);
  const isSplit = time.runMethod !== null && time.overhead !== null;
  const shares: Share[] = [];
  const add = (key: string, title: string, seconds: number, token: string, pattern: Share['pattern'], hint: string) => {
    if (seconds > 0) shares.push({ key, title, seconds, token, pattern, hint });
  };
  if (isSplit) {
    add('run', 'run()', time.runMethod ?? 0, 'series-1', 'plain', 'In the run() of the entry script');
    add(
      'overhead',
      'Overhead',
      time.overhead ?? 0,
      'series-6',
      'level',
      'Around run(): reading inputs, writing results',
    );
  } else add('busy', 'Busy', rest, 'series-1', 'plain', 'Attempts whose result counted');
  add('failures', 'Lost to failures', time.failed, 'outcome-failed', 'rising', LOST_TO_FAILURES);
  add('retries', 'Lost to retries', time.retried, 'outcome-timed-out', 'falling', LOST_TO_RETRIES);
  add('idle', 'Idle and starting', time.idle, 'level-none', 'dots', 'No mini-batch in hand');
  return shares;
}

/** Splits the held seconds by what they were spent on. The parts add up to the whole. */
export function ledgerShares(ledger: Ledger): Share[] {
  const useful = ledger.busySeconds - ledger.lostToRetriesSeconds - ledger.lostToFailuresSeconds;
  const all: Share[] = [
    {
      key: 'useful',
      title: 'Busy, result counted',
      seconds: Math.max(0, useful),
      token: 'outcome-succeeded',
      pattern: 'plain',
      hint: 'Attempts that ended well',
    },
    {
      key: 'failures',
      title: 'Lost to failures',
      seconds: ledger.lostToFailuresSeconds,
      token: 'outcome-failed',
      pattern: 'rising',
      hint: LOST_TO_FAILURES,
    },
    {
      key: 'retries',
      title: 'Lost to retries',
      seconds: ledger.lostToRetriesSeconds,
      token: 'outcome-timed-out',
      pattern: 'falling',
      hint: LOST_TO_RETRIES,
    },
    {
      key: 'start',
      title: 'Starting up',
      seconds: ledger.startUpSeconds,
      token: 'series-6',
      pattern: 'level',
      hint: 'init() of the entry script',
    },
    {
      key: 'idle',
      title: 'Idle',
      seconds: ledger.idleSeconds,
      token: 'level-none',
      pattern: 'dots',
      hint: 'Held, with no mini-batch in hand',
    },
  ];
  return all.filter((share) => share.seconds > 0);
}

export function rerunIds(rows: readonly RerunItem[]): string {
  return rows.map((row) => row.miniBatchId).join('\n');
}

export function rerunCsv(rows: readonly RerunItem[]): string {
  const cell = (text: string | number | null) => {
    const plain = text === null ? '' : String(text);
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  const lines = rows.map((row) =>
    [row.miniBatchId, row.status, row.attempts, row.reason, row.inputs].map(cell).join(','),
  );
  return `${['miniBatchId,status,attempts,reason,inputs', ...lines].join('\r\n')}\r\n`;
}

/** Returns the rows as JSON. Inputs that the logs wrote as JSON stay JSON; others become text. */
export function rerunJson(rows: readonly RerunItem[]): string {
  const parsed = rows.map((row) => ({ ...row, inputs: inputsOf(row.inputs) }));
  return `${JSON.stringify(parsed, null, 2)}\n`;
}

function inputsOf(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const SLIDER_STEPS = 1_000;

/**
 * Returns a slider over seconds on a logarithmic scale, since durations range from a second to
 * hours.
 */
export function sliderScale(least: number, most: number) {
  const low = Math.max(0.1, least);
  const high = Math.max(low * 1.01, most);
  return {
    steps: SLIDER_STEPS,
    secondsAt: (step: number) => {
      const seconds = low * (high / low) ** (step / SLIDER_STEPS);
      // Nobody sets a timeout of 63.247 s.
      return seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds);
    },
    stepOf: (seconds: number) =>
      Math.round(
        (Math.min(1, Math.max(0, Math.log(Math.max(seconds, low) / low) / Math.log(high / low))) || 0) * SLIDER_STEPS,
      ),
  };
}
