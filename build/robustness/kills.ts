/**
 * `npm run test:kills [-- --times N] [--seed N]`
 *
 * Kills the engine (SIGKILL) at random moments while it indexes and while it refreshes, a folder
 * and a zip. In the end, the case must give the same answers, to the byte, as a case that nobody
 * disturbed. Default: 50 kills of each.
 */
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killIndexing } from '../../electron/engine/testing/kill-indexing.ts';
import { TestEngine } from '../../electron/engine/testing/open-run.ts';
import { Random } from '../../electron/sample/random.ts';
import { writeSample } from '../../electron/sample/sample.ts';
import { zipFolder } from '../../electron/sample/testing/zip.ts';
import { answersOf, firstDifference } from './answers.ts';

const { values } = parseArgs({
  options: { times: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const times = Number(values.times);
const random = new Random(Number(values.seed), 'kills');
const dir = mkdtempSync(join(tmpdir(), 'postrun-kills-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

async function answers(source: string, engine: TestEngine): Promise<Record<string, string>> {
  return answersOf(engine, await engine.open(source, ''));
}

async function fresh(source: string): Promise<Record<string, string>> {
  const engine = new TestEngine();
  try {
    return await answers(source, engine);
  } finally {
    await engine.close();
  }
}

/**
 * Kills the engine this many times, at random positions within `bytes`, a few times per case. Every
 * case must end like an undisturbed one.
 */
async function killAndCompare(
  name: string,
  source: string,
  bytes: number,
  prepare: (engine: TestEngine) => Promise<void>,
) {
  const expected = await fresh(source);
  let kills = 0;
  let cases = 0;
  while (kills < times) {
    const engine = new TestEngine();
    try {
      await prepare(engine);
      const wanted = Math.min(times - kills, 1 + random.int(4));
      for (let k = 0; k < wanted; k++) {
        const isKilled = await killIndexing(engine.dataDir, source, random.int(bytes), '');
        if (!isKilled) break;
        kills++;
      }
      const difference = firstDifference(await answers(source, engine), expected);
      if (difference !== null) {
        console.error(`${name}: after ${kills} kills ${difference}`);
        process.exitCode = 1;
        return;
      }
      cases++;
    } finally {
      await engine.close();
    }
  }
  console.log(`${name}: ${kills} kills in ${cases} cases, each ended as an undisturbed one`);
}

const folder = join(dir, 'run');
await writeSample(folder, { nodes: 2, processes: 2, miniBatches: 60, megabytes: 9, failure: 'run_exception' });
const zip = join(dir, 'run.zip');
await zipFolder(folder, zip);
const none = async () => undefined;
await killAndCompare('indexing a folder', folder, 9_000_000, none);
await killAndCompare('indexing a zip', zip, 9_000_000, none);

/**
 * The folder before it grew, at the same path, because a case is identified by the path of its
 * folder.
 */
const grown = join(dir, 'grown');
const before = join(dir, 'before');
cpSync(folder, before, { recursive: true });
cpSync(folder, grown, { recursive: true });
for (const path of readdirSync(grown, { recursive: true, encoding: 'utf8' })) {
  const full = join(grown, path);
  if (statSync(full).isFile() && /\.txt$/.test(path))
    appendFileSync(full, '2020-05-06 05:59:59,999 ERROR one more line\n'.repeat(2_000));
}
const after = join(dir, 'after');
cpSync(grown, after, { recursive: true, preserveTimestamps: true });
await killAndCompare('refreshing a folder', grown, 12_000_000, async (engine) => {
  rmSync(grown, { recursive: true });
  cpSync(before, grown, { recursive: true });
  await engine.open(grown, '');
  await engine.restart();
  rmSync(grown, { recursive: true });
  cpSync(after, grown, { recursive: true, preserveTimestamps: true });
});
