import { expect, it } from 'vitest';
import type { Problem } from '../../../electron/contract/file-records.ts';
import { groupProblems, problemKind, problemRows } from './problem-rows.ts';

const problem = (file: string, kind: string, count: number): Problem => ({ file, line: 1, kind, message: 'm', count });

it('groups what is the same, the most frequent first', () => {
  const groups = groupProblems([
    problem('a', 'damaged', 2),
    problem('b', 'unrecognised', 5),
    problem('c', 'damaged', 4),
  ]);
  expect(groups.map((group) => [group.kind, group.count, group.places.map((place) => place.file)])).toEqual([
    ['damaged', 6, ['c', 'a']],
    ['unrecognised', 5, ['b']],
  ]);
  expect(problemRows(groups, new Set(['damaged m'])).map((row) => row.type)).toEqual(['group', 'group', 'place']);
});

it('has a word for kinds it does not know', () => {
  expect([problemKind('damaged'), problemKind('too_many_rows')]).toEqual(['Damaged', 'Too many rows']);
});
