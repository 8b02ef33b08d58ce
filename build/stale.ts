/** Decides whether the bundle is older than its sources. */
import { globSync, readFileSync, statSync } from 'node:fs';
import type { PageMode } from './bundle.ts';
import { fromRoot, root } from './paths.ts';

/**
 * A file with the mode of the page, and as modification time that of the sources of the last build.
 */
export const buildStamp = fromRoot('dist/.built');

/** Decides whether `dist/` is missing, of another mode, or older than a source file. */
export function isBuildStale(mode: PageMode): boolean {
  const stamp = statSync(buildStamp, { throwIfNoEntry: false });
  if (stamp === undefined || readFileSync(buildStamp, 'utf8') !== mode) return true;
  const sources = [
    'electron/**/*.ts',
    'renderer/**/*.{ts,tsx,css,html}',
    'build/{build,bundle}.ts',
    'package-lock.json',
  ];
  return newestSource(sources) > stamp.mtimeMs;
}

/**
 * Returns the newest modification time of these files in milliseconds since the epoch; 0 if there
 * are none.
 */
export function newestSource(globs: string | string[]): number {
  const times = globSync(globs, { cwd: root }).map((path) => statSync(fromRoot(path)).mtimeMs);
  return times.reduce((newest, time) => Math.max(newest, time), 0);
}
