/**
 * Decides which attempts were wasted and why. The split of the workers' time and the capacity
 * ledger share this definition.
 */

import { at } from '../base/typed.ts';
import type { DerivedColumns } from './columns.ts';
import { OUTCOME } from './join.ts';
import { isBad } from './lanes.ts';

export interface LostTime {
  /**
   * Seconds of attempts whose mini-batch another attempt completed: attempts that failed, and
   * attempts that came late.
   */
  toRetries: number;
  /** Seconds of failed or timed-out attempts whose mini-batch failed in the end. */
  toFailures: number;
}

/**
 * Adds an attempt's seconds to the lost time. Returns false if its result counted or it has no end.
 */
export function addLost({ attempts, batches }: DerivedColumns, row: number, lost: LostTime): boolean {
  const seconds = at(attempts.duration, row);
  const outcome = at(attempts.outcome, row);
  if (Number.isNaN(seconds)) return false;
  const batch = at(attempts.batch, row);
  if (outcome <= OUTCOME.partial) {
    // Another attempt's result counted, so this one repeated the work.
    if (at(batches.last, batch) === row) return false;
    lost.toRetries += seconds;
    return true;
  }
  if (!isBad(outcome)) return false;
  if (at(batches.status, batch) <= OUTCOME.partial) lost.toRetries += seconds;
  else lost.toFailures += seconds;
  return true;
}
