/** What every section gets: the sizes asked for, the bundle under test, and folders for cases. */
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
  /** Folder of the bundle that is measured: a copy, so that a build meanwhile changes nothing. */
  bundle: string;
  /** Versions of the peers; null where not installed. */
  lnav: string | null;
  rg: string | null;
  unzip: string | null;
}

/** A data folder for cases, empty. */
export function freshDataDir(name: string): string {
  const dir = join(benchDir, 'cases', name);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  return dir;
}

/** What `postrun index --json` says of a case. */
export interface Indexed {
  lines: number;
  bytes: number;
  files: number;
  indexBytes: number;
  contentBytes: number;
}

/**
 * Index a source anew with the bundled command line, as a person would: a process from its start to
 * its end.
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
  return { ...cost, indexed: JSON.parse(cost.output) as Indexed };
}

/** Run the loop that bounds the design (`baseline.ts`). */
export function runBaseline(context: Context, mode: 'tokens' | 'inflate', path: string): Promise<Cost> {
  return runCommand([process.execPath, join(import.meta.dirname, 'baseline.ts'), mode, String(context.threads), path]);
}

/** lnav loads a folder and counts its messages: it prints one number instead of all lines. */
export function runLnav(dir: string): Promise<Cost> {
  return runCommand(['lnav', '-n', '-r', '-c', ';SELECT count(*) AS messages FROM all_logs', dir]);
}

/** The last number in what a tool printed. */
export function lastNumber(output: string): number {
  return Number(output.match(/\d+/g)?.at(-1) ?? Number.NaN);
}
