/**
 * `npm start [-- PATH]` starts the app on PATH, or on a sample run. It starts the desktop app if
 * there is a display and Electron's executable is here or can be downloaded. Otherwise it prints
 * one line that says why, and opens the same window in the browser.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadElectron, findElectron } from './electron-binary.ts';
import { fromRoot, rootFolder } from './paths.ts';
import { isBuildStale, newestSource } from './stale.ts';
import { type ChildEnd, exitStatusOf, hasDisplay, whyElectronEnded } from './start-outcome.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { browser: { type: 'boolean', default: false }, development: { type: 'boolean', default: false } },
});
// npm runs scripts in the root of the repository, but a relative path is relative to the person's
// folder.
const asked = positionals[0] === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), positionals[0]);
const cli = fromRoot('dist/electron/cli.js');

if (asked !== null && !existsSync(asked)) {
  console.error(`postrun: there is no such file or folder: ${asked}: check the path`);
  process.exit(2);
}
const mode = values.development ? 'development' : 'production';
if (isBuildStale(mode)) runNode([fromRoot('build/build.ts'), ...(values.development ? ['--development'] : [])]);
const path = asked ?? sampleRun();

const why = values.browser ? 'asked for' : (whyNoWindow() ?? (await runElectron(path)));
if (why !== null) {
  console.log(`Opening Postrun in the browser: ${why}.`);
  const options = hasDisplay(process.platform, process.env) && process.env.CI === undefined ? ['--open'] : [];
  await follow(spawn(process.execPath, [cli, 'serve', path, ...options], { stdio: 'inherit' }));
}

/** Returns why the desktop app cannot start here, or null. */
function whyNoWindow(): string | null {
  if (!hasDisplay(process.platform, process.env)) return 'there is no display for the desktop app';
  if (!existsSync(fromRoot('dist/electron/main.js'))) return 'the desktop app is not part of this build';
  if (findElectron() !== null) return null;
  if (process.env.CI !== undefined || process.env.POSTRUN_NO_DOWNLOAD !== undefined) {
    return "Electron's executable is not here, and downloading is off";
  }
  console.log("Downloading Electron's executable, once …");
  const reason = downloadElectron();
  return reason === null ? null : `Electron's executable is not here: ${reason}`;
}

/**
 * Runs the desktop app to its end. Returns the reason if its environment ended it, otherwise null.
 */
async function runElectron(source: string): Promise<string | null> {
  const electron = findElectron();
  if (electron === null) return "Electron's executable is not here";
  const started = performance.now();
  // As root (as in a container), Chromium's sandbox refuses to run.
  const flags = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const end = await follow(
    spawn(electron, [...flags, rootFolder, source], { stdio: 'inherit', env: withoutNodeFlag() }),
  );
  return whyElectronEnded(end, (performance.now() - started) / 1000);
}

/** A shell inside VS Code sets this variable, with which Electron would start as plain Node. */
function withoutNodeFlag(): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = process.env;
  return rest;
}

/** Waits for a child to end; Ctrl-C is its own business. Its exit status becomes ours. */
function follow(child: ChildProcess): Promise<ChildEnd> {
  const onInterrupt = () => {};
  const onTerminate = () => child.kill('SIGTERM');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return new Promise((done) => {
    const end = (how: ChildEnd) => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.exitCode = exitStatusOf(how);
      done(how);
    };
    child.once('error', () => end({ code: 1, signal: null }));
    child.once('exit', (code, signal) => end({ code, signal }));
  });
}

/**
 * Returns the sample run shown when no path is given. It is made once per version of its writer.
 */
function sampleRun(): string {
  const dir = fromRoot('dist/sample-run');
  const truth = statSync(`${dir}.truth.json`, { throwIfNoEntry: false });
  if (truth !== undefined && truth.mtimeMs > newestSource('electron/sample/*.ts')) return dir;
  rmSync(dir, { recursive: true, force: true });
  console.log('Writing a sample run …');
  runNode([cli, 'sample', dir, '--failure', 'run_exception'], true);
  return dir;
}

function runNode(args: string[], isQuiet = false): void {
  const { status } = spawnSync(process.execPath, args, {
    stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
