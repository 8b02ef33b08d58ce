/** Tests that references are read from every form of a report and lead to their files. */
import { describe, expect, test } from 'vitest';
import type { FileRow } from '../contract/file-records.ts';
import { findFile, readReferences } from './report-references.ts';

const file = (fileId: number, path: string, node: string | null = null): FileRow => ({
  fileId,
  path,
  node,
  kind: 'user',
  format: 'user_log',
  generation: '1',
  process: null,
  pid: null,
  bytes: 1,
  lines: 9,
  firstUs: null,
  lastUs: null,
  errors: 0,
  warnings: 0,
  problems: 0,
  state: 'indexed',
});
const files = [
  file(7, 'logs/overview.txt'),
  file(3, 'logs/user/10.0.0.4/Process-1.txt', '10.0.0.4'),
  file(5, 'logs/user/10.0.0.11/Process-1.txt', '10.0.0.11'),
  file(6, 'logs/home/anna.txt'),
];

describe('references are read from every form', () => {
  test('JSON', () => {
    const report = {
      a: [{ file: 'x.txt', line: 3, text: '' }],
      b: { file: 'x.txt', line: 3 },
      files: [{ file: 'x.txt', index: 4 }],
    };
    expect(readReferences(JSON.stringify(report))).toEqual([{ file: 'x.txt', line: 3, index: 4 }]);
  });
  test('HTML', () => {
    const html = '<a class="mono" href="#f4" data-ref="a &lt;b&gt;&amp;&#39;:c.txt:12" data-file="4" title="x">1</a>';
    expect(readReferences(html)).toEqual([{ file: "a <b>&':c.txt", line: 12, index: 4 }]);
  });
  test('Markdown', () => {
    const text = '# `Run 1:2`\n\n`logs/a.txt:3` `label`\n\n| x | `` logs/`b.txt:4 `` |\n';
    expect(readReferences(text)).toEqual([{ file: 'logs/a.txt', line: 3, index: null }]);
  });
  test('what is no report has none', () => expect(readReferences('{')).toEqual([]));
});

describe('a path leads to its file', () => {
  test.each([
    ['the same path', 'logs/overview.txt', null, 7],
    ['by the number of the file', 'logs/user/ip-9/Process-1.txt', 2, 5],
    ['by the number of the node', 'logs/user/ip-2/Process-1.txt', null, 5],
    ['the only one that fits', 'logs/home/user-1.txt', null, 6],
    ['not by a number that does not fit', 'logs/user/ip-9/Process-1.txt', 0, null],
    ['nothing fits', 'logs/elsewhere/ip-1.txt', null, null],
  ] as const)('%s', (_name, path, index, expected) => {
    const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
    expect(sorted.findIndex(({ fileId }) => fileId === 5)).toBe(2);
    expect(findFile({ file: path, index }, files)?.fileId ?? null).toBe(expected);
  });
});
