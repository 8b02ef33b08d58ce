/**
 * Pure functions that turn a result into curves over time. The first column of times is x. Each
 * column of numbers is a curve, or one per value of the first column of texts.
 */
import type { SqlCell, SqlResultColumn } from '../../../electron/contract/sql-records.ts';

interface ChartCurve {
  name: string;
  timesUs: number[];
  values: (number | null)[];
}

export interface Chart {
  curves: ChartCurve[];
  /** The number of curves left out because the chart could not tell them apart. */
  more: number;
  max: number;
}

/** The most curves that a chart can tell apart. */
const MOST_CURVES = 8;
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Returns the microseconds of a time in a SQL cell, or null if the cell holds no time. */
export function timeOfCell(cell: SqlCell): number | null {
  if (typeof cell !== 'string' || !ISO.test(cell)) return null;
  const text = cell.replace(' ', 'T').replace(/Z?$/, 'Z');
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const micros = /\.\d{3}(\d{1,3})Z$/.exec(text)?.[1] ?? '';
  return ms * 1_000 + Number(micros.padEnd(3, '0'));
}

/** Returns the chart, or null if the result has no time or no number to draw. */
export function chartOf(columns: readonly SqlResultColumn[], rows: readonly SqlCell[][]): Chart | null {
  const isTime = (k: number) =>
    rows.some((row) => row[k] !== null) && rows.every((row) => row[k] === null || timeOfCell(row[k] ?? null) !== null);
  const places = columns.map((_, k) => k);
  const time = places.find(isTime);
  if (time === undefined) return null;
  const isNumber = (k: number) =>
    rows.some((row) => typeof row[k] === 'number') &&
    rows.every((row) => row[k] === null || typeof row[k] === 'number');
  const names = new Set(['line', 'pid', 'attempt', 'end_line', 'own_time', 'run', 'finding']);
  const numbers = places.filter((k) => isNumber(k) && !names.has(columns[k]?.name ?? ''));
  if (numbers.length === 0) return null;
  const group = places.find(
    (k) =>
      k !== time &&
      !isTime(k) &&
      rows.every((row) => row[k] === null || typeof row[k] === 'string') &&
      isGroup(rows, k),
  );
  const curves = new Map<string, ChartCurve>();
  for (const row of rows) {
    const us = timeOfCell(row[time] ?? null);
    if (us === null) continue;
    for (const k of numbers) {
      const of = group === undefined ? '' : String(row[group] ?? '–');
      const name = [of, numbers.length > 1 || of === '' ? (columns[k]?.name ?? '') : '']
        .filter((part) => part !== '')
        .join(' ');
      const curve = curves.get(name) ?? { name, timesUs: [], values: [] };
      curves.set(name, curve);
      curve.timesUs.push(us);
      const cell = row[k];
      curve.values.push(typeof cell === 'number' ? cell : null);
    }
  }
  const all = [...curves.values()].map(inOrder);
  const kept = all.slice(0, MOST_CURVES);
  let max = 0;
  for (const { values } of kept) for (const value of values) max = Math.max(max, value ?? 0);
  return { curves: kept, more: all.length - kept.length, max: max === 0 ? 1 : max };
}

/** Decides whether a column holds few distinct values, each in several rows. */
function isGroup(rows: readonly SqlCell[][], k: number): boolean {
  const values = new Set(rows.map((row) => row[k]));
  return values.size > 0 && values.size <= Math.max(1, rows.length / 2) && values.size <= 200;
}

function inOrder({ name, timesUs, values }: ChartCurve): ChartCurve {
  const order = timesUs.map((_, k) => k).sort((a, b) => (timesUs[a] ?? 0) - (timesUs[b] ?? 0));
  return { name, timesUs: order.map((k) => timesUs[k] ?? 0), values: order.map((k) => values[k] ?? null) };
}
