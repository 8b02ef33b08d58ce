/**
 * Which attempts were for nothing, and why: the one definition behind the split of the workers'
 * time and the capacity ledger.
 */

import { at } from '../base/typed.ts';
import type { DerivedColumns } from './columns.ts';
import { OUTCOME } from './join.ts';
import { isBad } from './lanes.ts';

export interface LostTime {
  /**
   * Seconds of attempts whose mini-batch was done with success by another one: those that failed,
   * and those that came late.
   */
  toRetries: number;
  /** Seconds of attempts that failed or timed out and whose mini-batch failed in the end. */
  toFailures: number;
}

/** Adds an attempt's seconds to what was lost; false where its result counted or it has no end. */
export function addLost({ attempts, batches }: DerivedColumns, row: number, lost: LostTime): boolean {
  const seconds = at(attempts.duration, row);
  const outcome = at(attempts.outcome, row);
  if (Number.isNaN(seconds)) return false;
  const batch = at(attempts.batch, row);
  if (outcome <= OUTCOME.partial) {
    // The result of another attempt counted: this one was done twice.
    if (at(batches.last, batch) === row) return false;
    lost.toRetries += seconds;
    return true;
  }
  if (!isBad(outcome)) return false;
  if (at(batches.status, batch) <= OUTCOME.partial) lost.toRetries += seconds;
  else lost.toFailures += seconds;
  return true;
}
