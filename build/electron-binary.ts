/** Electron's executable: where the package keeps it, and how to fetch it. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromRoot } from './paths.ts';

const packageDir = fromRoot('node_modules/electron');

/**
 * Returns the path of Electron's executable in the package `electron`, or null if it is not
 * downloaded yet.
 */
export function findElectron(): string | null {
  try {
    const name = readFileSync(join(packageDir, 'path.txt'), 'utf8').trim();
    const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(packageDir, 'dist'), name);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

/** How long a download may take: a slow line needs minutes for its 110 MB. */
const downloadMinutes = 10;
const downloadAdvice = 'behind a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY; for a mirror set ELECTRON_MIRROR';

/**
 * Lets the package download its executable, once, with its own progress output. Returns the reason
 * why it is still missing, or null when it is there.
 */
export function downloadElectron(): string | null {
  const script = join(packageDir, 'install.js');
  if (!existsSync(script)) return 'the package electron is not installed';
  const result = spawnSync(process.execPath, [script], { stdio: 'inherit', timeout: downloadMinutes * 60_000 });
  if (findElectron() !== null) return null;
  const what =
    result.signal !== null || result.error !== undefined
      ? `its download took more than ${downloadMinutes} minutes`
      : 'its download failed, see above';
  return `${what} (${downloadAdvice})`;
}
