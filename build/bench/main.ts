/**
 * `npm run bench [-- --quick | --size MB] [--only SECTION,…] [--repeats N] [--against COMMIT]
 * [--out FILE]`
 *
 * Measures the bundle that users run, on sample runs, against peers and against loops that bound
 * the design, all in the same run. It prints every figure, even one that falls short of its target.
 * Raw figures go to a JSON file.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromRoot, root } from '../paths.ts';
import { buildOther, compareFigures, type Figures, inTurnWith } from './against.ts';
import type { Context } from './context.ts';
import { benchDir } from './data.ts';
import { historyPath, noteRun } from './history.ts';
import { versionOf } from './measure.ts';
import { printSection, type Section } from './report.ts';
import { clickHouse } from './section-clickhouse.ts';
import { exporting } from './section-export.ts';
import { follow } from './section-follow.ts';
import { ftsBaseline } from './section-fts.ts';
import { indexFolder, indexZip } from './section-indexing.ts';
import { growth, memory, shortLineFile } from './section-memory.ts';
import { firstWindow, reopen } from './section-opening.ts';
import { indexPrints } from './section-prints.ts';
import { searching } from './section-search.ts';
import { views } from './section-views.ts';
import { openingWindow, usingWindow } from './section-window.ts';

const sections: Record<string, (context: Context) => Promise<Section>> = {
  folder: indexFolder,
  zip: indexZip,
  memory,
  lines: shortLineFile,
  growth,
  reopen,
  first: firstWindow,
  follow,
  search: searching,
  export: exporting,
  clickhouse: clickHouse,
  fts: ftsBaseline,
  views,
  prints: indexPrints,
  opening: openingWindow,
  window: usingWindow,
};

const QUICK_MB = 100;
const USUAL_MB = 400;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    size: { type: 'string' },
    only: { type: 'string' },
    repeats: { type: 'string' },
    against: { type: 'string' },
    out: { type: 'string' },
    clean: { type: 'boolean', default: false },
  },
});
const wanted = values.only?.split(',') ?? Object.keys(sections);
const unknown = wanted.filter((name) => sections[name] === undefined);
const size = values.size === undefined ? (values.quick ? QUICK_MB : USUAL_MB) : Number(values.size);
if (unknown.length > 0 || !Number.isInteger(size) || size < 1) {
  console.error(`bench: --only takes ${Object.keys(sections).join(', ')}; --size a whole number of megabytes`);
  process.exit(2);
}

// Beside dist/electron, where the native module is found. A build that runs in the meantime does
// not change it.
const bundle = fromRoot('dist/bench');
rmSync(bundle, { recursive: true, force: true });
cpSync(fromRoot('dist/electron'), bundle, { recursive: true });

const context: Context = {
  size,
  repeats: Number(values.repeats ?? (values.quick ? 2 : 3)),
  threads: availableParallelism(),
  bundle,
  lnav: versionOf('lnav'),
  rg: versionOf('rg'),
  unzip: versionOf('unzip', '-v'),
};
const machine = {
  date: new Date().toISOString(),
  commit: commitOf(),
  node: process.versions.node,
  lnav: context.lnav,
  rg: context.rg,
  unzip: context.unzip,
  system: `${platform()} ${release()}`,
  processor: cpus()[0]?.model ?? 'unknown',
  threads: context.threads,
  memoryGB: Math.round(totalmem() / 1e9),
  loadBefore: loadavg(),
};
const load = (average: readonly number[]) => average.map((value) => value.toFixed(1)).join(' ');
process.stdout.write(
  `# Postrun bench, ${size} MB\n${machine.date}, commit ${machine.commit}, ${machine.system}, ${machine.threads} × ${machine.processor}, ${machine.memoryGB} GB\n` +
    `node ${machine.node}, lnav ${machine.lnav ?? 'not installed'}, rg ${machine.rg ?? 'not installed'}, unzip ${machine.unzip ?? 'not installed'}; load ${load(machine.loadBefore)}\n`,
);

const other = values.against === undefined ? null : buildOther(values.against);
const done: Record<string, Section> = {};
const [ours, others]: [Figures, Figures] = [new Map(), new Map()];

/** Measures a section, in turn with the bundle of the other commit if there is one. */
async function measured(run: (context: Context) => Promise<Section>): Promise<Section> {
  if (other === null) return run(context);
  const measure = (which: string) => run({ ...context, bundle: which, repeats: 1 });
  const both = await inTurnWith(measure, { ours: bundle, other: other.bundle }, context.repeats);
  for (const [what, found] of both.ours) ours.set(what, found);
  for (const [what, found] of both.others) others.set(what, found);
  return both.section;
}

for (const name of wanted) {
  const run = sections[name];
  if (run === undefined) continue;
  try {
    const section = await measured(run);
    printSection(section);
    done[name] = section;
  } catch (error) {
    console.error(`\n## ${name}: not measured: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

const after = loadavg();
const checks = Object.values(done).flatMap((section) => section.checks);
if (other !== null) {
  process.stdout.write(`${compareFigures(other.commit, checks, ours, others)}\n`);
  other.remove();
}
const worse = noteRun({ date: machine.date, commit: machine.commit, size }, checks);
if (worse.length > 0)
  process.stdout.write(`\nWorse than usual on this machine (${historyPath}):\n${worse.join('\n')}\n`);
const out = values.out ?? join(benchDir, `results-${machine.date.replaceAll(':', '')}.json`);
mkdirSync(benchDir, { recursive: true });
writeFileSync(out, `${JSON.stringify({ machine: { ...machine, loadAfter: after }, sections: done }, null, 1)}\n`);
rmSync(join(benchDir, 'cases'), { recursive: true, force: true });
if (values.clean) rmSync(benchDir, { recursive: true, force: true });
rmSync(bundle, { recursive: true, force: true });
process.stdout.write(
  `\n${checks.filter((one) => one.met).length} of ${checks.length} targets met; load after ${load(after)}; figures: ${out}\n`,
);

function commitOf(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', ['-C', root, ...args], { encoding: 'utf8' }).trim();
    const isDirty = git('status', '--porcelain', '--', 'electron').length > 0;
    return `${git('rev-parse', '--short', 'HEAD')}${isDirty ? ' + changes' : ''}`;
  } catch {
    return 'unknown';
  }
}
