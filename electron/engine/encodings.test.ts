/**
 * Text in encodings other than UTF-8: shown, searched, numbered and said to be, in a folder, in a
 * zip and while nothing is indexed.
 */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { zipFolder } from '../sample/testing/zip.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let engine: TestEngine;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-encodings-'));
  mkdirSync(join(dir, 'run'));
  engine = new TestEngine();
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const cp949 = Buffer.from('bfc0b7f9b0a120b3b5bdc0b4cfb4d9', 'hex'); // 오류가 났습니다, as made by Python
const sjis = Buffer.from('83478389815b82aa94ad90b682b582dc82b582bd', 'hex'); // エラーが発生しました
const gbk = Buffer.from('b7a2c9fab4edcef3a3acd5d2b2bbb5bdcec4bcfe', 'hex'); // 发生错误，找不到文件
const latin1 = Buffer.from('Gr\xf6\xdfe \xfcberschritten', 'latin1');
const stamp = '2024-06-25 14:56:15,123 ERROR ';
const lineOf = (text: Buffer | string) => Buffer.concat([Buffer.from(stamp), Buffer.from(text), Buffer.from('\n')]);
const put = (name: string, ...parts: (Buffer | string)[]) =>
  writeFileSync(join(dir, 'run', name), Buffer.concat(parts.map((part) => Buffer.from(part))));

async function hits(caseId: string, query: string): Promise<string[]> {
  const files = new Map((await engine.call('files.list', { caseId })).map((file) => [file.fileId, file.path]));
  const rows = await engine.search(caseId, { query });
  return rows.map((row) => `${files.get(row.fileId)}:${row.line}:${row.text.replace(stamp, '')}`);
}

it('is found and shown, wherever it lies', async () => {
  put('korean.log', lineOf('plain'), lineOf(cp949));
  put('japanese.log', lineOf(sjis), lineOf('plain'));
  put('chinese.log', lineOf(gbk));
  put('western.log', lineOf('plain'), lineOf(latin1));
  put('mixed.log', lineOf('오류가 UTF-8로'), lineOf(cp949), lineOf('오류 다시'));
  const wide = Buffer.from(`${stamp}오류가 wide\nsecond\n`, 'utf16le');
  put('wide.log', wide);
  put('wide-mark.log', Buffer.from([0xff, 0xfe]), wide);
  put('wide-be.log', Buffer.from(wide).swap16());
  await zipFolder(join(dir, 'run'), join(dir, 'run.zip'));
  const expected = {
    오류가: [
      'korean.log:2:오류가 났습니다',
      'mixed.log:1:오류가 UTF-8로',
      'mixed.log:2:오류가 났습니다',
      'wide-be.log:1:오류가 wide',
      'wide-mark.log:1:오류가 wide',
      'wide.log:1:오류가 wide',
    ],
    '*発生*': ['japanese.log:1:エラーが発生しました'],
    '*错误*': ['chinese.log:1:发生错误，找不到文件'],
    überschritten: ['western.log:2:Größe überschritten'],
    second: ['wide-be.log:2:second', 'wide-mark.log:2:second', 'wide.log:2:second'],
  };
  const check = async (caseId: string) => {
    for (const [query, lines] of Object.entries(expected))
      expect([query, await hits(caseId, query)]).toEqual([query, lines]);
  };
  const { caseId } = await engine.call('case.open', { path: join(dir, 'run') });
  await engine.call('case.cancel', { caseId });
  await engine.settle(caseId);
  await check(caseId);
  await engine.call('case.resume', { caseId });
  await engine.settle(caseId);
  await check(caseId);
  const said = (await engine.call('problems.list', { caseId })).map(({ file, kind, message, line }) => [
    file,
    kind,
    line,
    /EUC-KR|Shift|GBK|Latin|UTF-16../.exec(message)?.[0],
  ]);
  expect(said).toEqual([
    ['chinese.log', 'encoding', 1, 'GBK'],
    ['japanese.log', 'encoding', 1, 'Shift'],
    ['korean.log', 'encoding', 2, 'EUC-KR'],
    ['mixed.log', 'encoding', 2, 'EUC-KR'],
    ['western.log', 'encoding', 2, 'Latin'],
    ['wide-be.log', 'encoding', null, 'UTF-16BE'],
    ['wide.log', 'encoding', null, 'UTF-16LE'],
  ]);
  const file = (await engine.call('files.list', { caseId })).find(({ path }) => path === 'korean.log');
  const page = await engine.call('lines.page', { caseId, fileId: file?.fileId ?? 0, start: 0, count: 5 });
  expect(page.rows.map(({ text, level }) => [text.replace(stamp, ''), level])).toEqual([
    ['plain', 'error'],
    ['오류가 났습니다', 'error'],
  ]);
  await check(await engine.open(join(dir, 'run.zip')));
});

