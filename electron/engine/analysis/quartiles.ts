/**
 * Five-number summaries: minimum, quartiles and maximum of each figure, for all attempts and per
 * node.
 */
import type { AnalysisParams, FigureQuartiles, QuartileFigure, QuartileRow } from '../../contract/analysis.ts';
import { keysOf } from '../../contract/known-keys.ts';
import { selectQuantiles } from '../base/statistics.ts';
import { at, float64 } from '../base/typed.ts';
import type { ReadableDb } from '../store/open.ts';
import { eachAttempt } from './charts.ts';
import { columnsOf, type DerivedColumns } from './columns.ts';

const SHARES = [0, 0.25, 0.5, 0.75, 1];

/** Reads the figure of an attempt; NaN if the logs do not give it. */
const figures: Record<QuartileFigure, (attempts: DerivedColumns['attempts'], row: number) => number> = {
  duration: (attempts, row) => at(attempts.duration, row),
  processTime: (attempts, row) => at(attempts.processSeconds, row),
  runMethodTime: (attempts, row) => at(attempts.runSeconds, row),
  items: (attempts, row) => (at(attempts.total, row) < 0 ? Number.NaN : at(attempts.total, row)),
};

/**
 * Returns a row for all attempts, followed by a row for each node with attempts, in the order of
 * the run's nodes.
 */
export function quartiles(db: ReadableDb, params: AnalysisParams<'analysis.quartiles'>): QuartileRow[] {
  const { attempts, nodes } = columnsOf(db);
  const groups = Array.from({ length: nodes.length + 1 }, () => ({
    attempts: 0,
    values: { duration: float64(), processTime: float64(), runMethodTime: float64(), items: float64() },
  }));
  const names = keysOf(figures);
  eachAttempt(db, params.filter, (row) => {
    const own = groups[at(attempts.node, row) + 1];
    for (const group of own === undefined || own === groups[0] ? [groups[0]] : [groups[0], own]) {
      if (group === undefined) continue;
      group.attempts++;
      for (const name of names) {
        const value = figures[name](attempts, row);
        if (!Number.isNaN(value)) group.values[name].push(value);
      }
    }
  });
  return groups.flatMap((group, index): QuartileRow[] => {
    const node = index === 0 ? null : (nodes[index - 1] ?? null);
    if (index > 0 && group.attempts === 0) return [];
    const of = Object.fromEntries(names.map((name) => [name, fiveOf(group.values[name].view())]));
    return [{ node, attempts: group.attempts, ...(of as Record<QuartileFigure, FigureQuartiles | null>) }];
  });
}

function fiveOf(values: Float64Array): FigureQuartiles | null {
  if (values.length === 0) return null;
  const [min = 0, p25 = 0, p50 = 0, p75 = 0, max = 0] = selectQuantiles(values, SHARES).map(
    (value) => Math.round(value * 1_000) / 1_000,
  );
  return { count: values.length, min, p25, p50, p75, max };
}
