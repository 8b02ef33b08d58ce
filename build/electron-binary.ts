import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './paths.ts';

const packageDir = fromRoot('node_modules/electron');

/** Where the package `electron` keeps its executable; null while it was not downloaded. */
export function findElectron(): string | null {
  try {
    const name = readFileSync(join(packageDir, 'path.txt'), 'utf8').trim();
    const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageDir, 'dist'), name);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** Let the package download its executable, once, for at most a minute. The reason why not, or null when it is there. */
export function downloadElectron(): string | null {
  const script = join(packageDir, 'install.js');
  if (!existsSync(script)) return 'the package electron is not installed';
  const result = spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 60_000 });
  if (findElectron() !== null) return null;
  if (result.signal !== null || result.error !== undefined) return 'the download took more than a minute';
  const line = result.stderr.split('\n').find((text) => /error|fail/i.test(text));
  return `the download failed (${(line ?? result.stderr).trim().slice(0, 120)})`;
}
