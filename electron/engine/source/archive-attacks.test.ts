/**
 * Tests archives that are damaged or malicious: what can be read is read, the rest is reported, and
 * nothing else suffers.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, crc32, deflateRawSync, gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { SourceEntry } from './entry.ts';
import { listSource } from './source.ts';
import { SourceReader } from './source-reader.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-attacks-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

interface Part {
  name: string | Buffer;
  data?: Buffer;
  flags?: number;
  method?: number;
  crc?: number;
  /** Stated values that differ from the real ones. */
  bytes?: number;
  compressedBytes?: number;
  packed?: Buffer;
  /** For an entry without a local header: the index of the entry whose header it shares. */
  sharedWith?: number;
  madeBy?: number;
  attributes?: number;
}

/** Builds a zip, entry by entry, with all its faults. */
function zipOf(
  parts: Part[],
  { before = Buffer.alloc(0), after = Buffer.alloc(0), comment = '', count = parts.length } = {},
): Buffer {
  const locals: Buffer[] = [before];
  const records: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const data = part.data ?? Buffer.alloc(0);
    const method = part.method ?? 8;
    const packed = part.packed ?? (method === 8 ? deflateRawSync(data) : data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(part.flags ?? 0, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(0x5a215a21, 6);
    fields.writeUInt32LE(part.crc ?? crc32(data), 10);
    fields.writeUInt32LE(part.compressedBytes ?? packed.length, 14);
    fields.writeUInt32LE(part.bytes ?? data.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const offset = part.sharedWith === undefined ? at : (offsets[part.sharedWith] as number);
    offsets.push(offset);
    if (part.sharedWith === undefined) {
      locals.push(Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed);
      at += 30 + name.length + packed.length;
    }
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(part.attributes ?? 0, 6);
    tail.writeUInt32LE(offset, 10);
    records.push(Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, part.madeBy ?? 0]), fields, tail, name);
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(count % 65_536, 8);
  end.writeUInt16LE(count % 65_536, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment), after]);
}

