import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestEngine } from '../testing/open-run.ts';
import { readChoices, writeChoice } from './file-choices.ts';

let dir = '';
let engine: TestEngine;
let caseId = '';

const files: Record<string, string> = {
  'app.log': [
    'started by hand',
    '2024-06-25 14:56:15,123 ERROR boom',
    'Traceback-like text',
    '  wrapped',
    '2024-06-25 14:56:16,000 INFO fine',
    'a table',
  ].join('\n'),
  'colours.log': '2024-06-25 14:56:20 \u001b[31mERROR\u001b[0m in \u001b[1mre\u001b[0md\n',
  'bar.log': '2024-06-25 14:56:21 INFO load\n 10%|#  |\r 50%|## |\r100%|###| done\n',
  'a.log': '2024-06-25T14:56:30.123456789Z second\n',
  'b.log': '2024-06-25T14:56:30.123456123Z first\n',
  'zone.log': '2024-06-25 14:56:15 XYZT x\n2024-06-25 14:56:16 XYZT y\n',
  'order.log': '03/04/2024 10:00:00 a\n03/04/2024 10:00:01 b\n',
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-readings-'));
  mkdirSync(join(dir, 'run'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, 'run', name), text);
  engine = new TestEngine();
  caseId = await engine.open(join(dir, 'run'));
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const idOf = async (path: string) =>
  (await engine.call('files.list', { caseId })).find((file) => file.path === path)?.fileId ?? -1;

describe('the lines of a record', () => {
  test('have its time and level, and are marked', async () => {
    const rows = await engine.search(caseId, { query: 'level:error file:app.log' });
    expect(
      rows.map(({ line, isContinuation, timeUs, ownTime }) => ({ line, isContinuation, timeUs, ownTime })),
    ).toEqual(
      [2, 3, 4].map((line) => ({
        line,
        isContinuation: line !== 2,
        timeUs: Date.parse('2024-06-25T14:56:15.123Z') * 1000,
        ownTime: line === 2,
      })),
    );
    const first = await engine.search(caseId, { query: 'level:error is:first file:app.log' });
    expect(first.map(({ line }) => line)).toEqual([2]);
    expect(await engine.search(caseId, { query: 'file:app.log table', minLevel: 'error' })).toEqual([]);
  });

  test('before the first time of their file sort with it', async () => {
    const rows = await engine.search(caseId, { query: 'file:app.log' }, 'time');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('what is shown', () => {
  test('has no codes of a terminal, which are kept as they are written', async () => {
    const [row] = await engine.search(caseId, { query: 'red' });
    expect(row).toMatchObject({ text: '2024-06-25 14:56:20 ERROR in red', level: 'error', isCleaned: true });
    const fileId = await idOf('colours.log');
    const raw = await engine.call('lines.page', { caseId, fileId, start: 0, count: 1, raw: true });
    expect(raw.rows[0]?.text).toBe('2024-06-25 14:56:20 \u001b[31mERROR\u001b[0m in \u001b[1mre\u001b[0md');
  });

  test('is the last state of a progress bar; all states are found', async () => {
    for (const query of ['"10%"', '"50%"', 'done']) {
      const rows = await engine.search(caseId, { query });
      expect(rows.map(({ text, states }) => ({ text, states }))).toEqual([{ text: '100%|###| done', states: 3 }]);
    }
    const fileId = await idOf('bar.log');
    const states = await engine.call('lines.text', { caseId, fileId, line: 2, part: 'states' });
    expect(states.text).toBe(' 10%|#  |\n 50%|## |\n100%|###| done');
  });
});

test('nanoseconds order lines of several files', async () => {
  const rows = await engine.search(caseId, { query: 'first OR second' }, 'time');
  expect(rows.map(({ text, nanos }) => [text.slice(-6).trim(), nanos])).toEqual([
    ['first', 123],
    ['second', 789],
  ]);
});

describe('how a file is read', () => {
  test('is told, with what may be wrong', async () => {
    const problems = await engine.call('problems.list', { caseId });
    expect(problems.filter(({ file }) => file === 'zone.log').map(({ kind }) => kind)).toEqual(['unknown_zone']);
    expect(problems.filter(({ file }) => file === 'order.log').map(({ kind }) => kind)).toEqual(['date_order']);
    const reading = await engine.call('files.reading', { caseId, fileId: await idOf('app.log') });
    expect(reading).toMatchObject({
      forms: ['iso'],
      zone: { name: 'UTC', by: 'assumed' },
      encoding: 'utf-8',
      choice: {},
    });
  });

  test('can be set, and is kept when the case is made anew', async () => {
    await engine.call('files.setReading', { caseId, fileId: await idOf('zone.log'), choice: { zone: '+09:00' } });
    await engine.settle(caseId);
    const times = async () => (await engine.search(caseId, { query: 'file:zone.log' })).map(({ timeUs }) => timeUs);
    const at = Date.parse('2024-06-25T05:56:15Z') * 1000;
    expect(await times()).toEqual([at, at + 1_000_000]);
    const problems = await engine.call('problems.list', { caseId });
    expect(problems.filter(({ file }) => file === 'zone.log')).toEqual([]);
    await engine.call('case.close', { caseId });
    const again = await engine.call('case.open', { path: join(dir, 'run'), rebuild: true });
    caseId = again.caseId;
    await engine.settle(caseId);
    expect(await times()).toEqual([at, at + 1_000_000]);
    await engine.call('files.setReading', { caseId, fileId: await idOf('order.log'), choice: { order: 'dmy' } });
    await engine.settle(caseId);
    const [row] = await engine.search(caseId, { query: 'file:order.log' });
    expect(row?.timeUs).toBe(Date.parse('2024-04-03T10:00:00Z') * 1000);
  });

  test('is kept for files of any name', () => {
    const path = join(dir, 'choices.json');
    for (const name of ['__proto__', 'constructor', 'a "b".log']) writeChoice(path, name, { zone: 'UTC' });
    expect([...readChoices(path).keys()]).toEqual(['__proto__', 'constructor', 'a "b".log']);
  });

  test('cannot be set to what is not known', async () => {
    const fileId = await idOf('app.log');
    await expect(engine.call('files.setReading', { caseId, fileId, choice: { zone: 'Mars' } })).rejects.toMatchObject({
      code: 'bad_reading',
    });
  });
});
