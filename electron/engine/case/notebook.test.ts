import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Notebook } from '../../contract/notebook.ts';
import { writeSample } from '../../sample/sample.ts';
import { createEngine } from '../engine.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-notebook-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const notebook: Notebook = {
  marks: [{ path: 'logs/a.txt', line: 7, note: 'the <first> one', text: 'line 7' }],
  words: [{ text: 'timeout', colour: 3, isOn: true }],
  searches: [{ query: 'level:error', mode: 'words', matchCase: 'smart' }],
};
const quiet = { emit: () => {}, workers: 1 };
const signal = new AbortController().signal;

async function open(dataDir: string, path: string, rebuild = false) {
  const events: string[] = [];
  const engine = createEngine({ ...quiet, dataDir, emit: (name) => events.push(name) });
  const { caseId } = await engine.handlers['case.open']({ path, root: null, rebuild }, signal);
  const progress = () => engine.handlers['case.progress']({ caseId }, signal);
  while ((await progress()).phase !== 'complete') await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    engine,
    caseId,
    events,
    get: () => engine.handlers['notebook.get']({ caseId }, signal),
    set: (next: Notebook) => engine.handlers['notebook.set']({ caseId, notebook: next }, signal),
  };
}

test('a notebook survives closing, a rebuild, and goes with a portable case', async () => {
  const run = join(dir, 'run');
  await writeSample(run, { nodes: 1, processes: 1, miniBatches: 2, seed: 1 });
  const dataDir = join(dir, 'data');
  const first = await open(dataDir, run);
  expect(await first.get()).toEqual({ marks: [], words: [], searches: [] });
  await first.set(notebook);
  expect(first.events).toContain('notebook.changed');
  const portable = join(dir, 'case.postrun');
  await first.engine.handlers['case.export']({ caseId: first.caseId, path: portable, force: false }, signal);
  await first.engine.close();

  const again = await open(dataDir, run, true);
  expect(await again.get()).toEqual(notebook);
  await again.engine.close();

  // Open the portable case on another machine. What is added there stays with it.
  const there = await open(join(dir, 'elsewhere'), portable);
  expect(await there.get()).toEqual(notebook);
  await there.set({ ...notebook, words: [] });
  await there.engine.close();
  const third = await open(join(dir, 'third'), portable);
  expect((await third.get()).words).toEqual([]);
  await third.engine.close();
});

test('what cannot be read is put aside, and a portable case that cannot be written keeps its notebook in the data folder', async () => {
  const run = join(dir, 'run');
  await writeSample(run, { nodes: 1, processes: 1, miniBatches: 2, seed: 1 });
  const dataDir = join(dir, 'data');
  const first = await open(dataDir, run);
  await first.set(notebook);
  const [file = ''] = readdirSync(join(dataDir, 'notebooks'));
  writeFileSync(join(dataDir, 'notebooks', file), '{"marks": 5');
  expect((await first.get()).marks).toEqual([]);
  expect(readdirSync(join(dataDir, 'notebooks'))).toEqual([`${file}.unreadable`]);
  const portable = join(dir, 'case.postrun');
  await first.engine.handlers['case.export']({ caseId: first.caseId, path: portable, force: false }, signal);
  await first.engine.close();
  chmodSync(portable, 0o444);
  // A superuser can write it anyway. In both cases the notebook must be there again.
  const there = await open(dataDir, portable);
  await there.set(notebook);
  await there.engine.close();
  const again = await open(dataDir, portable);
  expect(await again.get()).toEqual(notebook);
  await again.engine.close();
});
