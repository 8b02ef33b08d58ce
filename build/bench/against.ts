/**
 * Compares with another commit: builds its bundle in a separate worktree, measures each section
 * with both bundles in turn, and sets the figures side by side. Only the bundle differs; the bench,
 * its data and the machine are the same.
 */
import { execFileSync, execSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { benchDir } from './data.ts';
import { median } from './measure.ts';
import { type Check, type Section, tableLines } from './report.ts';

export interface OtherBuild {
  commit: string;
  /** Folder of the bundle. */
  bundle: string;
  remove(): void;
}

/**
 * Gives `dir` its packages: those of this checkout if the lock files are equal, otherwise its own.
 */
function addPackages(dir: string): void {
  const lockOf = (folder: string) => readFileSync(join(folder, 'package-lock.json'), 'utf8');
  if (lockOf(dir) === lockOf(root)) {
    symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'), 'junction');
    return;
  }
  // A command shell finds npm on every system.
  execSync('npm ci --ignore-scripts --no-audit --no-fund', { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * Builds `commit` beside this checkout, with the packages of its lock file. Throws if git does not
 * know it, its packages cannot be installed, or it does not build.
 */
export function buildOther(commit: string): OtherBuild {
  const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
  const known = git('rev-parse', '--short', `${commit}^{commit}`);
  const dir = join(benchDir, `against-${known}`);
  const remove = () => {
    if (existsSync(dir)) git('worktree', 'remove', '--force', dir);
    rmSync(dir, { recursive: true, force: true });
    git('worktree', 'prune');
  };
  remove();
  git('worktree', 'add', '--detach', dir, known);
  addPackages(dir);
  execFileSync(process.execPath, ['build/build.ts'], { cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] });
  return { commit: known, bundle: join(dir, 'dist/electron'), remove };
}

/** Figures of one build: the values of each check over the rounds. */
export type Figures = Map<string, number[]>;

function noteFigures(figures: Figures, checks: readonly Check[]): void {
  for (const { what, value } of checks) {
    if (value === undefined || Number.isNaN(value)) continue;
    figures.set(what, [...(figures.get(what) ?? []), value]);
  }
}

/** Prints the figures of both builds and by how much the new one is better: above 1 is better. */
export function compareFigures(commit: string, checks: readonly Check[], now: Figures, then: Figures): string {
  const rows = checks.flatMap(({ what, better }) => {
    const [a, b] = [median(now.get(what) ?? []), median(then.get(what) ?? [])];
    if (Number.isNaN(a) || Number.isNaN(b)) return [];
    const gain = better === 'more' ? a / b : b / a;
    return [[what, b.toPrecision(3), a.toPrecision(3), Number.isFinite(gain) ? `${gain.toFixed(2)} ×` : '-']];
  });
  return [`\n## Against ${commit}`, ...tableLines([['', commit, 'now', 'better'], ...rows])].join('\n');
}

/**
 * Measures a section with both builds, `rounds` times in turn. Returns the last section of the new
 * build, for printing.
 */
export async function inTurnWith(
  measure: (bundle: string) => Promise<Section>,
  bundles: { ours: string; other: string },
  rounds: number,
): Promise<{ section: Section; ours: Figures; others: Figures }> {
  const [ours, others]: [Figures, Figures] = [new Map(), new Map()];
  let section: Section | null = null;
  for (let round = 0; round < rounds; round++) {
    section = await measure(bundles.ours);
    noteFigures(ours, section.checks);
    noteFigures(others, (await measure(bundles.other)).checks);
  }
  if (section === null) throw new Error('at least one round is needed');
  return { section, ours, others };
}
