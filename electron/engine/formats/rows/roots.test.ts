import { expect, test } from 'vitest';
import { cpuMilliseconds } from '../../testing/cpu-time.ts';
import { findRunRoots } from './roots.ts';

const first = [
  'azureml-logs/70_driver_log.txt',
  'logs/overview.txt',
  'logs/sys/master.txt',
  'logs/sys/worker/10.0.0.4/Process-1.txt',
  'logs/user/10.0.0.4/Process-1.txt',
];
const third = [
  'user_logs/std_log.txt',
  'system_logs/lifecycler/lifecycler.log',
  'logs/job_progress_overview.2023051622.txt',
  'logs/job_result.txt',
  'logs/sys/node/7/process000.txt',
  'logs/perf/7/node_resource_usage.csv',
  'logs/user/stdout/7/process000.stdout.txt',
];
const second = [
  'logs/sys/master_role.2020100901.txt',
  'logs/sys/node/10.0.0.4/process000.txt',
  'logs/sys/perf/10.0.0.4/node_resource_usage.csv',
];
const under = (folder: string, paths: string[]) => paths.map((path) => `${folder}/${path}`);

test('a run at the source itself, under wrapping folders, several side by side', () => {
  expect(findRunRoots(first)).toEqual([{ root: '', generation: '1', files: 5 }]);
  expect(findRunRoots(under('a/b', first))).toEqual([{ root: 'a/b', generation: '1', files: 5 }]);
  expect(
    findRunRoots([...under('x', third), ...under('ExperimentRun/dcid.1', first), ...under('y', second), 'readme.md']),
  ).toEqual([
    { root: 'ExperimentRun/dcid.1', generation: '1', files: 5 },
    { root: 'x', generation: '3', files: 7 },
    { root: 'y', generation: '2', files: 3 },
  ]);
  expect(findRunRoots(under('logs', first))).toEqual([{ root: 'logs', generation: '1', files: 5 }]);
});

test('parts of a download', () => {
  expect(findRunRoots(['logs/user/10.0.0.4/Process-1.txt'])).toEqual([{ root: '', generation: '1', files: 1 }]);
  expect(findRunRoots(['d/sys/worker/10.0.0.4/Process-1.txt', 'd/sys/worker/10.0.0.4/Process-2.txt'])).toEqual([
    { root: 'd', generation: '1', files: 2 },
  ]);
  expect(findRunRoots(['d/sys/master.txt', 'd/overview.txt', 'd/user/error.txt', 'd/other.bin'])).toEqual([
    { root: 'd', generation: '1', files: 4 },
  ]);
  expect(findRunRoots(['azureml-logs/70_driver_log.txt'])).toEqual([{ root: '', generation: null, files: 1 }]);
  expect(findRunRoots(['10.0.0.4/Process-1.txt', '10.0.0.4/Process-2.txt'])).toEqual([
    { root: '', generation: '1', files: 2 },
  ]);
  expect(findRunRoots(['worker/10.0.0.4/Process-1.txt'])).toEqual([{ root: '', generation: '1', files: 1 }]);
});

test('a stray file beside a run is no run', () => {
  expect(findRunRoots([...under('run', first), 'notes/overview.txt'])).toEqual([
    { root: 'run', generation: '1', files: 5 },
  ]);
});

test('a hundred thousand paths take less than two seconds', () => {
  const paths = Array.from(
    { length: 100_000 },
    (_, i) => `wrap/run/logs/sys/worker/10.0.0.${i % 250}/Process-${i}.txt`,
  );
  const start = cpuMilliseconds();
  expect(findRunRoots(paths)).toEqual([{ root: 'wrap/run', generation: '1', files: 100_000 }]);
  expect(cpuMilliseconds() - start).toBeLessThan(2_000);
});

test('nothing recognised is one root without a generation', () => {
  expect(findRunRoots(['a.txt', 'b/c.txt'])).toEqual([{ root: '', generation: null, files: 2 }]);
  expect(findRunRoots([])).toEqual([{ root: '', generation: null, files: 0 }]);
});

test('the generation comes from what is there, not from one marker file', () => {
  expect(findRunRoots([...first, 'logs/job_progress_overview.txt'])).toMatchObject([{ generation: '1' }]);
  expect(findRunRoots([...first, 'logs/overview.2020-08-31.txt'])).toMatchObject([{ generation: '1-late' }]);
  expect(findRunRoots([...first, ...second])).toMatchObject([{ generation: '1+2' }]);
});
