import { describe, expect, it } from 'vitest';
import type { ProcessRow } from '../../../electron/contract/batch-records.ts';
import type { Facets } from '../../../electron/contract/commands.ts';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { kindOptions, levelCounts, nodeOptions, pidOptions } from './facet-options.ts';

const file = (row: Partial<FileRow>) =>
  ({ kind: 'user', node: null, pid: null, process: null, lines: 10, ...row }) as FileRow;
const files = [
  file({ node: '10.0.0.10', pid: 7, process: 'Process-2' }),
  file({ node: '10.0.0.9', pid: 8, process: 'Process-2' }),
  file({ node: '10.0.0.9', kind: 'worker', lines: null }),
  file({ kind: 'master', lines: 3 }),
];
const process = (node: string, pid: number | null, name: string) => ({ node, pid, process: name }) as ProcessRow;
const facets: Facets = {
  file: [],
  node: [{ node: '10.0.0.9', count: 4 }],
  pid: [
    { node: '10.0.0.9', pid: 8, count: 3 },
    { node: '10.0.0.10', pid: 8, count: 2 },
  ],
  level: [
    { level: 'error', count: 2 },
    { level: null, count: 9 },
    { level: 'info', count: 5 },
  ],
  kind: [{ kind: 'user', count: 4 }],
  complete: true,
};
const all = { facets: undefined, isNarrowed: false };

describe('facet options', () => {
  it('counts all lines where nothing is searched, in the order of names', () => {
    expect(nodeOptions(files, [process('10.0.0.4', null, 'p')], all)).toEqual([
      { value: '10.0.0.4', label: '10.0.0.4', count: 0 },
      { value: '10.0.0.9', label: '10.0.0.9', count: 10 },
      { value: '10.0.0.10', label: '10.0.0.10', count: 10 },
    ]);
    expect(kindOptions(files, all).map((option) => [option.value, option.count])).toEqual([
      ['master', 3],
      ['worker', 0],
      ['user', 20],
    ]);
  });

  it('counts what was found, and says nothing of what the facet itself leaves out', () => {
    const found = nodeOptions(files, [], { facets, isNarrowed: false });
    expect(found.map((option) => option.count)).toEqual([4, 0]);
    const narrowed = nodeOptions(files, [], { facets, isNarrowed: true });
    expect(narrowed.map((option) => option.count)).toEqual([4, undefined]);
  });

  it('names a pid by all who had it', () => {
    const processes = [process('10.0.0.9', 8, 'Process-2'), process('10.0.0.10', 8, 'Process-5')];
    expect(pidOptions(files, processes, { facets, isNarrowed: false })).toEqual([
      { value: 8, label: '8  10.0.0.9 Process-2, 10.0.0.10 Process-5', count: 5 },
      { value: 7, label: '7  10.0.0.10 Process-2', count: 0 },
    ]);
  });

  it('adds up levels from the highest', () => {
    expect([...(levelCounts(facets, undefined) ?? [])]).toEqual([
      ['critical', 0],
      ['error', 2],
      ['warning', 2],
      ['info', 7],
      ['debug', 7],
    ]);
    const activity = { fromUs: 0, toUs: 1, bucketUs: 1, complete: true, counts: [[9], [1], [1], [1], [1], [1]] };
    expect(levelCounts(undefined, activity)?.get('debug')).toBe(5);
    expect(levelCounts(undefined, undefined)).toBeNull();
  });
});
