import { expect, it } from 'vitest';
import type { Facets } from '../../../electron/contract/commands.ts';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { filteredFiles, sortedFiles } from './file-rows.ts';

const file = (fileId: number, path: string, lines: number | null) => ({ fileId, path, lines }) as FileRow;
const files = [file(1, 'b/Process-10', 5), file(2, 'b/Process-9', null), file(3, 'a', 7)];

it('keeps the files that the filter leaves lines of', () => {
  const facets = { file: [{ fileId: 3, count: 2 }] } as Facets;
  expect(filteredFiles(files, facets).map((each) => [each.path, each.matches])).toEqual([['a', 2]]);
  expect(filteredFiles(files, undefined)).toHaveLength(3);
});

it('sorts numbers as numbers, also within names, and the unknown last', () => {
  const all = filteredFiles(files, undefined);
  const paths = (column: string, descending: boolean) =>
    sortedFiles(all, { column, descending }).map((each) => each.path);
  expect(paths('path', false)).toEqual(['a', 'b/Process-9', 'b/Process-10']);
  expect(paths('lines', true)).toEqual(['a', 'b/Process-10', 'b/Process-9']);
  expect(paths('lines', false)).toEqual(['b/Process-10', 'a', 'b/Process-9']);
});
