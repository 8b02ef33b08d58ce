/**
 * Runs whose files were written to break a reader: nothing is lost silently, nothing absurd is
 * shown, nothing crashes.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestEngine } from './testing/open-run.ts';

const NAMES = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];
const ABSURD = ['1e308', '-1e308', '9e12', 'NaN', 'inf', '-inf', '-7', '1e-320', '99999999999999999999'];

const header =
  'Mini-batch Id,Total,Succeeded,Failed,Status,Process,Start time,Duration,Process time,Run method time,Dequeue count';
const files: Record<string, string> = {
  'logs/sys/job_report/processed_mini-batches.csv': [
    header,
    ...ABSURD.map(
      (bad, k) =>
        `${k},${bad},${bad},${bad},TASK_PROCESSED,process000,2022-03-01 10:00:0${k},${bad},${bad},${bad},${bad}`,
    ),
    ...NAMES.map((name, k) => `${name},1,1,0,${name},${name},2022-03-01 10:01:0${k},1,1,1,1`),
    '77,10,10,0,TASK_PROCESSED,process000,2022-03-01 10:00:00,3,3,3,1',
    header,
    '78,10,10',
    '"79,10',
  ].join('\n'),
  'logs/sys/perf/10.0.0.4/node_disk_usage.csv': [
    `Timestamp,${NAMES.join(',')},Usage (constructor),Used (toString)`,
    ...ABSURD.map((bad, k) => `2022-03-01 10:00:0${k},${Array(7).fill(bad).join(',')}`),
  ].join('\n'),
  'logs/sys/perf/10.0.0.4/node_resource_usage.csv': `Timestamp,CPU percent,Memory used (MB)\n${ABSURD.map((bad, k) => `2022-03-01 10:00:0${k},${bad},${bad}`).join('\n')}`,
  'logs/sys/node/10.0.0.4/process000.txt': [
    ...NAMES.map((name, k) => `2022-03-01 10:00:0${k},000 - 17 - INFO - ${name}={"${name}": ${ABSURD[k]}}`),
    '2022-03-01 10:00:09,000 - 17 - ERROR - constructor: toString __proto__',
    'Traceback (most recent call last):',
    '  File "score.py", line 99999999999999999999, in constructor',
    'constructor: __proto__',
  ].join('\n'),
  'logs/job_progress_overview.20220301.txt': NAMES.map(
    (name, k) => `2022-03-01 10:00:0${k},000 There are ${ABSURD[k]} mini batches with ${name} items. ${name} = 1e308`,
  ).join('\n'),
  'free.csv': `time,__proto__,constructor\n2022-03-01 10:00:00,1,2\n${Array.from({ length: 5 }, (_, k) => `2022-03-01 10:00:0${k},1e308,${k}`).join('\n')}`,
  'wide.csv': `${Array.from({ length: 10_000 }, (_, k) => `c${k}`).join(',')}\n${'1,'.repeat(9_999)}1`,
};

let dir = '';
let engine: TestEngine;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-hostile-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, 'run', path)), { recursive: true });
    writeFileSync(join(dir, 'run', path), `${text}\n`);
  }
  engine = new TestEngine();
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

test('absurd figures and names of Object’s own members are lines like others', async () => {
  const caseId = await engine.open(join(dir, 'run'));
  const expected = Object.values(files).reduce((sum, text) => sum + text.split('\n').length, 0);
  expect((await engine.search(caseId, {})).length).toBe(expected);
  const problems = await engine.call('problems.list', { caseId });
  expect(problems.filter(({ kind }) => kind === 'unreadable' || kind === 'parser_fault')).toEqual([]);
  expect(problems.some(({ kind }) => kind === 'beyond_belief')).toBe(true);
  for (const name of NAMES) {
    const rows = await engine.search(caseId, { query: name });
    expect(rows.length, name).toBeGreaterThan(0);
    for (const query of [`level:${name}`, `${name}:x`, `kind:${name}`, `node:${name}`, `is:${name}`]) {
      await engine
        .search(caseId, { query })
        .catch((error: { code?: string }) => expect(error.code, query).toBe('bad_query'));
    }
  }

  const info = await engine.call('run.info', { caseId });
  const { text } = await engine.call('report.render', { caseId, options: {}, format: 'json' });
  await engine.call('report.render', { caseId, options: {}, format: 'html' });
  await engine.call('report.render', { caseId, options: {}, format: 'md' });
  const beyond = (value: unknown, path: string): string[] =>
    typeof value === 'number'
      ? Number.isFinite(value) && Math.abs(value) < 1e18
        ? []
        : [`${path}: ${value}`]
      : typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, one]) => beyond(one, `${path}.${key}`))
        : [];
  expect(beyond(info, 'info')).toEqual([]);
  expect(beyond(JSON.parse(text), 'report')).toEqual([]);
  expect(info.durationSeconds ?? 0).toBeLessThan(86_400);
});
