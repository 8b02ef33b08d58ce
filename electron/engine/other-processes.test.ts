/**
 * Faults that need a process of its own: an account that may not read or write everything, few file
 * descriptors, two processes on one case. Each is said in words, costs nothing else, and is over
 * when its cause is.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ErrorInfo } from '../contract/errors.ts';
import { writeSample } from '../sample/sample.ts';

const PROGRAM = fileURLToPath(new URL('./testing/tell-case.ts', import.meta.url));
/** Root may read and write everything, so it tests as the account that owns nothing. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
/** Compiled once for all processes of this file. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'postrun-test-compiled') };

interface Told {
  lines: number;
  problems: string[];
  answer?: unknown;
  error?: ErrorInfo;
}

let dir = '';
let run = '';
let data = '';
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-others-'));
  await writeSample(join(dir, 'sample'), { nodes: 2, processes: 2, miniBatches: 8, failure: 'run_exception' });
});
beforeEach(() => {
  run = mkdtempSync(join(dir, 'run-'));
  data = mkdtempSync(join(dir, 'data-'));
  execFileSync('cp', ['-r', `${join(dir, 'sample')}/.`, run]);
  mkdirSync(join(run, 'closed'));
  writeFileSync(join(run, 'closed/in.txt'), 'in the folder\n');
  writeFileSync(join(run, 'alone.txt'), 'in the file\n');
  // The account of the child owns what it is to be kept from.
  if (isRoot) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, dir]);
  chmodSync(dir, 0o755);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function tell(...args: string[]): Promise<Told> {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, data, run, ...args], { ...as, env });
  return JSON.parse(stdout) as Told;
}

/** Somebody else's home may hold the checkout: then that account cannot read the program. */
const canRead = (() => {
  try {
    execFileSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(PROGRAM)})`], {
      ...as,
      stdio: 'ignore',
    });
    return process.platform !== 'win32';
  } catch {
    return false;
  }
})();

test.skipIf(!canRead)('an unreadable folder and file cost only themselves, and are read once they can be', async () => {
  chmodSync(join(run, 'closed'), 0);
  chmodSync(join(run, 'alone.txt'), 0);
  const without = await tell();
  expect(without.error).toBeUndefined();
  const about = (path: string) => without.problems.find((problem) => problem.includes(path)) ?? '';
  expect(about('closed')).toMatch(/folder cannot be read; check its permissions/);
  expect(about('alone.txt')).toMatch(/unreadable/);
  chmodSync(join(run, 'closed'), 0o755);
  chmodSync(join(run, 'alone.txt'), 0o644);
  const whole = await tell();
  expect(whole.lines).toBe(without.lines + 2);
  expect(whole.problems.filter((problem) => /closed|alone/.test(problem))).toEqual([]);
});

test.skipIf(!canRead)('a case folder that can only be read opens as it is, or says what to do', async () => {
  const before = await tell();
  const lock = (mode: string) => execFileSync('chmod', ['-R', mode, data]);
  lock('a-w');
  try {
    const again = await tell();
    expect(again).toEqual(before);
    // What has to be written says so in words, as the machine's fault.
    const mark = { marks: [{ path: 'alone.txt', line: 1, note: '', text: '' }], words: [], searches: [] };
    const marked = await tell('notebook.set', JSON.stringify({ notebook: mark }));
    expect(marked.error).toMatchObject({ kind: 'environment', code: 'unwritable' });
    writeFileSync(join(run, 'alone.txt'), 'in the file\nand more\n');
    const { error } = await tell();
    expect(error).toMatchObject({ kind: 'environment', code: 'case_unwritable' });
    expect(error?.message).toMatch(/cannot be written where it is kept.*--case-dir/);
  } finally {
    lock('u+w');
  }
  expect((await tell()).lines).toBe(before.lines + 1);
});

test.skipIf(process.platform === 'win32')('64 file descriptors are enough for a folder of many files', async () => {
  for (let k = 0; k < 200; k++) {
    mkdirSync(join(run, `many/${k % 20}`), { recursive: true });
    writeFileSync(join(run, `many/${k % 20}/${k}.txt`), `line ${k}\n`);
  }
  const command = 'ulimit -n 64 && exec "$0" "$@"';
  const limited = execFileSync('sh', ['-c', command, process.execPath, PROGRAM, data, run], { encoding: 'utf8', env });
  const told = JSON.parse(limited) as Told;
  expect(told.error).toBeUndefined();
  expect(told.problems.filter((problem) => /unreadable|too_many/.test(problem))).toEqual([]);
  data = mkdtempSync(join(dir, 'data-'));
  const free = JSON.parse(execFileSync(process.execPath, [PROGRAM, data, run], { encoding: 'utf8', env })) as Told;
  expect(told.lines).toBe(free.lines);
});

test('two processes on one case: one indexes, the other says who does, and both end with the same', async () => {
  const start = () =>
    new Promise<Told>((resolve) => {
      const child = spawn(process.execPath, [PROGRAM, data, run], { stdio: ['ignore', 'pipe', 'inherit'], env });
      let text = '';
      child.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      child.once('close', () => resolve(JSON.parse(text) as Told));
    });
  const both = await Promise.all([start(), start()]);
  const whole = await start();
  for (const told of both) {
    if (told.error === undefined) expect(told).toEqual(whole);
    else expect(told.error).toMatchObject({ kind: 'environment', code: 'case_busy' });
  }
  expect(both.some(({ error }) => error === undefined)).toBe(true);
});
