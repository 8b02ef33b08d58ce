import { expect, it } from 'vitest';
import type { AttemptRow } from '../../../electron/contract/records.ts';
import { attemptSpans } from './use-events.ts';

const attempt = (startUs: number | null, endUs: number | null, outcome: AttemptRow['outcome'] = 'succeeded') =>
  ({ node: 'n', pid: 7, startUs, endUs, outcome }) as AttemptRow;

it('draws an attempt that never finished until the next one, else until its process ended', () => {
  const rows = [attempt(10, 20), attempt(20, null, 'unfinished'), attempt(30, null, 'unfinished'), attempt(null, 5)];
  expect(attemptSpans(rows, () => 50).map(({ fromUs, toUs }) => [fromUs, toUs])).toEqual([
    [10, 20],
    [20, 30],
    [30, 50],
  ]);
  expect(attemptSpans([attempt(30, null)], () => null).map(({ toUs }) => toUs)).toEqual([30]);
});
