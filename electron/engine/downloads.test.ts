/**
 * Every way in which a run gets onto a disk: whole, in part, wrapped, beside another one, zipped
 * again; each through the engine.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSample } from '../sample/sample.ts';
import { zipFolder } from '../sample/testing/zip.ts';
import { TestEngine } from './testing/open-run.ts';

type Layout = '1' | '2' | '3';
const layouts: Layout[] = ['1', '2', '3'];
const size = { failure: 'run_exception', nodes: 2, processes: 1, miniBatches: 8, seed: 11 } as const;

let dir = '';
let engine: TestEngine;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-downloads-'));
  engine = new TestEngine();
  for (const layout of layouts) await writeSample(join(dir, layout), { ...size, layout });
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A folder with parts of a run, each under a path of its own. */
function partOf(name: string, layout: Layout, parts: [from: string, to: string][]): string {
  const target = join(dir, 'parts', name);
  for (const [from, to] of parts) {
    const source = join(dir, layout, from);
    if (!existsSync(source)) continue;
    mkdirSync(dirname(join(target, to)), { recursive: true });
    cpSync(source, join(target, to), { recursive: true });
  }
  return target;
}

async function zipOf(folder: string, prefix = ''): Promise<string> {
  const zip = `${folder}${prefix.replaceAll('/', '-')}.zip`;
  await zipFolder(folder, zip, { prefix });
  return zip;
}

const whole = new Map<Layout, Awaited<ReturnType<typeof infoOf>>>();

/** The run as it is, opened once. */
async function wholeOf(layout: Layout) {
  const found = whole.get(layout) ?? (await infoOf(join(dir, layout)));
  whole.set(layout, found);
  return found;
}

async function infoOf(path: string, root: string | null = null) {
  const caseId = await engine.open(path, root);
  const info = await engine.call('run.info', { caseId });
  const files = await engine.call('files.list', { caseId });
  const lines = (await engine.search(caseId, { query: 'error OR batch' })).length;
  return { ...info, files, lines };
}

describe.each(layouts)('a run of generation %s', (layout) => {
  const wrappings = ['ExperimentRun/dcid.0a1b2c'];

  it.each(wrappings)('is the same run as folder and as zip, below "%s"', async (wrapping) => {
    const folder = partOf(`whole-${layout}-${wrapping.replaceAll('/', '-')}`, layout, [['.', wrapping || '.']]);
    const zip = await zipOf(folder);
    const [inFolder, inZip, plain] = [await infoOf(folder), await infoOf(zip), await wholeOf(layout)];
    expect(plain.generation).toBe(layout);
    expect(plain.miniBatches.total).toBe(size.miniBatches);
    for (const found of [inFolder, inZip]) {
      expect(found.generation).toBe(layout);
      expect(found.status).toBe(plain.status);
      expect(found.miniBatches).toEqual(plain.miniBatches);
      expect(found.lines).toBe(plain.lines);
      expect(found.files.map((file) => file.path)).toEqual(plain.files.map((file) => file.path));
    }
  });

  it('tells its nodes and processes from `logs/user` alone, wherever it was cut off', async () => {
    const { files: all } = await wholeOf(layout);
    const wanted = all.filter((file) => file.path.startsWith('logs/user/')).map((file) => file.node);
    for (const target of ['logs/user', 'download/user']) {
      const folder = partOf(`user-${layout}-${target.replaceAll('/', '-')}`, layout, [['logs/user', target]]);
      for (const path of target === 'logs/user' ? [folder] : [await zipOf(folder)]) {
        const { files, generation, lines } = await infoOf(path);
        expect(files.every((file) => file.kind === 'user')).toBe(true);
        expect(files.map((file) => file.node)).toEqual(wanted);
        // The user logs of the second and third generation differ by the names of nodes only.
        expect(generation).toBe(layout);
        expect(lines).toBeGreaterThan(0);
      }
    }
  });

  it("gives the attempts of one node from that node's folder", async () => {
    const system = layout === '1' ? 'logs/sys/worker' : 'logs/sys/node';
    const { nodes } = await wholeOf(layout);
    const node = nodes.at(-1)?.node ?? '';
    const folder = partOf(`node-${layout}`, layout, [[`${system}/${node}`, `${system.slice(5)}/${node}`]]);
    for (const path of layout === '2' ? [folder] : [await zipOf(folder)]) {
      const found = await infoOf(path);
      expect([...new Set(found.files.map((file) => file.node))]).toEqual([node]);
      expect(found.nodes.map((row) => row.node)).toEqual([node]);
      expect(found.generation).toBe(layout);
    }
  });

  it('is found in a zip within a zip, deflated or stored, and in a zip within a folder', async () => {
    const plain = await wholeOf(layout);
    const inner = await zipOf(partOf(`inner-${layout}`, layout, [['.', '.']]));
    const outer = join(dir, 'parts', `outer-${layout}`);
    mkdirSync(outer, { recursive: true });
    cpSync(inner, join(outer, 'logs.zip'));
    const paths = layout === '1' ? [outer] : [];
    for (const store of layout === '2' ? [true] : [false]) {
      const zip = join(dir, 'parts', `outer-${layout}-${store}.zip`);
      await zipFolder(outer, zip, { prefix: 'download', store });
      paths.push(zip);
    }
    for (const path of paths) {
      const found = await infoOf(path);
      expect(found.generation).toBe(layout);
      expect(found.miniBatches).toEqual(plain.miniBatches);
      expect(found.lines).toBe(plain.lines);
      expect(found.files.map((file) => file.path)).toEqual(plain.files.map((file) => file.path));
    }
  });
});

describe('several runs', () => {
  it('side by side are told apart, and each opens by its root', async () => {
    const folder = join(dir, 'parts', 'side');
    for (const layout of layouts) partOf(`side/run-${layout}`, layout, [['.', '.']]);
    const zip = await zipOf(folder, 'all');
    for (const [path, prefix] of [
      [folder, ''],
      [zip, 'all/'],
    ] as const) {
      const { roots } = await engine.call('source.inspect', { path });
      expect(roots.map(({ root, generation }) => [root, generation])).toEqual(
        layouts.map((layout) => [`${prefix}run-${layout}`, layout]),
      );
      await expect(engine.open(path)).rejects.toMatchObject({ code: 'several_roots' });
      if (prefix !== '') expect((await infoOf(path, `${prefix}run-3`)).generation).toBe('3');
    }
  });

  it('of which one is zipped beside the other are two runs', async () => {
    const folder = partOf('beside', '2', [['.', 'second']]);
    cpSync(await zipOf(join(dir, '1')), join(folder, 'first.zip'));
    const { roots } = await engine.call('source.inspect', { path: folder });
    expect(roots.map(({ root, generation }) => [root, generation])).toEqual([
      ['first.zip', '1'],
      ['second', '2'],
    ]);
    expect((await infoOf(folder, 'first.zip')).miniBatches.total).toBe(size.miniBatches);
  });

  it('whose files were copied into one folder are said to be of both generations', async () => {
    partOf('mixed', '1', [['.', '.']]);
    const folder = partOf('mixed', '3', [['.', '.']]);
    for (const path of [folder, await zipOf(folder)]) {
      const found = await infoOf(path);
      expect(found.generation).toBe('1+3');
      expect(found.lines).toBeGreaterThan(0);
    }
  });
});
