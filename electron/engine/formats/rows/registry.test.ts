import { describe, expect, test } from 'vitest';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { checkSample } from '../custom/samples.ts';
import { classify, formatRows } from './registry.ts';

describe('the formats registry', () => {
  test.each(formatRows.flatMap((row) => row.samples.map((sample) => ({ row, sample }))))(
    '$row.id knows $sample.path, below any folders',
    ({ row, sample }) => {
      const anchored = row.id === 'prs1.process-log';
      for (const prefix of anchored ? [''] : ['', 'ExperimentRun/dcid.1f2e/', 'wrap/again/']) {
        expect(classify(prefix + sample.path)).toMatchObject({
          kind: row.kind,
          format: row.id,
          generation: /^\d+$/.test(sample.node ?? '') ? (row.generations.at(-1) ?? null) : (row.generations[0] ?? null),
          node: sample.node ?? null,
          process: sample.process ?? null,
          priority: row.priority,
        });
      }
    },
  );

  test('ids are unique', () => {
    const ids = formatRows.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a file that nothing knows is other, its shape told by its extension', () => {
    expect(classify('notes/readme.md')).toEqual({
      kind: 'other',
      format: 'text',
      generation: null,
      node: null,
      process: null,
      shape: 'lines',
      priority: 2,
    });
    expect(classify('outputs/parallel_run_step.csv').shape).toBe('csv');
    expect(classify('outputs/model.pkl').shape).toBe('binary');
  });

  test('a file is never taken for a node', () => {
    for (const path of [
      'logs/user/error.txt',
      'logs/sys/perf/sys.csv',
      'logs/sys/perf/Process-3.csv',
      'logs/sys/error.txt',
      'logs/user/Process-1.txt',
      'logs/sys/worker/Process-1.txt',
      'logs/user/error/Process-1.txt',
      'logs/user/stdout/process000.stdout.txt',
      'logs/perf/node_disk_usage.csv',
      'logs/user/entry_script_log/process000.log.txt',
    ])
      expect([path, classify(path).node]).toEqual([path, null]);
  });

  test('a hundred thousand paths take less than a second', () => {
    const kinds = formatRows.flatMap((row) => row.samples.map((sample) => sample.path));
    const paths = Array.from(
      { length: 100_000 },
      (_, i) => `ExperimentRun/dcid.${i}/${i % 3 ? kinds[i % kinds.length] : `outputs/part-${i}/some/file_${i}.txt`}`,
    );
    // Take the best of three, so as not to measure other work on the machine.
    let ms = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 3; round++) {
      const start = cpuMilliseconds();
      for (const path of paths) classify(path);
      ms = Math.min(ms, cpuMilliseconds() - start);
    }
    expect(ms).toBeLessThan(1000);
  });
});

describe('the samples of the registry', () => {
  test.each(
    formatRows.flatMap((row) => row.samples.filter((sample) => sample.lines).map((sample) => ({ row, sample }))),
  )('$row.id yields what it must', ({ sample }) => {
    expect(checkSample(sample)).toEqual([]);
  });
});

test('a sample that does not hold is told in words', () => {
  const path = 'logs/sys/worker/10.0.0.4/Process-3.txt';
  const lines = ['2020-03-19 15:37:07,101|ParallelRunStep.Worker|DEBUG|231|Got task 17.'];
  expect(checkSample({ path, lines, yields: [{ event: 'task', miniBatchId: '18' }] })[0]).toContain(
    '"miniBatchId":"18"',
  );
  expect(
    checkSample({ path, lines: ['2020-03-19 15:37:07,101|ERROR|1|Failed to process it'], yields: [] }),
  ).toHaveLength(1);
});
