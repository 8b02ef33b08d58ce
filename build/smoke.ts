/**
 * `npm run smoke [-- --display x11|wayland]` starts the packaged app of this machine on a sample
 * run with `--smoke-test`, and fails unless the app reports that its window shows the run.
 */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDisplay, runOnDisplay } from './display.ts';
import { fromRoot } from './paths.ts';

const programs: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'release/*/linux*-unpacked/postrun',
  darwin: 'release/*/mac*/Postrun.app/Contents/MacOS/Postrun',
  win32: 'release/*/win*-unpacked/Postrun.exe',
};

const { values } = parseArgs({ options: { display: { type: 'string' } } });
const display = parseDisplay(values.display);
const [program] = globSync(programs[process.platform] ?? [], { cwd: fromRoot('.') });
if (program === undefined) {
  console.error('postrun: there is no packaged app for this system: run `npm run dist` first');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'postrun-smoke-'));
try {
  const run = join(folder, 'run');
  spawnSync(process.execPath, [fromRoot('dist/electron/cli.js'), 'sample', run, '--failure', 'run_exception'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  process.env.POSTRUN_DATA_DIR = join(folder, 'data');
  process.exitCode = await runOnDisplay(display, fromRoot(program), ['--smoke-test', run]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
