import { describe, expect, it } from 'vitest';
import type { FirstCause, RunInfo } from '../../../electron/contract/run-info.ts';
import { headline, thresholdText } from './verdict.ts';

const cause = (part: Partial<FirstCause>) => ({ kind: 'run_exception', confidence: 'certain', ...part }) as FirstCause;
const run = (part: Partial<RunInfo>) =>
  ({ status: 'failed', firstCause: null, miniBatches: { failed: 0 }, ...part }) as RunInfo;
const items = (failed: number | null, errorThreshold: number | null) =>
  run({ items: { total: null, succeeded: null, failed, errorThreshold } });

describe('headline', () => {
  it('says how and why, and how sure that is', () => {
    expect(headline(run({ firstCause: cause({}) }), false)).toBe('The run failed: run() raised an exception');
    expect(headline(run({ firstCause: cause({ confidence: 'likely' }) }), false)).toBe(
      'The run failed, most likely because run() raised an exception',
    );
    expect(headline(run({ firstCause: cause({ kind: 'unknown' }) }), false)).toBe('The run failed');
    expect(headline(run({ status: 'cancelled', firstCause: cause({ kind: 'cancelled' }) }), false)).toBe(
      'The run was cancelled',
    );
  });

  it('does not hide failures of a run that succeeded', () => {
    const miniBatches = { failed: 3 } as RunInfo['miniBatches'];
    expect(headline(run({ status: 'succeeded', miniBatches }), false)).toBe(
      'The run succeeded, but 3 mini-batches failed',
    );
  });

  it('does not claim what has not been read', () => {
    expect(headline(run({ status: 'unknown' }), true)).toBe('How the run ended has not been read yet');
    expect(headline(run({ status: 'unknown' }), false)).toBe('The logs do not say how the run ended');
  });
});

describe('thresholdText', () => {
  it('compares with the threshold', () => {
    expect(thresholdText(items(null, 5))).toBeNull();
    expect(thresholdText(items(6, 5))).toEqual({ text: 'of 5 allowed items failed', isExceeded: true });
    expect(thresholdText(items(6, -1))).toEqual({ text: 'items failed (no limit)', isExceeded: false });
  });
});
