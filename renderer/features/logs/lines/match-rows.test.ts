import { expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { matchesIn } from './match-rows.ts';

const row = (fileId: number, line: number, timeUs: number | null, matches: [number, number][] = [[0, 3]]): LineRow =>
  ({ fileId, line, timeUs, matches }) as unknown as LineRow;

/** Returns a search with these hits, in the requested order. */
function searchOf(hits: readonly LineRow[]): { client: EngineClient; asked: string[] } {
  const asked: string[] = [];
  const call = async (name: string, params: Record<string, number>) => {
    asked.push(name);
    if (name === 'search.rows') {
      const { start = 0, count = 0 } = params;
      return { rows: hits.slice(start, start + count) };
    }
    const at = hits.findIndex((hit) =>
      params.timeUs === undefined
        ? hit.fileId === params.fileId && hit.line >= (params.line ?? 0)
        : (hit.timeUs ?? Number.POSITIVE_INFINITY) >= params.timeUs,
    );
    return { index: at === -1 ? hits.length : at };
  };
  return { client: { call } as unknown as EngineClient, asked };
}

const signal = new AbortController().signal;

test('in merged lines the hits of all files in view are found, and none that is not in view', async () => {
  const { client } = searchOf([row(1, 1, 10), row(2, 5, 20), row(1, 7, 30), row(3, 1, 99)]);
  const rows = [row(2, 4, 15, []), row(2, 5, 20, []), row(1, 6, 25, []), row(1, 7, 30, [])];
  const found = await matchesIn(client, 'a', { rows, order: 'time' }, signal);
  expect([...found.keys()]).toEqual(['2:5', '1:7']);
  expect(found.get('1:7')).toEqual([[0, 3]]);
});

test('more hits at one time than one answer holds are read on, up to the time of the last row', async () => {
  const many = Array.from({ length: 1_200 }, (_, at) => row(1, at + 1, 50));
  const { client, asked } = searchOf([...many, row(2, 1, 60), row(2, 2, 70)]);
  const found = await matchesIn(
    client,
    'a',
    { rows: [row(1, 1_200, 50, []), row(2, 1, 60, [])], order: 'time' },
    signal,
  );
  expect([...found.keys()]).toEqual(['1:1200', '2:1']);
  expect(asked.filter((name) => name === 'search.rows')).toHaveLength(3);
});

test('in one file the hits are found by their lines, also where no line has a time', async () => {
  const { client } = searchOf([row(4, 2, null), row(4, 9, null), row(4, 30, null)]);
  const rows = [row(4, 8, null, []), row(4, 9, null, []), row(4, 10, null, [])];
  expect([...(await matchesIn(client, 'a', { rows, order: 'file' }, signal)).keys()]).toEqual(['4:9']);
});
