/**
 * The same folder indexed twice is the same case: everything that a case tells is a function of its
 * source alone, however many threads read it and however their segments come to the writer. `npm
 * run test:same` does it for every failure and layout.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSample } from '../sample/sample.ts';
import { TestEngine } from './testing/open-run.ts';

let dir = '';
let run = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-same-'));
  run = join(dir, 'run');
  await writeSample(run, { nodes: 3, processes: 2, miniBatches: 40, failure: 'run_exception', seed: 11 });
  // Copies of each other's lines at the same times in many files: ties everywhere.
  cpSync(join(run, 'logs/user'), join(run, 'logs/user2'), { recursive: true });
});
afterAll(() => {
  delete process.env.POSTRUN_TEST_WRITER_DELAY;
  rmSync(dir, { recursive: true, force: true });
});

/**
 * All that a case tells: every answer as JSON, by name. Ids that are given anew each time are left
 * out.
 */
async function told(run: string, workers: number): Promise<Record<string, string>> {
  const engine = new TestEngine(undefined, tmpdir(), workers);
  try {
    const caseId = await engine.open(run);
    const all = { start: 0, count: 10_000 };
    const answers: Record<string, unknown> = {
      info: await engine.call('run.info', { caseId }),
      signatures: await engine.call('analysis.signatures', { caseId, filter: {} }),
      attempts: await engine.call('attempts.page', { caseId, filter: {}, ...all }),
      batches: await engine.call('batches.page', { caseId, filter: {}, ...all }),
      stragglers: await engine.call('analysis.stragglers', { caseId, filter: {} }),
      processes: await engine.call('processes.list', { caseId }),
      files: await engine.call('files.list', { caseId }),
      problems: await engine.call('problems.list', { caseId }),
      byTime: await engine.search(caseId, { query: 'e*' }, 'time'),
      errors: await engine.search(caseId, { minLevel: 'warning' }, 'time'),
    };
    return Object.fromEntries(
      Object.entries(answers).map(([name, value]) => [name, JSON.stringify(value).replaceAll(caseId, 'CASE')]),
    );
  } finally {
    await engine.close();
  }
}

test('every answer is the same to the byte, with 1, 2 and 4 workers and a writer that dawdles', {
  timeout: 600_000,
}, async () => {
  delete process.env.POSTRUN_TEST_WRITER_DELAY;
  const expected = await told(run, 1);
  for (let k = 0; k < 4; k++) {
    process.env.POSTRUN_TEST_WRITER_DELAY = String(k % 2 === 0 ? 12 : 3);
    const found = await told(run, [2, 4, 1][k % 3] ?? 2);
    for (const name of Object.keys(expected)) {
      const [a, b] = [expected[name] ?? '', found[name] ?? ''];
      const at = [...a].findIndex((char, i) => char !== b[i]);
      expect(a === b, `${name} at ${at}: ${a.slice(at - 200, at + 100)} ≠ ${b.slice(at - 200, at + 100)}`).toBe(true);
    }
  }
});
