/** A sample run of each layout is read whole: nothing in it is a problem. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeSample } from '../sample/sample.ts';
import { TestEngine } from './testing/open-run.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-sample-problems-'));
const engine = new TestEngine();
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

test.each(['1', '2', '3'] as const)('layout %s', async (layout) => {
  const run = join(dir, layout);
  await writeSample(run, { nodes: 3, processes: 2, miniBatches: 60, failure: 'none', layout });
  const caseId = await engine.open(run);
  expect(await engine.call('problems.list', { caseId })).toEqual([]);
});