function put(name: string, bytes: Buffer | string): string {
  const path = join(dir, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** Returns each file of a source with its text, and the problems of listing and reading. */
async function readAll(path: string): Promise<{ files: Record<string, string>; problems: string[] }> {
  const listing = await listSource(path);
  const problems = listing.problems.map((problem) => `${problem.path}:${problem.kind}`);
  const files: Record<string, string> = {};
  const reader = new SourceReader({ kind: listing.kind, path: listing.path, prefix: '' });
  for (const entry of listing.entries) {
    files[entry.path] = await textOf(entry, reader, (kind) => problems.push(`${entry.path}:${kind}`));
  }
  await reader.close();
  return { files, problems };
}

async function textOf(entry: SourceEntry, reader: SourceReader, onDamage: (kind: string) => void): Promise<string> {
  const parts: Buffer[] = [];
  if (entry.inside === null && entry.zip === null) return '(as it is)';
  for await (const chunk of reader.openEntry(entry, ({ kind }) => onDamage(kind)).chunks()) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

/** Lines that hardly compress. */
const lines = (count: number, seed = 7) => {
  let text = '';
  let state = seed;
  for (let k = 0; k < count; k++) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    text += `line ${k} ${state.toString(36)} ${(state * 7).toString(36)}\n`;
  }
  return text;
};

describe('a compressed file', () => {
  test('has all its members and frames, padding between none of them', async () => {
    const zstd = Buffer.concat(['one\n', 'two\n', lines(20_000)].map((text) => zstdCompressSync(text)));
    const skippable = Buffer.concat([Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])]);
    put('run/a.log.zst', Buffer.concat([zstd, skippable, zstdCompressSync('last\n')]));
    put(
      'run/b.log.gz',
      Buffer.concat([gzipSync('one\n'), gzipSync(lines(20_000)), gzipSync('last\n'), Buffer.alloc(512)]),
    );
    const { files, problems } = await readAll(join(dir, 'run'));
    expect(files['a.log.zst']).toBe(`one\ntwo\n${lines(20_000)}last\n`);
    expect(files['b.log.gz']).toBe(`one\n${lines(20_000)}last\n`);
    expect(problems).toEqual([]);
  });

  test('is told by its content, whatever it is called', async () => {
    put('run/app.log.2', gzipSync('rotated\n'));
    put('run/x.gz.13', gzipSync('numbered\n'));
    put('run/y.log', zstdCompressSync('zstandard\n'));
    put('run/plain.log.gz', 'was unpacked on its way\n');
    const tar = pack();
    tar.entry({ name: 'in/app.log.1' }, gzipSync('in a tar\n'));
    tar.finalize();
    const parts: Buffer[] = [];
    for await (const chunk of tar) parts.push(chunk as Buffer);
    put('run/logs.tar.1', Buffer.concat(parts));
    put('run/z.zip', zipOf([{ name: 'app.log.3', data: gzipSync(lines(200)) }]));
    expect((await readAll(join(dir, 'run'))).files).toEqual({
      'app.log.2': 'rotated\n',
      'x.gz.13': 'numbered\n',
      'y.log': 'zstandard\n',
      'plain.log.gz': '(as it is)',
      'logs.tar.1/in/app.log.1': 'in a tar\n',
      'z.zip/app.log.3': expect.any(String),
    });
    const zip = put(
      'whole.zip',
      zipOf([
        { name: 'app.log.3', data: gzipSync(lines(2_000)) },
        { name: 'b.txt', data: Buffer.from('b') },
      ]),
    );
    expect((await readAll(zip)).files).toEqual({ 'app.log.3': lines(2_000), 'b.txt': 'b' });
  });

  test.each([
    ['gzip', gzipSync(lines(30_000))],
    ['zstd', zstdCompressSync(lines(30_000))],
  ])('%s with garbage or a wrong checksum behind keeps every byte', async (name, packed) => {
    const wrong = Buffer.from(packed);
    wrong[wrong.length - 6] = (wrong[wrong.length - 6] as number) ^ 0xff;
    put('run/garbage.gz', Buffer.concat([packed, Buffer.from('this is no member\n')]));
    put('run/two.gz', Buffer.concat([wrong, packed]));
    const { files, problems } = await readAll(join(dir, 'run'));
    expect(files['garbage.gz']).toBe(lines(30_000));
    expect(problems).toContain('garbage.gz:damaged');
    if (name !== 'gzip') return;
    expect(files['two.gz']).toBe(lines(30_000) + lines(30_000));
    expect(problems).toContain('two.gz:damaged');
  });

  test('broken in the middle keeps all that comes before, in a folder, a zip and an archive', async () => {
    const text = lines(30_000);
    const packed = gzipSync(text);
    const half = Math.floor(packed.length / 2);
    const broken = Buffer.from(packed);
    broken.fill(0xff, half, half + 64);
    // The oracle: what a decoder returns for the bytes before the break, without ever seeing the
    // break.
    const before = inflatedBefore(packed, half);
    const deflated = deflateRawSync(text);
    const brokenDeflate = Buffer.from(deflated);
    brokenDeflate.fill(0xff, half, half + 64);
    put('run/a.log.gz', broken);
    const tar = pack();
    tar.entry({ name: 'x.log.gz' }, broken);
    tar.entry({ name: 'y.txt' }, 'after it\n');
    tar.finalize();
    const parts: Buffer[] = [];
    for await (const chunk of tar) parts.push(chunk as Buffer);
    put('run/b.tar', Buffer.concat(parts));
    put('run/c.zip', zipOf([{ name: 'z.txt', packed: brokenDeflate, data: Buffer.from(text) }]));
    const { files, problems } = await readAll(join(dir, 'run'));
    for (const path of ['a.log.gz', 'b.tar/x.log.gz', 'c.zip/z.txt']) {
      const got = files[path] ?? '';
      expect([path, got.startsWith(before)]).toEqual([path, true]);
      // Wrong bytes can also look like a stream that ends too early.
      expect(
        problems.filter((problem) => /:(?:damaged|size_differs)$/.test(problem) && problem.startsWith(path)),
      ).toHaveLength(1);
    }
    expect(files['b.tar/y.txt']).toBe('after it\n');
    const zip = put('whole.zip', zipOf([{ name: 'z.txt', packed: brokenDeflate, data: Buffer.from(text) }]));
    expect((await readAll(zip)).files['z.txt']?.startsWith(before)).toBe(true);
  });

  test('that streams a broken tar keeps the members before the break', async () => {
    const tar = pack();
    for (let k = 0; k < 400; k++) tar.entry({ name: `f${k}.txt` }, lines(20, k + 1));
    tar.finalize();
    const parts: Buffer[] = [];
    for await (const chunk of tar) parts.push(chunk as Buffer);
    const packed = gzipSync(Buffer.concat(parts));
    const half = Math.floor(packed.length / 2);
    const whole = inflatedBefore(packed, half).length;
    put('run/b.tgz', packed.subarray(0, half));
    const broken = Buffer.from(packed);
    broken.fill(0xff, half, half + 64);
    put('run/c.tgz', broken);
    const { files } = await readAll(join(dir, 'run'));
    // Each member takes a header and its text, in blocks of 512 bytes.
    let at = 0;
    let complete = 0;
    for (let k = 0; k < 400 && at + 512 + lines(20, k + 1).length <= whole; k++) {
      at += 512 + Math.ceil(lines(20, k + 1).length / 512) * 512;
      complete++;
    }
    for (const name of ['b.tgz', 'c.tgz']) {
      const got = Array.from({ length: complete }, (_, k) => files[`${name}/f${k}.txt`] === lines(20, k + 1));
      expect([name, got.every(Boolean)]).toEqual([name, true]);
    }
  });

  test('cut at any place keeps what stands before', async () => {
    const text = lines(3_000);
    const packed = gzipSync(text);
    const cutAt = (percent: number) => Math.floor((packed.length * percent) / 100);
    const percents = Array.from({ length: 99 }, (_, k) => k + 1);
    for (const percent of percents) put(`run/${percent}.gz`, packed.subarray(0, cutAt(percent)));
    const { files, problems } = await readAll(join(dir, 'run'));
    for (const percent of percents) {
      expect(files[`${percent}.gz`]).toBe(inflatedBefore(packed, cutAt(percent)));
      expect(problems).toContain(`${percent}.gz:damaged`);
    }
    rmSync(join(dir, 'run'), { recursive: true });
  });
});