it('long files: every line of either encoding has its number and text', async () => {
  const rows: Buffer[] = [];
  for (let k = 0; k < 20_000; k++) {
    const text = k % 3 === 0 ? cp949 : Buffer.from(k % 3 === 1 ? `오류가 UTF-8 ${k}` : `plain ${k}`);
    rows.push(Buffer.concat([Buffer.from(`${k} `), text, Buffer.from('\n')]));
  }
  // Beyond the size of a block, of nothing but two-byte characters.
  rows.push(
    Buffer.concat([
      ...Array.from({ length: 20_000 }, () => Buffer.from('bfc0b7f9', 'hex')),
      Buffer.from('\nafter it\n'),
    ]),
  );
  put('long.log', ...rows);
  const caseId = await engine.open(join(dir, 'run'));
  const found = await engine.search(caseId, { query: '"오류가 났습니다"' });
  expect(found.map(({ line }) => line)).toEqual(Array.from({ length: 6_667 }, (_, k) => 3 * k + 1));
  expect(await hits(caseId, '"after it"')).toEqual(['long.log:20002:after it']);
  const [long] = await engine.search(caseId, { query: '/^(오류){19999,}$/' });
  expect([long?.line, long?.length]).toEqual([20_001, 40_000]);
});

it('text that is appended in another encoding is read, and said', async () => {
  const path = join(dir, 'run/a.log');
  writeFileSync(path, 'a line like many others\n'.repeat(10_000));
  let caseId = await engine.open(join(dir, 'run'));
  appendFileSync(path, lineOf(cp949));
  await engine.call('case.refresh', { caseId });
  await engine.settle(caseId);
  expect(await hits(caseId, '*오류*')).toEqual(['a.log:10001:오류가 났습니다']);
  appendFileSync(path, lineOf(sjis));
  await engine.restart();
  caseId = await engine.open(join(dir, 'run'));
  expect(await hits(caseId, '*発生*')).toEqual(['a.log:10002:エラーが発生しました']);
  expect((await engine.call('problems.list', { caseId })).map(({ kind, line }) => [kind, line])).toEqual([
    ['encoding', 10_001],
    ['encoding', 10_002],
  ]);
});

it('UTF-16 that is appended to other text, and other text to UTF-16, is read, and said', async () => {
  const rows = (text: string, count: number) =>
    Array.from({ length: count }, (_, k) => `${stamp}${text} ${k}\r\n`).join('');
  const wide = (text: string) => Buffer.from(text, 'utf16le');
  const mark = Buffer.from([0xff, 0xfe]);
  // Beyond a block and a chunk, with characters whose low byte is that of a line end.
  const long = rows('갊젊 넓다', 12_000);
  put('narrow-wide.log', rows('좁다', 50), wide(rows('넓다', 20)), rows('또', 3));
  put('narrow-mark.log', rows('plain', 50), mark, wide(rows('넓다', 20)));
  put('narrow-be.log', rows('plain', 50), wide(rows('넓다', 20)).swap16());
  put('wide-narrow.log', mark, wide(rows('넓다', 50)), rows('좁다', 20), lineOf(cp949));
  put('long.log', rows('좁다', 10), wide(long), rows('끝', 2));
  put('long-wide.log', wide(long), rows('끝', 2));
  const caseId = await engine.open(join(dir, 'run'));
  const counts = async (query: string) => {
    const found: Record<string, number> = {};
    for (const hit of await hits(caseId, query)) {
      const [file = ''] = hit.split(':');
      found[file] = (found[file] ?? 0) + 1;
    }
    return found;
  };
  expect(await counts('넓다')).toEqual({
    'long.log': 12_000,
    'long-wide.log': 12_000,
    'narrow-be.log': 20,
    'narrow-mark.log': 20,
    'narrow-wide.log': 20,
    'wide-narrow.log': 50,
  });
  expect(await counts('좁다')).toEqual({ 'long.log': 10, 'narrow-wide.log': 50, 'wide-narrow.log': 20 });
  expect(await counts('끝')).toEqual({ 'long.log': 2, 'long-wide.log': 2 });
  const files = await engine.call('files.list', { caseId });
  expect(files.map(({ path, lines, encoding, errors }) => [path, lines, encoding, errors])).toEqual([
    ['long-wide.log', 12_002, 'utf-16le, utf-8', 12_002],
    ['long.log', 12_012, 'utf-8, utf-16le', 12_012],
    ['narrow-be.log', 70, 'utf-8, utf-16be', 70],
    ['narrow-mark.log', 70, 'utf-8, utf-16le', 70],
    ['narrow-wide.log', 73, 'utf-8, utf-16le', 73],
    ['wide-narrow.log', 71, 'utf-16le, utf-8, euc-kr', 71],
  ]);
  const said = (await engine.call('problems.list', { caseId })).map(({ file, kind, line }) => [file, kind, line]);
  expect(said).toContainEqual(['narrow-wide.log', 'encoding', 51]);
  expect(new Set(said.map(([file]) => file)).size).toBe(6);
});

