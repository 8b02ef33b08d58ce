/**
 * `npm run test:same [-- --times N]`
 *
 * Indexes samples of every layout and failure, and the runs with known faults beside the checkout,
 * eight times each with 1, 2 and 4 workers and random delays of the writer. Everything that a case
 * tells must be the same to the byte.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { TestEngine } from '../../electron/engine/testing/open-run.ts';
import { sampleFailureKinds, writeSample } from '../../electron/sample/sample.ts';
import { fromRoot } from '../paths.ts';
import { answersOf, firstDifference } from './answers.ts';

const { values } = parseArgs({ options: { times: { type: 'string', default: '8' } } });
const dir = mkdtempSync(join(tmpdir(), 'postrun-same-'));
process.on('exit', () => rmSync(dir, { recursive: true, force: true }));

async function answers(run: string, workers: number): Promise<Record<string, string>> {
  const engine = new TestEngine(undefined, tmpdir(), workers);
  try {
    return await answersOf(engine, await engine.open(run));
  } finally {
    await engine.close();
  }
}

const runs: string[] = [];
for (const [k, failure] of sampleFailureKinds.entries()) {
  const run = join(dir, failure);
  const layout = (['1', '2', '3'] as const)[k % 3] ?? '1';
  await writeSample(run, { nodes: 3, processes: 2, miniBatches: 20, layout, failure, seed: k });
  runs.push(run);
}
const handed = fromRoot('../shared/cases');
if (existsSync(handed)) {
  for (const entry of readdirSync(handed, { withFileTypes: true }))
    if (entry.isDirectory()) runs.push(join(handed, entry.name, 'run'));
}
let different = 0;
for (const run of runs) {
  delete process.env.POSTRUN_TEST_WRITER_DELAY;
  const expected = await answers(run, 1);
  for (let k = 1; k < Number(values.times); k++) {
    process.env.POSTRUN_TEST_WRITER_DELAY = String([12, 3, 30][k % 3]);
    const difference = firstDifference(await answers(run, [2, 4, 1][k % 3] ?? 2), expected);
    if (difference === null) continue;
    console.error(`${run}: ${difference}`);
    different++;
    break;
  }
}
console.log(
  `${runs.length} runs, ${values.times} times each: ${different === 0 ? 'all the same' : `${different} differ`}`,
);
process.exitCode = different > 0 ? 1 : 0;
