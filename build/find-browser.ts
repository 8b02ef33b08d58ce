/**
 * Finds a browser of the Chromium family for the end-to-end tests: Playwright's own, one of the
 * system, or one installed now.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';
import { fromRoot } from './paths.ts';

const linuxNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

/** Returns the path of an installed browser, or null. `POSTRUN_BROWSER` comes first. */
export function findBrowser(): string | null {
  const { env } = process;
  if (env.POSTRUN_BROWSER) return env.POSTRUN_BROWSER;
  return [chromium.executablePath(), ...systemBrowsers()].find((path) => existsSync(path)) ?? null;
}

function systemBrowsers(): string[] {
  const { env, platform } = process;
  if (platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return roots.flatMap((root) => programs.map((program) => join(root, program)));
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return linuxNames.flatMap((name) => folders.filter((folder) => folder !== '').map((folder) => join(folder, name)));
}

/**
 * Tries to install one: by Playwright's download or, as root on a Debian-like system, the package
 * `chromium`.
 */
export function installBrowser(): string | null {
  const playwright = fromRoot('node_modules/@playwright/test/cli.js');
  console.log('e2e: no browser here; trying to install one (playwright install chromium, apt-get install chromium)');
  spawnSync(process.execPath, [playwright, 'install', 'chromium'], { stdio: 'ignore', timeout: 300_000 });
  const installed = findBrowser();
  if (installed !== null) return installed;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    const apt = (...args: string[]) =>
      spawnSync('apt-get', args, {
        stdio: 'ignore',
        timeout: 600_000,
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation');
  }
  return findBrowser();
}

/** Printed if there is no browser. */
export const noBrowserAdvice =
  'e2e: SKIPPED, no browser found and none could be installed. Install Chrome, Edge or Chromium, ' +
  'run `npx playwright install chromium`, or set POSTRUN_BROWSER to the path of one.';

/**
 * Returns the flags of the browser, which never gets network access. Running as root needs
 * `--no-sandbox`.
 */
export function browserFlags(): string[] {
  const flags = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return process.getuid?.() === 0 ? ['--no-sandbox', ...flags] : flags;
}
