/**
 * Tests that each column is named once, and that rows as JSON keep the names that scripts rely on.
 */
import { expect, test } from 'vitest';
import { attemptColumns, batchColumns, batchSorts } from './row-columns.ts';

const isDistinct = (list: readonly string[]) => new Set(list).size === list.length;

test('each column has a name and a place of its own', () => {
  for (const columns of [batchColumns, attemptColumns]) {
    expect(isDistinct(columns.map(({ name }) => name))).toBe(true);
    const places = columns.flatMap(({ terminal }) => (terminal === undefined ? [] : [String(terminal.at)]));
    expect(isDistinct(places)).toBe(true);
  }
  expect(isDistinct(batchColumns.map(({ id }) => id))).toBe(true);
});

test('the names of --json and --csv are those of the contract, in their order; more may follow', () => {
  const names = (columns: readonly { name: string }[]) => columns.map(({ name }) => name).join(' ');
  expect(names(batchColumns)).toMatch(
    /^miniBatchId status attempts node pid total succeeded failed startedAt endedAt durationSeconds/,
  );
  expect(names(attemptColumns)).toMatch(
    /^miniBatchId attempt node pid process startedAt endedAt durationSeconds processSeconds runMethodSeconds total succeeded failed outcome error pickedUp finished/,
  );
});

test('every order of mini-batches is that of a column', () => {
  for (const sort of batchSorts) expect(batchColumns.map(({ id }) => id)).toContain(sort);
});
