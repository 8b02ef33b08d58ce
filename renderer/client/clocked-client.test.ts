import { expect, it } from 'vitest';
import type { EngineClient } from '../../electron/contract/client.ts';
import { emptyFilter } from '../../electron/contract/empty-filter.ts';
import type { ClockChoice } from '../../electron/contract/filter.ts';
import { clockedClient } from './clocked-client.ts';

it('asks for all times on the clock of the window', async () => {
  const asked: unknown[] = [];
  const inner = {
    call: (name: string, params: object) => {
      asked.push([name, params]);
      return Promise.resolve(null);
    },
  } as unknown as EngineClient;
  let clock: ClockChoice = 'aligned';
  const client = clockedClient(inner, () => clock);
  await client.call('attempts.page', { caseId: 'c', filter: emptyFilter, start: 0, count: 1 });
  await client.call('lines.page', { caseId: 'c', fileId: 1, start: 0, count: 1 });
  await client.call('run.info', { caseId: 'c' });
  const batches = { of: 'batches', caseId: 'c', filter: emptyFilter, sort: 'startUs', descending: false } as const;
  await client.call('listing.find', { listing: batches, text: 'x', from: -1, direction: 'next' });
  clock = 'written';
  await client.call('resources.list', { caseId: 'c' });
  await client.call('report.render', { caseId: 'c', options: { title: 'a' }, format: 'md' });
  expect(asked).toEqual([
    ['attempts.page', { caseId: 'c', filter: { ...emptyFilter, clock: 'aligned' }, start: 0, count: 1 }],
    ['lines.page', { caseId: 'c', fileId: 1, start: 0, count: 1, clock: 'aligned' }],
    ['run.info', { caseId: 'c' }],
    [
      'listing.find',
      { listing: { ...batches, filter: { ...emptyFilter, clock: 'aligned' } }, text: 'x', from: -1, direction: 'next' },
    ],
    ['resources.list', { caseId: 'c', clock: 'written' }],
    ['report.render', { caseId: 'c', options: { title: 'a', clock: 'written' }, format: 'md' }],
  ]);
});
