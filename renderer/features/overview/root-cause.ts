/**
 * Pure functions that choose the words for the root cause on the window's first card, and the curve
 * beside it.
 */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import type { Signature } from '../../../electron/contract/signatures.ts';
import type { Witness } from '../../../electron/contract/testimony.ts';
import type { TraceFrame, TracePart } from '../../base/trace-parts.ts';

export type CauseCurve = 'memory' | 'disk' | 'durations' | 'failures';

type Cause = NonNullable<RunInfo['firstCause']>;

const memoryKinds = new Set<Cause['kind']>(['out_of_memory', 'process_killed', 'node_lost']);
const slowKinds = new Set<Cause['kind']>(['run_timeout', 'first_task_timeout', 'no_progress', 'init_timeout']);
const slowFindings = new Set(['slow_node', 'stragglers', 'long_tail', 'slow_starts', 'run_timeouts']);

/**
 * Returns the curve that matters: memory for a death, the disk for a full disk, durations for a
 * slow-down, otherwise failures.
 */
export function curveOfCause({ firstCause, findings, miniBatches }: RunInfo): CauseCurve {
  if (firstCause === null) {
    return miniBatches.failed === 0 || findings.some(({ kind }) => slowFindings.has(kind)) ? 'durations' : 'failures';
  }
  if (memoryKinds.has(firstCause.kind)) return 'memory';
  if (firstCause.kind === 'disk_full') return 'disk';
  return slowKinds.has(firstCause.kind) ? 'durations' : 'failures';
}

/** Returns the error group of the first cause. */
export function primaryGroup(signatures: readonly Signature[]): Signature | null {
  return signatures.find(({ role }) => role === 'primary') ?? null;
}

/**
 * Returns the frame to look at: the user's innermost frame in the exception that was raised first.
 */
export function userFrame(parts: readonly TracePart[]): TraceFrame | null {
  for (const part of parts) {
    const frame = part.frames.findLast(({ isUser }) => isUser);
    if (frame !== undefined) return frame;
  }
  return null;
}

/** Returns `batch_score.py:44 in run`, with the file name only. */
export function frameText({ file, line, name }: Pick<TraceFrame, 'file' | 'line' | 'name'>): string {
  return `${file.split(/[\\/]/).at(-1) ?? file}:${line} in ${name}`;
}

/**
 * Splits the line of an exception into class and message: `ValueError: no`. Another line is all
 * message.
 */
export function exceptionParts(text: string): { name: string | null; message: string } {
  const match =
    /^(?<name>[A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Killed|Timeout|Failure|Fault))(?::\s*(?<message>[\s\S]*))?$/.exec(
      text.trim(),
    );
  const name = match?.groups?.name;
  return name === undefined
    ? { name: null, message: text.trim() }
    : { name, message: match?.groups?.message?.trim() ?? '' };
}

export const witnessWords: Record<Witness, string> = {
  platform: 'the compute platform',
  driver: 'the driver',
  job_result: 'the job result',
  master: 'the master log',
  overview: 'the progress overview',
  worker: 'a worker log',
  user_code: 'the user log',
  error_list: 'a list of errors',
};
