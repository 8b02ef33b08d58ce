import { expect, test } from 'vitest';
import type { CancelSignal, Handlers } from '../contract/contract.ts';
import { lateHandlers } from './late-handlers.ts';

const signal: CancelSignal = new AbortController().signal;

test('loads the handlers once, with the first call', async () => {
  let loads = 0;
  const handlers = lateHandlers({ 'case.recent': null }, async () => {
    loads++;
    return { 'case.recent': () => [] } satisfies Pick<Handlers, 'case.recent'>;
  });
  expect(loads).toBe(0);
  expect(await handlers['case.recent']({}, signal)).toEqual([]);
  expect(await handlers['case.recent']({}, signal)).toEqual([]);
  expect(loads).toBe(1);
});

test('passes on what a handler throws', async () => {
  const handlers = lateHandlers({ 'case.recent': null }, async () => ({
    'case.recent': () => {
      throw new Error('no');
    },
  }));
  await expect(handlers['case.recent']({}, signal)).rejects.toThrow('no');
});