/**
 * Decodes the first bytes of a gzip file in one call, telling zlib that more may follow: the
 * oracle.
 */
function inflatedBefore(packed: Buffer, bytes: number): string {
  return gunzipSync(packed.subarray(0, bytes), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
}

describe('a zip', () => {
  test('of more than 65,535 entries without zip64 is read to its directory’s end', async () => {
    const parts = Array.from({ length: 65_536 + 3 }, (_, k) => ({ name: `f${k}`, method: 0 }));
    const path = put('many.zip', zipOf(parts));
    expect((await listSource(path)).entries).toHaveLength(65_539);
  });

  test('with bytes before and after it, and a comment', async () => {
    const part = { name: 'a.txt', data: Buffer.from('needle\n') };
    const path = put(
      'odd.zip',
      zipOf([part], { before: Buffer.alloc(777, 'x'), after: Buffer.from('more'), comment: 'a comment' }),
    );
    expect((await readAll(path)).files).toEqual({ 'a.txt': 'needle\n' });
  });

  test('whose sizes and checksums lie', async () => {
    const data = Buffer.from(lines(50));
    const packed = deflateRawSync(data);
    const claims = (name: string, part: Partial<Part>): Part => ({ name, data, ...part });
    const path = put(
      'lies.zip',
      zipOf([
        claims('longer-packed', { packed: Buffer.concat([packed, Buffer.alloc(500)]) }),
        claims('shorter-packed', { compressedBytes: packed.length - 100 }),
        claims('larger', { bytes: data.length + 10 }),
        claims('smaller', { bytes: data.length - 10 }),
        claims('crc', { crc: 1 }),
        claims('crc-stored', { method: 0, crc: 1 }),
        claims('right', {}),
      ]),
    );
    const { files, problems } = await readAll(path);
    const text = data.toString();
    expect(files).toMatchObject({
      'longer-packed': text,
      larger: text,
      smaller: text.slice(0, -10),
      crc: text,
      right: text,
    });
    expect(files['crc-stored']).toBe(text);
    expect(text.startsWith(files['shorter-packed'] ?? 'x')).toBe(true);
    expect(problems.sort()).toEqual(
      [
        'crc-stored:damaged',
        'crc:damaged',
        'larger:damaged',
        'longer-packed:size_differs',
        'shorter-packed:damaged',
        'smaller:size_differs',
      ].sort(),
    );
  });

  test('of encrypted, unknown, linked and overlapping entries keeps the others', async () => {
    const data = Buffer.from('needle\n');
    const path = put(
      'odd.zip',
      zipOf([
        { name: 'ok.txt', data },
        { name: 'locked.txt', data, flags: 1 },
        { name: 'd64.txt', data, method: 9, packed: data },
        { name: 'bz.txt', data, method: 12, packed: data },
        { name: 'lzma.txt', data, method: 14, packed: data },
        { name: 'zstd.txt', data, method: 93, packed: data },
        { name: 'ln', data: Buffer.from('/etc/passwd'), madeBy: 3, attributes: (0o120777 << 16) >>> 0 },
        { name: 'again.txt', data, sharedWith: 0 },
        { name: 'a/', data: Buffer.alloc(0) },
      ]),
    );
    const { files, problems } = await readAll(path);
    expect(files).toEqual({ 'ok.txt': 'needle\n' });
    expect(problems.sort()).toEqual(
      [
        'again.txt:overlapping',
        'bz.txt:unknown_method',
        'd64.txt:unknown_method',
        'ln:link',
        'locked.txt:encrypted',
        'lzma.txt:unknown_method',
        'zstd.txt:unknown_method',
      ].sort(),
    );
  });

  test('of names that leave their place, or are the same to some', async () => {
    const names = [
      '../../up.txt',
      '/abs.txt',
      'C:\\x\\y.txt',
      'nul\0name',
      'CON',
      'A.txt',
      'a.txt',
      'e\u0301',
      '\u00e9',
      'a.txt',
    ];
    const path = put('names.zip', zipOf(names.map((name) => ({ name, data: Buffer.from(name), flags: 0x800 }))));
    const { files } = await readAll(path);
    expect(Object.keys(files).sort()).toEqual(
      ['A.txt', 'CON', 'a.txt', 'a.txt (2)', 'abs.txt', 'e\u0301', 'nul_name', 'up.txt', 'x/y.txt', '\u00e9'].sort(),
    );
  });

  test('of names in an encoding that it does not tell', async () => {
    const korean = Buffer.from('b7ceb1d72fbfc0b7f92e747874', 'hex'); // 로그/오류.txt in CP949
    const japanese = Buffer.from('838d834f2f83478389815b', 'hex');
    const western = Buffer.from([0x82, 0x74, 0x82, 0x2e, 0x6c, 0x6f, 0x67]); // été.log in CP437
    const list = async (name: string | Buffer, file: string) => {
      const listing = await listSource(put(file, zipOf([{ name, data: Buffer.from('x') }])));
      return [listing.entries[0]?.path, listing.problems.map(({ kind }) => kind)];
    };
    expect(await list(korean, 'k.zip')).toEqual(['로그/오류.txt', ['name_encoding']]);
    expect((await list(japanese, 'j.zip'))[0]).toBe('ログ/エラー');
    expect(await list(western, 'w.zip')).toEqual(['été.log', ['name_encoding']]);
    const german = Buffer.from([0x47, 0x72, 0x94, 0xe1, 0x65, 0x2e, 0x6c, 0x6f, 0x67]);
    expect(await list(german, 'g.zip')).toEqual(['Größe.log', ['name_encoding']]);
    expect(await list('로그/오류.txt', 'u.zip')).toEqual(['로그/오류.txt', []]);
  });

  test('cut at any place gives what can be had, or says that it cannot be read', async () => {
    const bytes = zipOf([1, 2, 3].map((k) => ({ name: `f${k}.txt`, data: Buffer.from(lines(300, k)) })));
    for (let percent = 1; percent < 100; percent++) {
      const path = put(`cut${percent}.zip`, bytes.subarray(0, Math.floor((bytes.length * percent) / 100)));
      const { files, problems } = await readAll(path).catch((error: { code?: string }) => {
        expect(['zip_cut_short', 'not_a_zip']).toContain(error.code);
        return { files: {}, problems: ['null:zip_cut_short'] };
      });
      expect(problems).toContain('null:zip_cut_short');
      for (const [name, text] of Object.entries(files)) expect(lines(300, Number(name[1])).startsWith(text)).toBe(true);
    }
  });

  test('bombs within bombs are opened one level deep', async () => {
    const inner = zipOf([{ name: 'zeros.txt', data: Buffer.alloc(8_000_000) }]);
    const middle = zipOf(Array.from({ length: 8 }, (_, k) => ({ name: `m${k}.zip`, data: inner })));
    const outer = put('outer.zip', zipOf(Array.from({ length: 8 }, (_, k) => ({ name: `o${k}.zip`, data: middle }))));
    const { files } = await readAll(outer);
    expect(Object.keys(files)).toHaveLength(64);
    expect(Object.values(files).every((text) => text.length <= inner.length)).toBe(true);
  });

  test('bomb: one that expands without end is read only so far', async () => {
    // 300 MB of one letter in 300 KB; the limit applies from 256 MB on.
    const packed = deflateRawSync(Buffer.alloc(300 * 1024 * 1024, 'a\n'), { level: 9 });
    const zip = put('bomb.zip', zipOf([{ name: 'bomb', packed, bytes: 300 * 1024 * 1024, crc: 1 }]));
    const listing = await listSource(zip);
    const [entry] = listing.entries;
    const damage: string[] = [];
    let bytes = 0;
    if (entry === undefined) throw new Error('no entry');
    const source = new SourceReader({ kind: 'zip', path: zip, prefix: '' });
    for await (const chunk of source.openEntry(entry, ({ kind }) => damage.push(kind)).chunks()) bytes += chunk.length;
    await source.close();
    expect(damage).toEqual(['expands']);
    expect(bytes).toBeLessThan(290 * 1024 * 1024);
  });
});

describe('a tar', () => {
  it('of devices, links, holes and long names', async () => {
    const long = `${'deep/'.repeat(60)}name.txt`;
    const tar = pack();
    tar.entry({ name: long }, 'long\n');
    tar.entry({ name: 'fifo', type: 'fifo' });
    tar.entry({ name: 'dev', type: 'character-device' });
    tar.entry({ name: 'hard', type: 'link', linkname: 'x' });
    tar.finalize();
    const parts: Buffer[] = [];
    for await (const chunk of tar) parts.push(chunk as Buffer);
    put('run/a.tar', Buffer.concat(parts));
    const { files, problems } = await readAll(join(dir, 'run'));
    expect(files).toEqual({ [`a.tar/${long}`]: 'long\n' });
    expect(problems.sort()).toEqual(['a.tar/dev:special_file', 'a.tar/fifo:special_file', 'a.tar/hard:link']);
  });

  it('made by GNU tar: sparse, names of other encodings', async (context) => {
    const folder = join(dir, 'made');
    mkdirSync(folder);
    try {
      execFileSync('truncate', ['-s', '100000', join(folder, 'holes.log')]);
      writeFileSync(join(folder, 'holes.log'), 'after the hole\n', { flag: 'a' });
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from('bfc0b7f9', 'hex')]), 'korean name\n');
      execFileSync('tar', ['--sparse', '--format=posix', '-cf', join(dir, 'run.tar'), '-C', folder, '.']);
    } catch {
      return context.skip('no GNU tar here');
    }
    const { files, problems } = await readAll(join(dir, 'run.tar'));
    expect(files['holes.log']?.replaceAll('\0', '')).toBe('after the hole\n');
    expect(files['holes.log']?.length).toBeLessThan(20_000);
    expect(problems).toContain('holes.log:sparse');
    expect(Object.values(files)).toContain('korean name\n');
  });

  it.each([
    ['negative', Buffer.from('ffffffffffffffffffffff00', 'hex')],
    ['absurd', Buffer.from('80ffffffffffffffffffffff', 'hex')],
  ])('of a size that is %s', async (_name, size) => {
    const tar = pack();
    tar.entry({ name: 'a.txt' }, 'first\n');
    tar.entry({ name: 'b.txt' }, 'second\n');
    tar.finalize();
    const parts: Buffer[] = [];
    for await (const chunk of tar) parts.push(chunk as Buffer);
    const bytes = Buffer.concat(parts);
    size.copy(bytes, 1024 + 124);
    let sum = 8 * 32;
    for (let k = 0; k < 512; k++) if (k < 148 || k >= 156) sum += bytes[1024 + k] as number;
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, 1024 + 148, 'latin1');
    put('run/a.tar', bytes);
    const { files, problems } = await readAll(join(dir, 'run'));
    expect(files['a.tar/a.txt']).toBe('first\n');
    expect(problems.some((problem) => problem.startsWith('a.tar'))).toBe(true);
  });
});
