import { expect, test } from 'vitest';
import { derive } from './derive.ts';
import { runInfo } from './run-info.ts';
import { CaseBuilder, t } from './testing/case-builder.ts';

const attempt = { miniBatchId: '17', node: '10.0.0.4', pid: 42, startUs: t(10), durationSeconds: 5 };

function findingsOf(build: CaseBuilder) {
  derive(build.db);
  const lineText = (fileId: number, line: number) => `${fileId}:${line}`;
  return runInfo(build.db, lineText).findings.filter(({ kind }) => kind === 'contradictions');
}

test('a table and a log that tell different items are shown with both lines', () => {
  const build = new CaseBuilder();
  const table = build.file('logs/sys/worker/10.0.0.4/Process-1.task.csv', { kind: 'tasks' });
  const log = build.file('logs/sys/master.txt', { kind: 'master' });
  const told = { ...attempt, type: 'processed' } as const;
  build.task(table, { ...told, source: 'task_table', total: 10, succeeded: 10, failed: 0, line: 3 });
  build.task(log, { ...told, source: 'master_log', total: 10, succeeded: 8, failed: 2, line: 70 });
  const [found] = findingsOf(build);
  expect(found?.message).toContain('of mini-batch 17 one says 10 of 10 succeeded, another 8 of 10 succeeded');
  expect(found?.evidence.map(({ file, line }) => `${file}:${line}`)).toEqual([
    'logs/sys/worker/10.0.0.4/Process-1.task.csv:3',
    'logs/sys/master.txt:70',
  ]);
});

test('the same items in three places, and an attempt after a failed one, contradict nothing', () => {
  const build = new CaseBuilder();
  const file = build.file('logs/sys/master.txt', { kind: 'master' });
  const figures = { total: 10, succeeded: 9, failed: 1 };
  for (const source of ['task_table', 'master_log', 'worker_log'] as const)
    build.task(file, { ...attempt, ...figures, type: 'processed', source });
  const second = { ...attempt, startUs: t(60), pid: 43 };
  build.task(file, { ...second, type: 'processed', source: 'task_table', total: 10, succeeded: 10, failed: 0 });
  expect(findingsOf(build)).toEqual([]);
});
