import { expect, test } from 'vitest';
import { foldMap, noFolds } from './fold-map.ts';
import { lineListing } from './line-listing.ts';

const file = { of: 'file', caseId: 'a', fileId: 3 } as const;

test('rows are listed with the folded lines before them', () => {
  // Rows 0 1 2 3 show lines 0 1 5 6.
  const folds = foldMap([{ head: 1, from: 2, to: 4 }]);
  const { of } = lineListing(file, folds, 'logs/user/a.txt');
  expect(of([[0, 1]])).toEqual({ listing: file, ranges: [[0, 1]] });
  expect(
    of([
      [0, 0],
      [2, 3],
    ]),
  ).toEqual({
    listing: file,
    ranges: [
      [0, 0],
      [2, 6],
    ],
  });
});

test('without folds the rows are the lines', () => {
  const ranges = [[4, 9]] as const;
  expect(lineListing(file, noFolds, 'a').of(ranges)).toEqual({ listing: file, ranges });
});

test('all rows are listed without ranges, unknown lines not at all', () => {
  expect(lineListing(file, noFolds, 'a').of(null)).toEqual({ listing: file, ranges: null });
  expect(lineListing(null, noFolds, 'a').of(null)).toBeNull();
});

test('a saved file has the name of the file of the lines', () => {
  expect(lineListing(file, noFolds, 'logs/user/a.txt').fileName).toBe('a.txt');
  expect(lineListing(file, noFolds, 'hits').fileName).toBe('hits');
});
