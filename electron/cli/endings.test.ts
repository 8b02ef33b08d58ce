/**
 * Tests how the program ends when its output fails, its reader leaves or a person stops it. It runs
 * in its own process, as from a shell.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSample } from '../sample/sample.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));
let dir = '';
let run = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-endings-'));
  run = join(dir, 'run');
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 40, failure: 'run_exception' });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const data = () => join(dir, 'data');
const start = (args: string[], stdout: 'pipe' | number = 'pipe', env: Record<string, string> = {}) =>
  spawn(process.execPath, [PROGRAM, ...args, '--case-dir', data()], {
    stdio: ['ignore', stdout, 'pipe'],
    env: { ...process.env, ...env },
  });

function end(child: ChildProcess): Promise<{ code: number | null; signal: string | null; said: string }> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal, said })));
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops the indexing, and what is done is kept', async (signal) => {
  rmSync(data(), { recursive: true, force: true });
  // Segments are written so slowly that the signal arrives in between.
  const child = start(['index', run], 'pipe', { POSTRUN_TEST_WRITER_DELAY: '3000' });
  const ended = end(child);
  const hasCase = () =>
    existsSync(data()) &&
    readdirSync(data(), { recursive: true, encoding: 'utf8' }).some((path) => path.endsWith('indexing.pid'));
  while (!hasCase() && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill(signal);
  const { code, said } = await ended;
  expect(said).not.toMatch(/\bat .*\.ts:\d/);
  expect(code).toBe(130);
  expect(hasCase()).toBe(false);
  expect((await end(start(['index', run]))).code).toBe(0);
});

test('a reader that goes away is the end, quietly', async () => {
  const child = start(['search', run, '']);
  const ended = end(child);
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await ended).toEqual({ code: 0, signal: null, said: '' });
});

test.skipIf(!existsSync('/dev/full'))('a full disk behind the output is status 2 and a sentence', async () => {
  for (const args of [
    ['search', run, ''],
    ['info', run, '--json'],
    ['attempts', run, '--csv'],
  ]) {
    const { code, said } = await end(start(args, openSync('/dev/full', 'w')));
    expect([args[0], code]).toEqual([args[0], 2]);
    expect(said).toMatch(/could not be written.*disk is full/);
  }
});
