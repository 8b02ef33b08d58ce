import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { writeSample } from '../sample.ts';
import { zipFolder } from './zip.ts';

const root = mkdtempSync(join(tmpdir(), 'postrun-zip-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function read(path: string): Promise<Map<string, string>> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
  const found = new Map<string, string>();
  for await (const entry of zip.eachEntry())
    found.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  zip.close();
  return found;
}

describe('zipFolder', () => {
  it('holds every file under the prefix, other folders beside it, also as zip64', async () => {
    const dir = join(root, 'run');
    const truth = await writeSample(dir, { miniBatches: 20, nodes: 2, processes: 1 });
    for (const forceZip64 of [false, true]) {
      const path = join(root, `run-${forceZip64}.zip`);
      await zipFolder(dir, path, { prefix: '/a/b/', forceZip64, extraFolders: [{ dir, prefix: 'other' }] });
      const entries = await read(path);
      const names = truth.files.map((file) => file.file);
      expect([...entries.keys()].sort()).toEqual(
        [...names.map((n) => `a/b/${n}`), ...names.map((n) => `other/${n}`)].sort(),
      );
      for (const name of names) expect(entries.get(`a/b/${name}`)).toBe(readFileSync(join(dir, name), 'utf8'));
      expect(readFileSync(path).includes(Buffer.from([0x50, 0x4b, 0x06, 0x06]))).toBe(forceZip64);
    }
  });

  it('rejects when the folder is not there', async () => {
    await expect(zipFolder(join(root, 'none'), join(root, 'none.zip'))).rejects.toThrow(/ENOENT/);
  });
});
