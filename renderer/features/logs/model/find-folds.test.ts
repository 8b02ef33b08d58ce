import { expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/contract/client.ts';
import { foldsOf } from './find-folds.ts';

/** An engine that finds so many lines of a file, in as many calls as they take. */
function engine(matches: number, lineAt: (hit: number) => number) {
  const asked: string[] = [];
  const call = async (name: string, { start, count }: { start: number; count: number }) => {
    asked.push(name);
    if (name !== 'search.rows') return { searchId: 's', matches, complete: true, progress: 1 };
    return { rows: Array.from({ length: Math.min(count, matches - start) }, (_, k) => ({ line: lineAt(start + k) })) };
  };
  return { client: { call } as unknown as EngineClient, asked };
}

test('all records of a file are folded to their first lines, and the search for them ends', async () => {
  const { client, asked } = engine(3, (hit) => [1, 4, 5][hit] ?? 0);
  const { folds, isWhole } = await foldsOf(client, { caseId: 'a', fileId: 1, total: 9 }, 'records');
  expect(folds).toEqual([
    { head: 0, from: 1, to: 2 },
    { head: 4, from: 5, to: 8 },
  ]);
  expect(isWhole).toBe(true);
  expect(asked).toEqual(['search.start', 'search.rows', 'search.stop']);
});

test('of a file with more records than are read only the first are folded', async () => {
  const { client } = engine(500_001, (hit) => 2 * hit + 1);
  const { folds, isWhole } = await foldsOf(client, { caseId: 'a', fileId: 1, total: 1_000_002 }, 'records');
  expect(isWhole).toBe(false);
  expect(folds.at(-1)?.head).toBe(999_996);
});
