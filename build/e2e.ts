/** `npm run test:e2e [-- FILTER…]` runs Playwright on the built app, in any available browser. */
import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Counts, formatCounts, noCounts, playwrightCounts, withExit } from './counts.ts';
import { browserFlags, findBrowser, installBrowser, noBrowserAdvice } from './find-browser.ts';
import { compileCache, fromRoot, root } from './paths.ts';

const playwright = fromRoot('node_modules/@playwright/test/cli.js');
const config = ['test', '--config', 'e2e/playwright.config.ts'];

/** Runs the specs. Without a browser, all of them count as skipped. */
export function runE2e(filters: string[] = []): Counts {
  if (globSync('e2e/**/*.spec.ts', { cwd: root }).length === 0) {
    console.log('e2e: no specs yet');
    return noCounts;
  }
  const folder = mkdtempSync(join(tmpdir(), 'postrun-e2e-'));
  const report = join(folder, 'report.json');
  try {
    const browser = findBrowser() ?? installBrowser();
    if (browser === null) {
      console.log(noBrowserAdvice);
      return { ...noCounts, skipped: countSpecs(report, filters) };
    }
    const env = { POSTRUN_BROWSER: browser, POSTRUN_BROWSER_FLAGS: browserFlags().join(' ') };
    const { status } = run([...config, '--reporter=list,json', ...filters], report, 'inherit', env);
    return withExit(playwrightCounts(report), status ?? 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countSpecs(report: string, filters: string[]): number {
  run([...config, '--list', '--reporter=json', ...filters], report, 'ignore', {});
  try {
    return (readFileSync(report, 'utf8').match(/"ok":/g) ?? []).length || 1;
  } catch {
    return 1;
  }
}

function run(args: string[], report: string, stdio: 'inherit' | 'ignore', env: Record<string, string>) {
  return spawnSync(process.execPath, [playwright, ...args], {
    cwd: root,
    stdio: ['ignore', stdio, stdio],
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
}

if (import.meta.main) {
  const counts = runE2e(process.argv.slice(2));
  console.log(formatCounts(counts));
  process.exitCode = counts.failed > 0 ? 1 : 0;
}
