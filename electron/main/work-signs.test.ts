/** Tests of the signs of long work. */
import { expect, test } from 'vitest';
import type { IndexProgress } from '../contract/case-records.ts';
import { longWorkMs, signsOf, takeProgress, type Works } from './work-signs.ts';

const event = (phase: IndexProgress['phase'], done = 0, more: Partial<IndexProgress> = {}): IndexProgress => ({
  caseId: 'a',
  phase,
  bytesDone: done,
  bytesTotal: 1000,
  filesDone: 0,
  filesTotal: 1,
  bytesPerSecond: 0,
  secondsLeft: null,
  reused: false,
  isRefresh: false,
  message: null,
  ...more,
});
const none: Works = new Map();

test('progress shows while a case is indexed and goes when it is done', () => {
  const first = takeProgress(none, event('indexing', 250), 0);
  expect(first).toMatchObject({ progress: 0.25, mustStayAwake: false, ended: null });
  const last = takeProgress(first.works, event('complete', 1000), 5_000);
  expect(last).toMatchObject({ progress: -1, mustStayAwake: false, ended: null });
});

test('long work keeps the machine awake, and its end is told', () => {
  const first = takeProgress(none, event('listing'), 0);
  const later = takeProgress(first.works, event('indexing', 500), longWorkMs);
  expect(later.mustStayAwake).toBe(true);
  expect(signsOf(later.works, longWorkMs + 1).mustStayAwake).toBe(true);
  const whole = takeProgress(later.works, event('complete', 1000), longWorkMs + 10);
  expect(whole).toMatchObject({ progress: -1, mustStayAwake: false, ended: { caseId: 'a', isWhole: true } });
  const failed = takeProgress(later.works, event('failed', 700), longWorkMs + 10);
  expect(failed.ended).toEqual({ caseId: 'a', isWhole: false });
  expect(takeProgress(later.works, event('cancelled', 700), longWorkMs + 10).ended).toBeNull();
});

test('two cases share the bar; a refresh and a case that was there show nothing', () => {
  const one = takeProgress(none, event('indexing', 200), 0);
  const two = takeProgress(one.works, event('indexing', 600, { caseId: 'b' }), 1);
  expect(two.progress).toBeCloseTo(0.4);
  expect(takeProgress(none, event('indexing', 10, { isRefresh: true }), 0).progress).toBe(-1);
  expect(takeProgress(none, event('complete', 1000, { reused: true }), 0)).toMatchObject({ progress: -1, ended: null });
});

test('sizes that make no sense never leave 0…1', () => {
  expect(takeProgress(none, event('indexing', 5_000), 0).progress).toBe(1);
  expect(takeProgress(none, event('indexing', 0, { bytesTotal: 0 }), 0).progress).toBe(0);
});
