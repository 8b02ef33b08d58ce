import { expect, it } from 'vitest';
import { describeGrowth } from './StatusGrowth.tsx';

const none = { caseId: 'a', mode: 'notify', canWatch: true, files: 0, newFiles: 0, goneFiles: 0, bytes: 0 } as const;

it('says what a folder has grown by', () => {
  expect(describeGrowth(none)).toBe('');
  expect(describeGrowth({ ...none, files: 3, bytes: 1_200_000 })).toBe('3 files grew, 1.2 MB');
  expect(describeGrowth({ ...none, files: 1, newFiles: 2, goneFiles: 1, bytes: 300 })).toBe(
    '1 file grew, 2 new, 1 gone, 300 B',
  );
  expect(describeGrowth({ ...none, newFiles: 1, bytes: 5 })).toBe('1 new file, 5 B');
  expect(describeGrowth({ ...none, files: 1 })).toBe('1 file changed');
  expect(describeGrowth({ ...none, goneFiles: 2 })).toBe('2 files gone');
});
