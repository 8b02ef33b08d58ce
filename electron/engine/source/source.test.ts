import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { confinePath } from './confine-path.ts';
import type { ReadDamage } from './decode.ts';
import { listSource } from './source.ts';
import { SourceReader } from './source-reader.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-source-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function makeZip(
  name: string,
  files: Record<string, string | Buffer>,
  options: { forceZip64Format?: boolean; compress?: boolean } = {},
): Promise<string> {
  const zip = new ZipFile();
  for (const [path, text] of Object.entries(files))
    zip.addBuffer(Buffer.from(text), path, { compress: true, ...options });
  zip.end({ forceZip64Format: options.forceZip64Format ?? false, comment: '' });
  const parts: Buffer[] = [];
  for await (const chunk of zip.outputStream) parts.push(chunk as Buffer);
  const path = join(dir, name);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

async function readZip(path: string, name: string): Promise<{ text: string; damage: ReadDamage[] }> {
  const entry = (await listSource(path)).entries.find((candidate) => candidate.path === name);
  if (entry?.zip == null) throw new Error(`${name} is not in the zip`);
  const damage: ReadDamage[] = [];
  const parts: Buffer[] = [];
  const source = new SourceReader({ kind: 'zip', path, prefix: '' });
  for await (const chunk of source.openEntry(entry, (found) => damage.push(found)).chunks()) parts.push(chunk);
  await source.close();
  return { text: Buffer.concat(parts).toString(), damage };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );
}

describe('a folder', () => {
  it('is listed recursively in path order, links named but not followed', async () => {
    mkdirSync(join(dir, 'run/logs/user'), { recursive: true });
    writeFileSync(join(dir, 'run/logs/user/b.txt'), 'b');
    writeFileSync(join(dir, 'run/logs/a.txt'), 'aa');
    symlinkSync('/etc', join(dir, 'run/etc'));
    const listing = await listSource(join(dir, 'run'));
    expect(listing.entries.map((entry) => [entry.path, entry.bytes])).toEqual([
      ['logs/a.txt', 2],
      ['logs/user/b.txt', 1],
    ]);
    expect(listing.problems).toEqual([{ path: 'etc', kind: 'link', message: 'A link is not followed.' }]);
  });

  it('says what is wrong: not there, without files', async () => {
    mkdirSync(join(dir, 'empty'));
    expect(await codeOf(listSource(join(dir, 'nowhere')))).toBe('not_found');
    expect(await codeOf(listSource(join(dir, 'empty')))).toBe('no_files');
  });

  it.skipIf(process.getuid?.() === 0)('says when it cannot be read', async () => {
    mkdirSync(join(dir, 'locked'));
    chmodSync(join(dir, 'locked'), 0);
    expect(await codeOf(listSource(join(dir, 'locked')))).toBe('unreadable');
  });
});

describe('a zip', () => {
  it.each([
    ['deflated', {}],
    ['stored', { compress: false }],
    ['zip64', { forceZip64Format: true }],
  ])('is listed and read: %s', async (_name, options) => {
    const path = await makeZip('run.zip', { 'logs/a.txt': 'line 1\nline 2\n', 'logs/empty.txt': '' }, options);
    expect((await listSource(path)).entries.map((entry) => entry.path)).toEqual(['logs/a.txt', 'logs/empty.txt']);
    expect(await readZip(path, 'logs/a.txt')).toEqual({ text: 'line 1\nline 2\n', damage: [] });
    expect(await readZip(path, 'logs/empty.txt')).toEqual({ text: '', damage: [] });
  });

  it('is read by streaming when an entry is large', async () => {
    const text = 'a line of a large file, not all the same: 0123456789\n'.repeat(400_000);
    const path = await makeZip('run.zip', { 'big.txt': text });
    const read = await readZip(path, 'big.txt');
    expect(read.damage).toEqual([]);
    expect(read.text === text).toBe(true);
  });

  it('cut short gives the files that can be had, and says so', async () => {
    const path = await makeZip('run.zip', {
      'a.txt': 'whole\n'.repeat(2_000),
      'b.txt': Array.from({ length: 20_000 }, (_, k) => `line ${k * 7919}\n`).join(''),
    });
    truncateSync(path, readFileSync(path).length / 2);
    const listing = await listSource(path);
    expect(listing.problems.map((problem) => problem.kind)).toEqual(['zip_cut_short']);
    expect((await readZip(path, 'a.txt')).text).toBe('whole\n'.repeat(2_000));
    const cut = await readZip(path, 'b.txt');
    expect(cut.text.startsWith('line 0\nline 7919\n')).toBe(true);
    expect(cut.damage).toHaveLength(1);
  });

  it('with a damaged entry gives what comes before, and says so', async () => {
    const path = await makeZip('run.zip', {
      'a.txt': Array.from({ length: 5_000 }, (_, k) => `line ${k * 7919}\n`).join(''),
    });
    const bytes = readFileSync(path);
    bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 40);
    writeFileSync(path, bytes);
    const read = await readZip(path, 'a.txt');
    expect(read.damage.map((damage) => damage.kind)).toEqual(['damaged']);
  });

  it('that is no zip, or encrypted, is refused with the reason', async () => {
    writeFileSync(join(dir, 'no.zip'), 'this is no zip');
    expect(await codeOf(listSource(join(dir, 'no.zip')))).toBe('not_a_zip');
    const path = await makeZip('locked.zip', { 'a.txt': 'secret' });
    const bytes = readFileSync(path);
    // Bit 0 of the flags in the local header and in the directory entry means encrypted.
    bytes.writeUInt16LE(bytes.readUInt16LE(6) | 1, 6);
    const central = bytes.indexOf('PK\u0001\u0002', 0, 'latin1');
    bytes.writeUInt16LE(bytes.readUInt16LE(central + 8) | 1, central + 8);
    writeFileSync(path, bytes);
    expect(await codeOf(listSource(path))).toBe('encrypted_zip');
  });

  it('with unsafe or equal names keeps every file under a safe name', async () => {
    const path = await makeZip('run.zip', { 'aa/evil.txt': 'x', 'bb/same.txt': '1', 'cc/same.txt': '2' });
    const bytes = readFileSync(path)
      .toString('latin1')
      .replaceAll('aa/evil.txt', '../evil.txt')
      .replaceAll('cc/same.txt', 'bb/same.txt');
    writeFileSync(path, bytes, 'latin1');
    const listing = await listSource(path);
    expect(listing.entries.map((entry) => entry.path)).toEqual(['bb/same.txt', 'bb/same.txt (2)', 'evil.txt']);
    expect(listing.problems.map((problem) => problem.kind).sort()).toEqual(['duplicate_name', 'unsafe_name']);
  });
});

describe('names from an archive', () => {
  it.each([
    ['../x', 'x'],
    ['/abs/x', 'abs/x'],
    ['C:\\dir\\x', 'dir/x'],
    ['\\\\host\\share\\x', 'host/share/x'],
    ['a/./b/../c', 'a/b/c'],
    ['nul\u0000name', 'nul_name'],
    ['..', 'unnamed'],
  ])('%j is shown as %j', (name, expected) => {
    expect(confinePath(name)).toBe(expected);
  });
});
