import { describe, expect, it } from 'vitest';
import type { RunSummary } from '../../../electron/contract/runs-records.ts';
import { matchingRuns, sharedGroups } from './run-groups.ts';

function run(name: string, startUs: number, groups: [id: string, count: number, firstUs: number][]): RunSummary {
  return {
    path: `/runs/${name}`,
    root: '',
    run: name,
    name,
    status: 'failed',
    firstCause: { kind: 'run_exception', confidence: 'certain', message: 'run() raised KeyError' },
    fingerprint: 'failed:run_exception:1',
    startUs,
    durationSeconds: 10,
    nodes: 1,
    processes: 1,
    miniBatches: { total: 1, processed: 1, succeeded: 0, failed: 1, unfinished: 0, retried: 0 },
    items: { total: 1, succeeded: 0, failed: 1, errorThreshold: null },
    throughput: 360,
    bytes: 1,
    lines: 1,
    errorGroups: groups.map(([id, count, firstUs]) => ({
      id,
      exception: null,
      template: id,
      role: 'other',
      count,
      firstUs,
      lastUs: firstUs + 1,
    })),
  };
}

describe('error groups across runs', () => {
  it('are one by their id: first and last seen, in which runs', () => {
    const [later, earlier] = [
      run('b', 200, [['x', 3, 210]]),
      run('a', 100, [
        ['x', 2, 110],
        ['y', 9, 105],
      ]),
    ];
    const groups = sharedGroups([later, earlier]);
    expect(
      groups.map((group) => [group.id, group.count, group.firstUs, group.lastUs, group.runs.map((of) => of.name)]),
    ).toEqual([
      ['x', 5, 110, 211, ['a', 'b']],
      ['y', 9, 105, 106, ['a']],
    ]);
    // The input stays unchanged.
    expect(earlier.errorGroups[0]?.count).toBe(2);
  });

  it('are of the runs that have all the words', () => {
    const runs = [run('nightly-1', 1, []), run('weekly', 2, [])];
    expect(matchingRuns(runs, 'KEYERROR night').map((of) => of.name)).toEqual(['nightly-1']);
    expect(matchingRuns(runs, '')).toHaveLength(2);
  });
});
