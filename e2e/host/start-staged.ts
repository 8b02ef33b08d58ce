/**
 * `node start-staged.ts FOLDER RUN` starts a staged app on the host as if it were packaged, opens a
 * run in it, and ends it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesktop } from './desktop.ts';

const [appDir, run] = process.argv.slice(2);
if (appDir === undefined || run === undefined) throw new Error('usage: start-staged.ts FOLDER RUN');
const dataDir = await mkdtemp(join(tmpdir(), 'postrun-staged-data-'));
try {
  const desktop = await startDesktop('host', { dataDir, appDir, args: [run], isPackaged: true });
  const page = await desktop.page();
  // Shown once the engine's process has opened the run, for which it needs the native module.
  await page.getByRole('button', { name: /^Run / }).waitFor({ timeout: 30_000 });
  const seconds = ((Date.now() - desktop.startedAt) / 1000).toFixed(1);
  const code = await desktop.quit();
  if (code !== 0) throw new Error(`the staged app ended with ${code}:\n${desktop.output()}`);
  console.log(`the staged app starts on the host of the tests, opens a run and ends (${seconds} s)`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
