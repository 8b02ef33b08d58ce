import { expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { noFilter } from '../../../state/filter.ts';
import { findInMerged } from './searches.ts';

const question = { caseId: 'a', filter: noFilter, order: 'time' as const, fileIds: [1, 2] };
const { signal } = new AbortController();

/** Returns a search whose hits are the lines 1 … `matches` of file 1. */
function searchOf(matches: number) {
  const asked: string[] = [];
  const call = async (name: string, params: { start: number; count: number; fileId?: number; line: number }) => {
    asked.push(name);
    if (name === 'search.locate') return { index: params.fileId === 1 ? params.line - 1 : matches };
    if (name === 'search.rows') {
      const { start, count } = params;
      const rows = Array.from({ length: Math.min(count, matches - start) }, (_, k) => ({
        fileId: 1,
        line: start + k + 1,
      }));
      return { rows };
    }
    return { searchId: 's', matches, complete: true, progress: 1 };
  };
  return { client: { call } as unknown as EngineClient, asked };
}

const step = (client: EngineClient, line: number, to: 'next' | 'previous', accept: (row: LineRow) => boolean) =>
  findInMerged(client, question, { fileId: 1, line }, null, to, accept, signal);

test('the next and the previous accepted line are found page by page, and the search is stopped', async () => {
  const { client, asked } = searchOf(1_000);
  const isRare = ({ line }: LineRow) => line % 450 === 0;
  expect((await step(client, 450, 'next', isRare))?.line).toBe(900);
  expect((await step(client, 900, 'previous', isRare))?.line).toBe(450);
  expect(asked.filter((name) => name === 'search.stop')).toHaveLength(2);
});

test('there is none before the first and after the last', async () => {
  const { client } = searchOf(10);
  expect(await step(client, 1, 'previous', () => true)).toBeNull();
  expect(await step(client, 10, 'next', () => true)).toBeNull();
  expect((await step(client, 9, 'next', () => true))?.line).toBe(10);
});
