/** Tells the life of a process in one sentence. */

import type { Lane } from '../../../electron/contract/analysis.ts';
import { formatDuration } from '../../base/format.ts';

export function lifeSentence(lane: Lane): string {
  const { startUs, endUs, exitCode, replacedBy, attempts } = lane;
  const parts: string[] = [];
  if (startUs === null) parts.push('When it started is not in the logs');
  else if (endUs === null) parts.push('It started, and its end is not in the logs');
  else parts.push(`It ran for ${formatDuration((endUs - startUs) / 1e6)}`);
  if (exitCode !== null && exitCode !== 0) parts.push(`ended with exit code ${exitCode}${signalOf(exitCode)}`);
  if (replacedBy !== null) parts.push('another took its place');
  if (attempts === 0) parts.push('it never picked up a mini-batch');
  return `${parts.join('; ')}.`;
}

/** Explains a negative exit code, which Python uses for a signal. */
function signalOf(exitCode: number): string {
  if (exitCode === -9) return ' (killed from outside, often for want of memory)';
  if (exitCode === -15) return ' (asked to end)';
  if (exitCode === -11) return ' (crashed in native code)';
  return exitCode < 0 ? ` (signal ${-exitCode})` : '';
}
