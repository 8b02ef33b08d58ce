import { describe, expect, it } from 'vitest';
import type { AttemptRow, MiniBatchRow, Outcome } from '../../../electron/contract/batch-records.ts';
import { noFilter } from '../../state/filter.ts';
import { isWholeRun, recordFilter } from '../../state/record-filter.ts';
import { batchSentence } from './batch-sentence.ts';
import { durationBars, durationMarks, durationTicks, shareOf } from './duration-bars.ts';
import { locateDuration } from './locate-duration.ts';
import { spreadBars } from './spread-bars.ts';

const attempt = (n: number, node: string, startUs: number, endUs: number | null, outcome: Outcome): AttemptRow => ({
  miniBatchId: '17',
  attempt: n,
  node,
  pid: 1,
  process: null,
  startUs,
  endUs,
  durationSeconds: null,
  processSeconds: null,
  runMethodSeconds: null,
  total: null,
  succeeded: null,
  failed: null,
  outcome,
  error: null,
  pickedUp: null,
  finished: null,
});
const batch = (status: Outcome, total: number | null, failed: number | null): MiniBatchRow => ({
  miniBatchId: '17',
  status,
  attempts: 1,
  node: null,
  pid: null,
  total,
  succeeded: null,
  failed,
  startUs: null,
  endUs: null,
  durationSeconds: null,
});

describe('the sentence of a mini-batch', () => {
  it('says what became of it', () => {
    expect(batchSentence(batch('succeeded', 10, 0), [attempt(1, 'a', 0, 12e6, 'succeeded')])).toBe(
      'It succeeded at the first attempt, 12.0 s from the first start to the last end; 10 items.',
    );
    expect(
      batchSentence(batch('failed', 10, 1), [attempt(1, 'a', 0, 5e6, 'failed'), attempt(2, 'b', 6e6, 9e6, 'failed')]),
    ).toBe(
      'It failed after 2 attempts, 9.0 s from the first start to the last end; 1 item of 10 failed; it moved a → b.',
    );
    expect(batchSentence(batch('unfinished', null, null), [attempt(1, 'a', 0, null, 'unfinished')])).toBe(
      'It was never finished: 1 attempt without an end.',
    );
    expect(batchSentence(batch('unfinished', 5, null), [])).toBe('It was never picked up by a process; 5 items.');
  });
});

it('is filtered by what is about mini-batches only', () => {
  const filter = recordFilter({ ...noFilter, query: 'x', minLevel: 'error' });
  expect(isWholeRun(filter)).toBe(true);
  expect(isWholeRun({ ...filter, fromUs: 1 })).toBe(false);
  expect(Object.keys(filter)).not.toContain('query');
});

describe('bars of durations', () => {
  const data = { edges: [1, 2, 4, 8], counts: [[0, 3, 0, 0], [], [0, 0, 1, 0], [], []], quantiles: [] };
  it('leave the empty ends away', () => {
    const bars = durationBars(data);
    expect(bars.map((bar) => [bar.from, bar.to, bar.counts])).toEqual([
      [1, 2, [3, 0, 0, 0, 0]],
      [2, 4, [0, 0, 1, 0, 0]],
    ]);
    expect([shareOf(bars, 1), shareOf(bars, 2), shareOf(bars, 4), shareOf(bars, 0)]).toEqual([0, 0.5, 1, 0]);
  });
  it('have labels below, and lines at the quantiles of a few attempts or more', () => {
    const bars = durationBars(data);
    expect(durationTicks(bars).map((tick) => tick.label)).toEqual(['1.0 s', '2.0 s', '4.0 s']);
    expect(durationTicks([]).map((tick) => tick.label)).toEqual(['', '', '']);
    expect(durationMarks(bars, { count: 5, p50: 2, p95: 4 })).toEqual([
      { share: 0.5, label: 'p50' },
      { share: 1, label: 'p95' },
    ]);
    expect(durationMarks(bars, { count: 4, p50: 2, p95: 4 })).toEqual([]);
  });
});

it('finds the row of a duration without reading them all', async () => {
  const rows: (number | null)[] = [900, 50, 50, 7, 3, 1, null, null];
  const find = (limit: number) => locateDuration(rows.length, limit, async (at) => rows[at] ?? null);
  expect([await find(1000), await find(50), await find(7), await find(0.5)]).toEqual([0, 1, 3, 6]);
});

describe('spread', () => {
  const row = (node: string, n: number) => ({
    node,
    process: null,
    pid: n,
    attempts: 1,
    counts: [1, 0, 0, 0, 0] as [number, number, number, number, number],
    busySeconds: 1,
    medianSeconds: 1,
  });
  it('shares bars among neighbours where there are too many', () => {
    const rows = Array.from({ length: 10 }, (_, n) => row('a', n));
    const bars = spreadBars(rows, 'process', 4);
    expect(bars.map((bar) => bar.rows.length)).toEqual([3, 3, 3, 1]);
    expect(bars[0]?.counts[0]).toBe(3);
    expect(spreadBars(rows, 'process', Number.POSITIVE_INFINITY)).toHaveLength(10);
    expect(spreadBars([], 'node')).toEqual([]);
  });
});
