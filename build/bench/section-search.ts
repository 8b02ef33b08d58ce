/** Search against ripgrep with a warm cache: every kind of query, with the same counts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FilterInput } from '../../electron/contract/filter.ts';
import { type Context, freshDataDir } from './context.ts';
import { sampleFolder } from './data.ts';
import { EngineProcess, type SearchTimes } from './engine-process.ts';
import { median, quantile, runCommand } from './measure.ts';
import { type Check, check, milliseconds, ratio, type Section, times } from './report.ts';

interface Query {
  name: string;
  /** Several of the same kind, so that p95 is over different queries, each asked once. */
  variants: { filter: FilterInput; rg: string[] }[];
  checks: (figures: Figures) => Check[];
}

interface Figures {
  ours: SearchTimes[];
  /** Milliseconds. */
  rg: number[];
  ratio: number;
}

/** Returns words of 12 hexadecimal digits, each on one line only, from many files. */
function rareWords(dir: string, count: number): string[] {
  const words: string[] = [];
  for (let k = 0; words.length < count && k < 8 * count; k++) {
    const path = join(dir, `logs/user/10.0.0.${4 + (k % 8)}/Process-${1 + (Math.floor(k / 8) % 4)}.txt`);
    const text = readFileSync(path, 'latin1');
    const found = /sha1 ([0-9a-f]{12})\b/.exec(text.slice(Math.floor((text.length * (k + 1)) / (8 * count + 2))));
    if (found?.[1] !== undefined && /\d/.test(found[1]) && !words.includes(found[1])) words.push(found[1]);
  }
  return words;
}

function queriesOn(dir: string, repeats: number): Query[] {
  const words = rareWords(dir, 24);
  const fast = (name: string) => (figures: Figures) => [
    check(`${name}: complete answer against rg`, figures.ratio, '≥', 20, ' ×'),
    check(
      `${name}: p95`,
      quantile(
        figures.ours.map((one) => one.complete),
        0.95,
      ),
      '≤',
      50,
      ' ms',
    ),
  ];
  const faster = (name: string) => (figures: Figures) => [
    check(`${name}: complete answer against rg`, figures.ratio, '≥', 1, ' ×'),
  ];
  const scanning = (name: string) => (figures: Figures) => [
    check(`${name}: time of the complete count over rg's`, 1 / figures.ratio, '≤', 3, ' ×'),
    check(`${name}: first page`, median(figures.ours.map((one) => one.firstPage)), '≤', 100, ' ms'),
  ];
  const again = <T>(value: T) => Array.from({ length: Math.max(2, repeats) }, () => value);
  return [
    {
      name: 'rare word',
      variants: words.slice(0, 12).map((word) => ({ filter: { query: word }, rg: ['-w', '-i', '-F', word] })),
      checks: fast('rare word'),
    },
    {
      name: 'rare phrase',
      variants: words.slice(12, 18).map((word) => ({
        filter: { query: `"sha1 ${word}"` },
        rg: ['-w', '-i', '-F', `sha1 ${word}`],
      })),
      checks: fast('rare phrase'),
    },
    {
      name: 'substring',
      variants: words.slice(18, 24).map((word) => ({
        filter: { query: word.slice(2, 10), mode: 'fixed' as const },
        rg: ['-i', '-F', word.slice(2, 10)],
      })),
      checks: faster('substring'),
    },
    {
      name: 'regex with a literal',
      variants: ['item \\d+ \\(scan_0000\\d85', 'etag=0x\\w+ age=00\\d', 'lease of .* in 9[0-9] seconds'].map(
        (pattern) => ({
          filter: { query: pattern, mode: 'regex' as const },
          rg: ['-i', pattern],
        }),
      ),
      checks: faster('regex with a literal'),
    },
    {
      name: 'regex without',
      variants: again({
        filter: { query: '[a-f]{4}[0-9]{4}', mode: 'regex' as const },
        rg: ['-i', '[a-f]{4}[0-9]{4}'],
      }),
      checks: scanning('regex without a literal'),
    },
    {
      name: 'word on most lines',
      variants: again({ filter: { query: 'DEBUG' }, rg: ['-w', '-F', 'DEBUG'] }),
      checks: scanning('word on most lines'),
    },
  ];
}

export async function searching(context: Context): Promise<Section> {
  const dir = await sampleFolder(context.size);
  const engine = new EngineProcess(context.bundle, freshDataDir('search'));
  const caseId = await engine.open(dir);
  const rows: string[][] = [];
  const checks: Check[] = [];
  const figures: Record<string, Figures> = {};
  // The window has searched before, so its threads exist.
  await engine.search({ caseId, filter: { query: '/[a-f]{9}[0-9]{9}/' } });
  for (const query of queriesOn(dir, context.repeats)) {
    const ours: SearchTimes[] = [];
    const rg: number[] = [];
    const counts: [number, number][] = [];
    for (const [k, variant] of query.variants.entries()) {
      const found = await engine.search({ caseId, filter: variant.filter });
      ours.push(found);
      // A scan by rg does not depend on the word, so a few are enough.
      if (context.rg === null || k >= 4) continue;
      const cost = await runCommand(['rg', '-c', '-a', '-uuu', '--no-filename', ...variant.rg, dir], [0, 1]);
      rg.push(cost.wall * 1000);
      const lines = cost.output.split('\n').reduce((sum, count) => sum + Number(count), 0);
      counts.push([found.matches, lines]);
    }
    const complete = ours.map((one) => one.complete);
    const first = ours.map((one) => one.firstPage);
    const result = { ours, rg, ratio: ratio(median(rg), median(complete)) };
    figures[query.name] = result;
    const isEqual = counts.every(([a, b]) => a === b);
    if (!isEqual)
      checks.push({ what: `${query.name}: lines found`, wanted: 'as rg', got: counts.join(' '), met: false });
    rows.push([
      query.name,
      String(ours.length),
      String(median(ours.map((one) => one.matches))),
      rg.length === 0 ? '-' : isEqual ? 'same' : 'differs',
      milliseconds(median(first)),
      milliseconds(quantile(first, 0.95)),
      milliseconds(median(complete)),
      milliseconds(quantile(complete, 0.95)),
      rg.length === 0 ? '-' : milliseconds(median(rg)),
      times(result.ratio),
    ]);
    if (context.rg !== null) checks.push(...query.checks(result));
  }
  await engine.stop();
  return {
    title: `Search in ${context.size} MB`,
    about:
      "Ours within the engine's process, as a window asks: first page of 100 lines in time order, then the exact count of all lines; rg as a process, its cache warm, counting. An index makes rare things fast: that is no fault of rg, which has none.",
    commands: [`rg -c -a -uuu --no-filename [-i] [-w] [-F] PATTERN ${dir}`],
    head: ['ms', 'queries', 'lines', 'rg', 'first page', 'p95', 'complete', 'p95', 'rg', 'faster'],
    rows,
    checks,
    figures,
  };
}
