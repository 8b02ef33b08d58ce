/**
 * Sources: a folder, zip or archive with damaged bytes is refused in words, or opened whole, with
 * all of its lines and every answer.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { listSource } from '../../../electron/engine/source/source.ts';
import { TestEngine } from '../../../electron/engine/testing/open-run.ts';
import { zipFolder } from '../../../electron/sample/testing/zip.ts';
import { figuresOf } from '../answers.ts';
import { unbelievable } from '../believable.ts';
import { mutateBytes } from '../mutate.ts';
import { Broken, type FuzzTarget, isTold, sampleRun, words } from './target.ts';

export async function createSourceTarget(): Promise<FuzzTarget> {
  const made: { dir: string; close: () => void; archives: [string, Buffer][]; files: [string, Buffer][] }[] = [];
  for (const [k, layout] of (['1', '2', '3'] as const).entries()) {
    const failure = (['run_exception', 'out_of_memory', 'node_lost'] as const)[k] ?? 'none';
    const { dir, run, close } = await sampleRun({
      nodes: 1,
      processes: 2,
      miniBatches: 4,
      layout,
      failure,
      seed: 3 + k,
    });
    const files = filesOf(run);
    await zipFolder(run, join(dir, 'run.zip'));
    await zipFolder(run, join(dir, 'stored.zip'), { store: true, forceZip64: true });
    const plain = Buffer.concat(files.slice(0, 6).map(([, bytes]) => bytes));
    const tar = await tarOf(files);
    const archives: [string, Buffer][] = [
      ['run.zip', readFileSync(join(dir, 'run.zip'))],
      ['stored.zip', readFileSync(join(dir, 'stored.zip'))],
      ['x.log.gz', gzipSync(plain)],
      ['x.log.zst', zstdCompressSync(plain)],
      ['run.tar', tar],
      ['run.tgz', gzipSync(tar)],
      ['run.tar.zst', zstdCompressSync(tar)],
    ];
    made.push({ dir, close, archives, files });
  }
  return {
    async attack(random) {
      const from = random.pick(made);
      const place = mkdtempSync(join(tmpdir(), 'postrun-fuzz-source-'));
      try {
        const isFolder = random.chance(0.6);
        const damaged: [string, Buffer][] = isFolder
          ? from.files.map(([path, bytes]) => [path, random.chance(0.3) ? mutateBytes(random, bytes) : bytes])
          : [random.pick(from.archives)].map(([path, bytes]) => [path, mutateBytes(random, bytes)]);
        for (const [path, bytes] of damaged) {
          mkdirSync(dirname(join(place, 'run', path)), { recursive: true });
          writeFileSync(join(place, 'run', path), bytes);
        }
        const isWithin = isFolder || random.chance(0.3);
        await openDamaged(
          isWithin ? join(place, 'run') : join(place, 'run', damaged[0]?.[0] ?? ''),
          isFolder ? damaged : null,
        );
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
    async close() {
      for (const { close } of made) close();
    },
  };
}

async function openDamaged(source: string, files: readonly [string, Buffer][] | null): Promise<void> {
  const engine = new TestEngine();
  try {
    const caseId = await openIfPossible(engine, source);
    if (caseId === null) return;
    const figures = await figuresOf((name, params) => engine.call(name, params), caseId);
    const absurd = unbelievable(figures);
    if (absurd.length > 0) throw new Broken(`nobody could believe ${absurd.slice(0, 5).join(', ')}`, '');
    const problems = await engine.call('problems.list', { caseId });
    const fault = problems.find(({ kind }) => kind === 'parser_fault');
    if (fault !== undefined) throw new Broken(fault.message, '');
    for (const format of ['html', 'md', 'json'] as const)
      await engine.call('report.render', { caseId, options: {}, format });
    const rows = await engine.search(caseId, {});
    const counted = (await engine.call('files.list', { caseId })).reduce((sum, file) => sum + (file.lines ?? 0), 0);
    if (rows.length !== counted) throw new Broken(`${counted} lines counted, ${rows.length} found`, '');
    if (files !== null) await compareBytes(engine, caseId, files);
  } catch (error) {
    if (error instanceof Broken) throw error;
    throw new Broken(words(error), '');
  } finally {
    await engine.close();
  }
}

async function openIfPossible(engine: TestEngine, source: string): Promise<string | null> {
  try {
    const listing = await listSource(source);
    if (listing.entries.length === 0) throw new Broken('a source of nothing was not refused', '');
    return await engine.open(source, '');
  } catch (error) {
    if (isTold(error)) return null;
    throw error;
  }
}

/** Checks that files read unchanged (UTF-8 text without holes) come out byte for byte. */
async function compareBytes(engine: TestEngine, caseId: string, files: readonly [string, Buffer][]): Promise<void> {
  const ids = new Map((await engine.call('files.list', { caseId })).map(({ path, fileId }) => [path, fileId]));
  for (const [path, bytes] of files) {
    const text = bytes.toString('utf8');
    const fileId = ids.get(path);
    if (fileId === undefined || bytes.length === 0 || !Buffer.from(text).equals(bytes) || /[\0\ufeff\ufffd]/.test(text))
      continue;
    const expected = text.split('\n');
    if (expected.at(-1) === '') expected.pop();
    const found: string[] = [];
    while (found.length < expected.length) {
      const params = { caseId, fileId, start: found.length, count: 10_000, maxChars: 10_000_000, raw: true };
      const { rows } = await engine.call('lines.page', params);
      if (rows.length === 0) break;
      found.push(...rows.map((row) => row.text));
    }
    const differs = expected.findIndex((line, k) => line.replace(/\r$/, '') !== found[k]);
    if (differs !== -1 || found.length !== expected.length)
      throw new Broken(`${path}:${differs + 1} is ${JSON.stringify(found[differs]?.slice(0, 200))}`, bytes);
  }
}

function filesOf(folder: string): [string, Buffer][] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path))]);
}

async function tarOf(files: readonly [string, Buffer][]): Promise<Buffer> {
  const tar = pack();
  for (const [name, bytes] of files) tar.entry({ name }, bytes);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
