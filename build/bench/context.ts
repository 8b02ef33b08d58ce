/** The context of a section: the requested sizes, the bundle under test, and folders for cases. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchDir } from './data.ts';
import { type Cost, runCommand } from './measure.ts';

export interface Context {
  /** Megabytes of the main sample. */
  size: number;
  /** Repeats of what is measured in turn. */
  repeats: number;
  threads: number;
  /** Folder of the measured bundle: a copy, so that a build in the meantime changes nothing. */
  bundle: string;
  /** Versions of the peers. Null if not installed. */
  lnav: string | null;
  rg: string | null;
  unzip: string | null;
}

/** Creates an empty data folder for cases. */
export function freshDataDir(name: string): string {
  const dir = join(benchDir, 'cases', name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** Output of `postrun index --json`. */
export interface Indexed {
  lines: number;
  bytes: number;
  files: number;
  indexBytes: number;
  contentBytes: number;
}

/**
 * Indexes a source from scratch with the bundled command line, as a person would: a process from
 * start to end.
 */
export async function indexWithCli(context: Context, path: string, name: string): Promise<Cost & { indexed: Indexed }> {
  const cost = await runCommand([
    process.execPath,
    `${context.bundle}/cli.js`,
    'index',
    path,
    '--case-dir',
    freshDataDir(name),
    '--json',
  ]);
  const indexed: Indexed = JSON.parse(cost.output);
  return { ...cost, indexed };
}

/** Runs the loop that bounds the design (`baseline.ts`). */
export function runBaseline(context: Context, mode: 'tokens' | 'inflate', path: string): Promise<Cost> {
  return runCommand([process.execPath, join(import.meta.dirname, 'baseline.ts'), mode, String(context.threads), path]);
}

/**
 * Lets lnav load a folder and count its messages, so that it prints one number instead of all
 * lines.
 */
export function runLnav(dir: string): Promise<Cost> {
  return runCommand(['lnav', '-n', '-r', '-c', ';SELECT count(*) AS messages FROM all_logs', dir]);
}

/** Returns the last number in a tool's output. */
export function lastNumber(output: string): number {
  return Number(output.match(/\d+/g)?.at(-1) ?? Number.NaN);
}
