/**
 * History: the figures of every run of the bench on this machine, one JSON line each, in the
 * application's data folder, so that a regression shows without a second build.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultDataDir } from '../../electron/host/data-dir.ts';
import { median } from './measure.ts';
import type { Check } from './report.ts';

export const historyPath = join(defaultDataDir(), 'bench-history.jsonl');

interface Entry {
  date: string;
  commit: string;
  size: number;
  figures: Record<string, number>;
}

/** A figure is compared with this many runs: the last ones of the same size. */
const COMPARED = 5;
/** Figures of a shared machine vary by this factor without a reason. */
const WORSE = 1.25;

function entries(): Entry[] {
  if (!existsSync(historyPath)) return [];
  return readFileSync(historyPath, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        if (line === '') return [];
        const entry: Entry = JSON.parse(line);
        return [entry];
      } catch {
        // A line that a full disk cut off must not prevent measuring.
        return [];
      }
    });
}

/** Adds a run and returns which of its figures are worse than the median of the last ones. */
export function noteRun(run: Omit<Entry, 'figures'>, checks: readonly Check[]): string[] {
  const before = entries().filter((entry) => entry.size === run.size);
  const figures: Record<string, number> = {};
  const worse: string[] = [];
  for (const { what, value, better } of checks) {
    if (value === undefined || !Number.isFinite(value)) continue;
    figures[what] = value;
    const known = before.flatMap((entry) => entry.figures[what] ?? []).slice(-COMPARED);
    if (known.length === 0) continue;
    const usual = median(known);
    const isWorse = better === 'more' ? value * WORSE < usual : value > usual * WORSE;
    if (isWorse) worse.push(`${what}: ${value.toPrecision(3)}, usually ${usual.toPrecision(3)} (${known.length} runs)`);
  }
  mkdirSync(dirname(historyPath), { recursive: true });
  appendFileSync(historyPath, `${JSON.stringify({ ...run, figures } satisfies Entry)}\n`);
  return worse;
}
