/**
 * `npm run fuzz [-- --seconds N] [--seed N] [--target NAME,…] [--from N]`
 *
 * Attacks whatever reads hostile input with mutations of real samples, for a number of seconds
 * (default 60), the targets in turn. Each target runs in a separate process, so that a crash or
 * hang is noticed. It prints each failure with the seed and number that repeat it, keeps the input
 * in a folder, and exits with status 1.
 */

import { fork } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isKeyOf, keysOf } from '../../electron/contract/known-keys.ts';
import { Random } from '../../electron/sample/random.ts';
import { compileCache } from '../paths.ts';
import { type FuzzTargetName, fuzzTargets } from './fuzz-targets.ts';
import { Broken } from './targets/target.ts';

/** An input that takes longer than this hangs. */
const HANG_MS = 180_000;
/** After this many different failures of a target, the rest is probably more of the same. */
const MOST_FAILURES = 20;

/** From the process of a target: it has started on an input, or an input broke something. */
type Report = { begun: number } | { broken: number; message: string; input: string };

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    target: { type: 'string' },
    from: { type: 'string', default: '0' },
    child: { type: 'boolean', default: false },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed);
const from = Number(values.from);
const asked = values.target?.split(',') ?? keysOf(fuzzTargets);
const names = asked.filter((name) => isKeyOf(fuzzTargets, name));
if (!(seconds > 0) || !Number.isInteger(seed) || !Number.isInteger(from) || names.length < asked.length) {
  console.error(
    `fuzz: --seconds, --seed and --from take numbers, --target some of ${Object.keys(fuzzTargets).join(', ')}`,
  );
  process.exit(2);
}
if (values.child) await attack(names[0] ?? 'parsers');
else await supervise();

/** Attacks one target for the given time, and reports to the parent. */
async function attack(name: FuzzTargetName): Promise<void> {
  const send = (report: Report) => new Promise<void>((done) => process.send?.(report, () => done()));
  const target = await fuzzTargets[name]();
  const end = performance.now() + seconds * 1_000;
  const seen = new Set<string>();
  for (let k = from; performance.now() < end && seen.size < MOST_FAILURES; k++) {
    await send({ begun: k });
    try {
      await target.attack(new Random(seed, `${name} ${k}`));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      // Reports the same fault with other figures and names only once.
      const kind = message.replace(/\d+|"[^"]*"|'[^']*'/g, '#').slice(0, 120);
      if (seen.has(kind)) continue;
      seen.add(kind);
      const stack = error instanceof Broken ? '' : `\n${error instanceof Error ? error.stack : ''}`;
      const input = error instanceof Broken ? Buffer.from(error.input).toString('base64') : '';
      await send({ broken: k, message: message + stack, input });
    }
  }
  await target.close();
  process.disconnect();
}

async function supervise(): Promise<void> {
  let failures = 0;
  const folder = mkdtempSync(join(tmpdir(), 'postrun-fuzz-failures-'));
  for (const name of names) {
    const { last, broken } = await superviseOne(name, seconds / names.length);
    console.log(`${name}: ${last + 1 - from} inputs, ${broken.length} failures`);
    for (const { at, message, input } of broken) {
      failures++;
      const kept = join(folder, `${name}-${at}`);
      writeFileSync(kept, Buffer.from(input, 'base64'));
      console.log(`  ${message.replaceAll('\n', '\n  ')}`);
      console.log(`  again: npm run fuzz -- --target ${name} --seed ${seed} --from ${at} --seconds 1   input: ${kept}`);
    }
  }
  process.exitCode = failures > 0 ? 1 : 0;
}

interface Failure {
  at: number;
  message: string;
  input: string;
}

function superviseOne(name: FuzzTargetName, share: number): Promise<{ last: number; broken: Failure[] }> {
  const args = [
    '--child',
    '--target',
    name,
    '--seed',
    String(seed),
    '--from',
    String(from),
    '--seconds',
    String(share),
  ];
  // Every input starts threads. Without the cache, most of the time would go into compiling them.
  const child = fork(fileURLToPath(import.meta.url), args, {
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  });
  const broken: Failure[] = [];
  let last = from - 1;
  let isHung = false;
  const hang = () =>
    setTimeout(() => {
      isHung = true;
      child.kill('SIGKILL');
    }, HANG_MS);
  let timer = hang();
  child.on('message', (report: Report) => {
    clearTimeout(timer);
    timer = hang();
    if ('begun' in report) last = report.begun;
    else broken.push({ at: report.broken, message: report.message, input: report.input });
  });
  return new Promise((resolve) =>
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      const how = isHung ? `hung for ${HANG_MS / 1_000} s` : `ended with ${signal ?? `status ${code}`}`;
      if (isHung || code !== 0) broken.push({ at: last, message: `the process ${how}`, input: '' });
      resolve({ last, broken });
    }),
  );
}