it('Korean beyond KS X 1001, and Thai, are told', async () => {
  // 똠방각하 확장완성형 in CP949, เกิดข้อผิดพลาดในระบบ in windows-874, as made by Python.
  put(
    'korean.log',
    lineOf('오류'),
    ...Array.from({ length: 20 }, () => lineOf(Buffer.from('8c63b9e6b0a2c7cf20c8aec0e5bfcfbcbac7fc', 'hex'))),
  );
  put(
    'thai.log',
    ...Array.from({ length: 20 }, () => lineOf(Buffer.from('e0a1d4b4a2e9cdbcd4b4bec5d2b4e3b9c3d0baba', 'hex'))),
  );
  const caseId = await engine.open(join(dir, 'run'));
  expect(await hits(caseId, '똠방각하')).toHaveLength(20);
  expect(await hits(caseId, 'ผิดพลาด')).toHaveLength(20);
});

it('an encoding that a person sets is what the file is read in', async () => {
  put('korean.log', lineOf(cp949));
  const caseId = await engine.open(join(dir, 'run'));
  const fileId = (await engine.call('files.list', { caseId }))[0]?.fileId ?? -1;
  const read = async (encoding: string | undefined) => {
    await engine.call('files.setReading', { caseId, fileId, choice: { encoding } });
    await engine.settle(caseId);
    return (await engine.call('lines.page', { caseId, fileId, start: 0, count: 1 })).rows[0]?.text.replace(stamp, '');
  };
  expect(await read('gbk')).not.toContain('오류');
  expect(await read('utf-8')).toContain('\ufffd');
  expect(await read(undefined)).toBe('오류가 났습니다');
});

it('a hole of NULs is skipped: the first line after it has its time and level', async () => {
  const hole = Buffer.alloc(3_000_000);
  put('hole.log', hole, lineOf('first after'), 'plain\n', hole, lineOf('second after'), hole);
  put('short.log', 'a\0b\n', Buffer.alloc(31), 'tail\n');
  await zipFolder(join(dir, 'run'), join(dir, 'run.zip'));
  for (const path of [join(dir, 'run'), join(dir, 'run.zip')]) {
    const caseId = await engine.open(path);
    const rows = await engine.search(caseId, { query: 'after' });
    expect(rows.map(({ line, level, ownTime, text }) => [line, level, ownTime, text])).toEqual([
      [1, 'error', true, `${stamp}first after`],
      [3, 'error', true, `${stamp}second after`],
    ]);
    const files = await engine.call('files.list', { caseId });
    expect(files.map(({ path: name, lines }) => [name, lines])).toEqual([
      ['hole.log', 3],
      ['short.log', 2],
    ]);
    expect((await engine.search(caseId, { query: '' })).map(({ text }) => text.length)).toEqual([41, 5, 42, 3, 35]);
  }
});

it.each([[[0xff, 0xfe]], [[0xfe, 0xff]]])(
  'bytes %j within other text are no mark of UTF-16 by themselves',
  async (mark) => {
    const lines = Array.from({ length: 20 }, (_, k) => `line ${k}\n`).join('');
    put('mark.log', 'first größe\n', Buffer.from([...mark, 0x41, 10]), 'second\n', 'nul\0in it\n', lines, 'third');
    const caseId = await engine.open(join(dir, 'run'));
    const [file] = await engine.call('files.list', { caseId });
    expect(file?.lines).toBe(25);
    expect(await hits(caseId, 'third')).toEqual(['mark.log:25:third']);
  },
);

it('damaged UTF-8 stays UTF-8', async () => {
  put('damaged.log', lineOf(Buffer.concat([Buffer.from('오류가 '), Buffer.from([0xff]), Buffer.from(' 났습니다')])));
  const caseId = await engine.open(join(dir, 'run'));
  expect(await hits(caseId, '오류가')).toEqual(['damaged.log:1:오류가 \ufffd 났습니다']);
  expect((await engine.call('problems.list', { caseId })).map(({ kind }) => kind)).toEqual(['not_utf8']);
  expect(readFileSync(join(dir, 'run/damaged.log')).includes(0xff)).toBe(true);
});
