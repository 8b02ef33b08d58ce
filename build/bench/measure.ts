/**
 * Runs commands and measures their cost: wall time, processor time of the process and its children
 * (POSIX `times`), and its peak memory (Linux: `VmHWM` and `RssAnon`, polled while it runs). A
 * figure that is not available is null, never a guess.
 */

import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { keysOf, recordOf } from '../../electron/contract/known-keys.ts';

/** Cost of one run of a command. */
export interface Cost {
  /** Seconds. */
  wall: number;
  /** Seconds of processor time, user and system, all threads. */
  cpu: number | null;
  /** Largest resident size of the process in bytes. */
  peak: number | null;
  /**
   * Peak in bytes of the part that is its own, without pages of files (the program, a mapped
   * database), which the system can take back.
   */
  own: number | null;
  /** The last 64 KB that it printed. */
  output: string;
}

const KEPT = 64 * 1024;
const POLL_MS = 15;

/** Runs a command to its end. Rejects if its exit status is not in `okay`. */
export function runCommand(argv: readonly string[], okay: readonly number[] = [0]): Promise<Cost> {
  const isPosix = process.platform !== 'win32';
  const [command = '', ...args] = isPosix ? ['sh', '-c', '"$@"; code=$?; times >&3; exit $code', 'sh', ...argv] : argv;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    let times = '';
    let peak: number | null = null;
    let own: number | null = null;
    const poll = setInterval(() => {
      const memory = memoryOf(child.pid ?? -1);
      peak = Math.max(peak ?? 0, memory.peak) || null;
      own = Math.max(own ?? 0, memory.own) || null;
    }, POLL_MS);
    const keep = (text: string, more: Buffer) => (text + more.toString('latin1')).slice(-KEPT);
    child.stdout?.on('data', (chunk: Buffer) => {
      output = keep(output, chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      errors = keep(errors, chunk);
    });
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      times = keep(times, chunk);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(poll);
      const wall = (performance.now() - started) / 1000;
      if (!okay.includes(code ?? -1)) {
        reject(new Error(`${argv.join(' ')} ended with status ${code}: ${errors.slice(-400)}`));
        return;
      }
      resolve({ wall, cpu: isPosix ? cpuOf(times) : null, peak, own, output });
    });
  });
}

/** Reads the second line of `times`, which is the children's time: `0m3.270000s 0m0.310000s`. */
function cpuOf(times: string): number | null {
  const line = times.trim().split('\n').at(1) ?? '';
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length < 2) return null;
  return parts.reduce((sum, part) => sum + Number(part[1]) * 60 + Number(part[2]), 0);
}

/**
 * Returns the memory of the child of the shell with this id: the peak so far, and its own at
 * present. 0 if not available.
 */
function memoryOf(shell: number): { peak: number; own: number } {
  try {
    const children = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').trim().split(' ');
    const status = readFileSync(`/proc/${children[0]}/status`, 'utf8');
    const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024;
    return { peak: bytes('VmHWM'), own: bytes('RssAnon') };
  } catch {
    return { peak: 0, own: 0 };
  }
}

/** Returns the version that a tool prints, or null if it is not installed. */
export function versionOf(tool: string, flag = '--version'): string | null {
  const { status, stdout } = spawnSync(tool, [flag], { encoding: 'utf8' });
  if (status !== 0) return null;
  return /\d+(\.\d+)+/.exec(stdout.split('\n')[0] ?? '')?.[0] ?? 'installed';
}

/** Returns the value below which the share `p` of the values lies; NaN if there are none. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Returns the median of one figure over runs, or null if any run lacks it. */
export function medianOf(costs: readonly Cost[], figure: 'wall' | 'cpu' | 'peak' | 'own'): number | null {
  const values = costs.map((cost) => cost[figure]).filter((value) => value !== null);
  return values.length === 0 || values.length < costs.length ? null : median(values);
}

/** Runs things in turn, A B A B …, so that a change in the machine's speed affects all of them. */
export async function inTurn<Key extends string>(
  repeats: number,
  things: Record<Key, () => Promise<Cost>>,
): Promise<Record<Key, Cost[]>> {
  const keys = keysOf(things);
  const costs = recordOf(keys, (): Cost[] => []);
  for (let round = 0; round < repeats; round++) {
    for (const key of keys) costs[key].push(await things[key]());
  }
  return costs;
}
