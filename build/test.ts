/**
 * `npm test` runs lint, types, unit tests, build and end-to-end tests, each with its time. A stage
 * that fails does not stop the others. The last line sums up: `N passed, N failed, N skipped`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addCounts, type Counts, formatCounts, noCounts, vitestCounts, withExit } from './counts.ts';
import { runE2e } from './e2e.ts';
import { fromRoot, root } from './paths.ts';

const stages: { name: string; run: () => Counts }[] = [
  { name: 'lint', run: () => checked(['build/lint.ts']) },
  { name: 'types', run: () => checked(['build/typecheck.ts']) },
  { name: 'unit', run: runUnit },
  { name: 'build', run: () => checked(['build/build.ts', '--development']) },
  { name: 'e2e', run: () => runE2e() },
];

const results = stages.map((stage) => {
  console.log(`\n== ${stage.name}`);
  const started = performance.now();
  const counts = stage.run();
  return { name: stage.name, counts, seconds: (performance.now() - started) / 1000 };
});
console.log('\n== summary');
for (const { name, counts, seconds } of results) {
  const isCounted = counts.passed + counts.failed + counts.skipped > 0;
  const outcome = isCounted ? formatCounts(counts) : 'ok';
  console.log(`${name.padEnd(8)} ${`${seconds.toFixed(1)} s`.padStart(8)}  ${outcome}`);
}
const total = addCounts(...results.map((result) => result.counts));
console.log(formatCounts(total));
process.exitCode = total.failed > 0 ? 1 : 0;

/** Runs a stage without tests, which counts nothing unless it fails. */
function checked(args: string[]): Counts {
  return withExit(noCounts, runNode(args));
}

function runUnit(): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'postrun-unit-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts'];
    const code = runNode([...vitest, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]);
    return withExit(vitestCounts(report), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runNode([script = '', ...args]: string[]): number {
  // No colours in a file or a pipe, where their codes would bury the text.
  const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  return spawnSync(process.execPath, [fromRoot(script), ...args], { cwd: root, stdio: 'inherit', env }).status ?? 1;
}
