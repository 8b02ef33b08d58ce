import { expect, test } from 'vitest';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { errorStep, sameStep, warningStep } from './line-steps.ts';

const row = (parts: Partial<LineRow>): LineRow =>
  ({ level: 'info', traceback: null, miniBatchId: null, pid: null, ...parts }) as LineRow;

test('a traceback is one error, and a warning is none', () => {
  expect(errorStep.accept(row({ level: 'critical' }))).toBe(true);
  expect(errorStep.accept(row({ level: 'error', traceback: 'first' }))).toBe(true);
  expect(errorStep.accept(row({ level: 'error', traceback: 'inner' }))).toBe(false);
  expect(errorStep.accept(row({ level: 'warning' }))).toBe(false);
  expect(warningStep.accept(row({ level: 'error' }))).toBe(false);
});

test('the same is the mini-batch of a line, otherwise its process', () => {
  expect(sameStep(row({ miniBatchId: '17', pid: 5 }))?.filter.miniBatch.include).toEqual(['17']);
  expect(sameStep(row({ pid: 5 }))?.filter.pid.include).toEqual([5]);
  expect(sameStep(row({ pid: 5 }))?.none('after')).toBe('There is no other line of process 5 after this one here.');
  expect(sameStep(row({}))).toBeNull();
});
