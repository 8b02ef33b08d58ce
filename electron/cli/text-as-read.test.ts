/**
 * Tests of the command line on tricky text: colours, progress bars, decomposed letters, holes,
 * exact times, words within words.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEngineHost } from '../host/engine-host.ts';
import { captureCli } from './testing/capture.ts';

let dir = '';
const red = '\u001b[31mERROR\u001b[0m';
const files: Record<string, string> = {
  'p10.log': 'needle\n',
  'p2.log': 'needle\n',
  'p1.log': 'needles\nneedles and pins\n',
  'colour.log': `2024-06-25 14:56:15 ${red} in red\n`,
  'bar.log': '2024-06-25 14:56:21 INFO load\n 10%|#  |\r 50%|## |\r100%|###| done\n',
  'exact.log':
    '2024-06-25T14:56:30.123456789Z exact nanos\n2024-06-25T14:56:31.123456Z exact micros\n2024-06-25T14:56:32Z exact\n',
  'hole.log': `before\n${'\0'.repeat(2_000_000)}2024-06-25 14:56:40 ERROR behind the hole\n`,
  [`${'한글café'.normalize('NFD')}.log`]: `${'résumé 오류가'.normalize('NFD')}\n`,
  'composed.log': `${'résumé 오류가'.normalize('NFC')}\n`,
  'record.log': '2024-06-25 14:57:00 ERROR boom\nmore of it\n2024-06-25 14:57:01 INFO fine\n',
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-cli-text-'));
  mkdirSync(join(dir, 'run'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, 'run', name), text);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const search = (...argv: string[]) =>
  captureCli(['search', join(dir, 'run'), ...argv, '--case-dir', join(dir, 'data')], (dataDir) =>
    startEngineHost({ dataDir, workers: 1 }),
  );
const lines = async (...argv: string[]) => (await search(...argv)).stdout.trimEnd().split('\n');

test('files stand in natural order, and what stands within longer words is offered', async () => {
  const { stdout, stderr } = await search('needle');
  expect(stdout).toBe('p2.log:1:needle\np10.log:1:needle\n');
  expect(stderr).toContain("2 more lines have it within longer words; search for '*needle*' to find them");
  expect(await lines('*needle*')).toHaveLength(4);
  expect((await search('pins')).stderr).toBe('');
});

test('terminal codes and earlier states are left out, and kept with --raw', async () => {
  expect(await lines('"ERROR in red"')).toEqual(['colour.log:1:2024-06-25 14:56:15 ERROR in red']);
  expect(await lines('"ERROR in red"', '--raw')).toEqual([`colour.log:1:2024-06-25 14:56:15 ${red} in red`]);
  expect(await lines('"50%"')).toEqual(['bar.log:2:100%|###| done']);
  expect((await search('"50%"', '--raw')).stdout).toContain(' 50%|## |\r100%');
});

test('composed and decomposed letters find each other in text, names and filters', async () => {
  for (const form of ['NFC', 'NFD']) {
    expect(await lines('résumé'.normalize(form))).toHaveLength(2);
    expect(await lines('오류'.normalize(form))).toHaveLength(2);
    expect(await lines(`file:${'**/한글café*'.normalize(form)}`)).toHaveLength(1);
    expect(await lines('--file', '한글café.log'.normalize(form), '')).toHaveLength(1);
  }
});

test('--json has microseconds and nanoseconds where a line has them', async () => {
  const rows = (await lines('exact', '--json')).map((line) => JSON.parse(line));
  expect(rows.map(({ timestamp }) => timestamp)).toEqual([
    '2024-06-25T14:56:30.123456789Z',
    '2024-06-25T14:56:31.123456Z',
    '2024-06-25T14:56:32.000Z',
  ]);
});

test('a hole of NUL bytes is not printed, and the line behind it has its time and level', async () => {
  const { stdout } = await search('hole', '--json');
  expect(stdout.length).toBeLessThan(1_000);
  expect(JSON.parse(stdout)).toMatchObject({ line: 2, level: 'error', timestamp: '2024-06-25T14:56:40.000Z' });
});

test('lines of a record have its level and are marked; is:first leaves them out', async () => {
  const rows = (await lines('level:error file:record.log', '--json')).map((line) => JSON.parse(line));
  expect(rows.map(({ line, continuation, level }) => [line, continuation, level])).toEqual([
    [1, false, 'error'],
    [2, true, 'error'],
  ]);
  expect(await lines('level:error is:first file:record.log')).toEqual(['record.log:1:2024-06-25 14:57:00 ERROR boom']);
});
