import { expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/contract/client.ts';
import type { SearchState } from '../../../../electron/contract/commands.ts';
import { noFilter } from '../../../state/filter.ts';
import { type Direction, stepInFile, stepInMerged } from './find-step.ts';

const { signal } = new AbortController();

/** An engine that finds these lines of file 1. */
function engine(found: readonly number[]): EngineClient {
  const call = async (name: string, params: { line: number; direction: Direction; start: number }) => {
    if (name === 'search.rows') return { rows: found.slice(params.start, params.start + 1).map(row) };
    if (name === 'search.locate') {
      const index = found.findIndex((line) => line >= params.line);
      return { index: index === -1 ? found.length : index };
    }
    const { line, direction } = params;
    const hit = direction === 'next' ? found.find((at) => at > line) : found.findLast((at) => at < line);
    return hit === undefined ? null : row(hit);
  };
  return { call } as unknown as EngineClient;
}

const row = (line: number) => ({ fileId: 1, line });
const inFile = (found: number[], cursor: number | null, direction: Direction) =>
  stepInFile(engine(found), { caseId: 'a', fileId: 1, filter: noFilter, total: 100 }, cursor, direction, signal);

test('in a file a step goes on around its ends, and says so', async () => {
  expect(await inFile([10, 20], 10, 'next')).toEqual({ line: 20, said: null });
  expect(await inFile([10, 20], 20, 'next')).toEqual({ line: 10, said: 'Found again from the top.' });
  expect(await inFile([10, 20], 10, 'previous')).toEqual({ line: 20, said: 'Found again from the end.' });
  expect(await inFile([10, 20], null, 'previous')).toEqual({ line: 20, said: null });
});

test('in a file a step stays if there is no other line', async () => {
  expect(await inFile([], 10, 'next')).toEqual({ line: null, said: 'Nothing is found in this file.' });
  expect(await inFile([10], 10, 'next')).toEqual({ line: null, said: 'This is the only line that is found.' });
});

const inMerged = async (found: number[], cursor: number | null, direction: Direction) => {
  const search = { searchId: 's', matches: found.length } as SearchState;
  const from = cursor === null ? null : { line: row(cursor), timeUs: null };
  return (await stepInMerged(engine(found), search, from, direction, signal))?.line;
};

test('among merged lines a step goes on around the ends', async () => {
  expect(await inMerged([10, 20], 10, 'next')).toBe(20);
  expect(await inMerged([10, 20], 15, 'next')).toBe(20);
  expect(await inMerged([10, 20], 15, 'previous')).toBe(10);
  expect(await inMerged([10, 20], 20, 'next')).toBe(10);
  expect(await inMerged([10, 20], 10, 'previous')).toBe(20);
  expect(await inMerged([10, 20], null, 'next')).toBe(10);
  expect(await inMerged([], 10, 'next')).toBeUndefined();
});
