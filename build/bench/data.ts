/**
 * Data to measure on: sample runs of a given size, the same as zip, and a file of short lines.
 * Written once and kept in a temporary folder.
 */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../electron/sample/random.ts';
import { truthPath, writeSample } from '../../electron/sample/sample.ts';
import { zipFolder } from '../../electron/sample/testing/zip.ts';
import { newestSource } from '../stale.ts';
import { printShapes, writePrints, writeVariedPrints } from './varied-prints.ts';

/** Folder of data, cases and results. `POSTRUN_BENCH_DIR` puts it on another disk. */
export const benchDir = process.env.POSTRUN_BENCH_DIR ?? join(tmpdir(), 'postrun-bench');

/** Returns the number of bytes and files under a folder. */
export function sizeOf(dir: string): { bytes: number; files: number } {
  let bytes = 0;
  let files = 0;
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    bytes += statSync(join(entry.parentPath, entry.name)).size;
    files++;
  }
  return { bytes, files };
}

function isFresh(mark: string): boolean {
  const newest = newestSource(['electron/sample/*.ts', 'build/bench/{data,varied-prints}.ts']);
  return existsSync(mark) && statSync(mark).mtimeMs > newest;
}

/** Prints what is being made, because making data takes longer than measuring on it. */
function note(text: string): void {
  process.stderr.write(`${text} …\n`);
}

/** Returns a run of 8 nodes × 4 processes with about this many megabytes of logs. */
export async function sampleFolder(size: number): Promise<string> {
  const dir = join(benchDir, `run-${size}`);
  if (isFresh(truthPath(dir))) return dir;
  note(`writing a sample run of ${size} MB`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(benchDir, { recursive: true });
  await writeSample(dir, {
    megabytes: size,
    nodes: 8,
    processes: 4,
    miniBatches: Math.max(100, size * 8),
    failure: 'some_items_failed',
  });
  return dir;
}

/** Returns the same run as a zip, packed as the portal does it. */
export async function sampleZip(size: number): Promise<string> {
  const dir = await sampleFolder(size);
  const zip = `${dir}.zip`;
  if (existsSync(zip) && statSync(zip).mtimeMs > statSync(truthPath(dir)).mtimeMs) return zip;
  note(`packing it as a zip`);
  await zipFolder(dir, zip, { prefix: 'ExperimentRun/dcid.bench' });
  return zip;
}

/** Returns a run of very many attempts: 125 nodes × 16 processes. */
export async function attemptsFolder(attempts: number): Promise<string> {
  const dir = join(benchDir, `attempts-${attempts}`);
  if (isFresh(truthPath(dir))) return dir;
  note(`writing a sample run of ${attempts} mini-batches by 2,000 processes`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(benchDir, { recursive: true });
  await writeSample(dir, {
    nodes: 125,
    processes: 16,
    miniBatches: attempts,
    itemsPerMiniBatch: 2,
    perfIntervalSeconds: 600,
    loggingLevel: 'WARNING',
    failure: 'retried_then_succeeded',
  });
  return dir;
}

/** The file of the wide run that the bench scrolls through. */
export const LONG_FILE = 'logs/user/10.0.0.4/prints.txt';
/** Gives about 53,000 lines. */
const LONG_FILE_BYTES = 7_300_000;

/**
 * Returns a run shaped like large ones: many nodes and small files (at 600 MB, 120 nodes × 16
 * processes and 60,000 mini-batches), and one long file.
 */
export async function wideFolder(size: number): Promise<string> {
  const dir = join(benchDir, `wide-${size}`);
  if (isFresh(truthPath(dir))) return dir;
  const nodes = Math.max(2, Math.round(size / 5));
  note(`writing a sample run of ${nodes} nodes, ${size} MB`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, LONG_FILE, '..'), { recursive: true });
  writePrints(join(dir, LONG_FILE), LONG_FILE_BYTES, new Random(7, 'long file'));
  await writeSample(dir, {
    megabytes: Math.max(1, size - 8),
    nodes,
    processes: 16,
    miniBatches: size * 100,
    failure: 'some_items_failed',
  });
  return dir;
}

/** Returns a folder of prints of one shape, or of all (null). */
export function variedFolder(size: number, shape: string | null): string {
  const dir = join(benchDir, `prints-${shape ?? 'all'}-${size}`);
  const mark = `${dir}.done`;
  if (isFresh(mark)) return dir;
  note(`writing ${size} MB of prints (${shape ?? 'all shapes'})`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  writeVariedPrints(dir, size * 1_000_000, 11, shape === null ? Object.keys(printShapes) : [shape]);
  writeFileSync(mark, '');
  return dir;
}

const SHORT_LINE_BYTES = 20;

/**
 * Returns a folder with one file of lines of 20 bytes including their ends: 50,000 lines per
 * megabyte.
 */
export function shortLines(size: number): { dir: string; lines: number } {
  const dir = join(benchDir, `short-${size}`);
  const mark = `${dir}.done`;
  const lines = size * (1_000_000 / SHORT_LINE_BYTES);
  if (isFresh(mark)) return { dir, lines };
  note(`writing ${lines} short lines`);
  const folder = join(dir, 'logs/user/10.0.0.4');
  mkdirSync(folder, { recursive: true });
  const fd = openSync(join(folder, 'Process-1.txt'), 'w');
  for (let block = 0; block < size; block++) {
    let text = '';
    for (let k = 0; k < 1_000_000 / SHORT_LINE_BYTES; k++) {
      const n = block * 50_000 + k;
      text += `item ${String(n).padStart(9, '0')} ${n % 7 === 0 ? 'miss' : 'okay'}\n`;
    }
    writeSync(fd, text);
  }
  closeSync(fd);
  writeFileSync(mark, '');
  return { dir, lines };
}
