/**
 * Turns many nodes or processes into bars wide enough to see. If there are too many, neighbours
 * share a bar.
 */

import type { SpreadRow } from '../../../electron/contract/analysis.ts';

export interface SpreadBar {
  key: string;
  rows: readonly SpreadRow[];
  counts: readonly number[];
  label: string;
}

const MOST_BARS = 120;

const byName = new Intl.Collator('en', { numeric: true });

export function spreadBars(rows: readonly SpreadRow[], by: 'node' | 'process', most = MOST_BARS): SpreadBar[] {
  const sorted = [...rows].sort(
    (a, b) =>
      byName.compare(a.node, b.node) || byName.compare(a.process ?? '', b.process ?? '') || (a.pid ?? 0) - (b.pid ?? 0),
  );
  const size = Math.max(1, Math.ceil(sorted.length / most));
  const bars: SpreadBar[] = [];
  for (let at = 0; at < sorted.length; at += size) {
    const part = sorted.slice(at, at + size);
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) continue;
    const counts = [0, 0, 0, 0, 0].map((_, code) => part.reduce((sum, row) => sum + (row.counts[code] ?? 0), 0));
    const name = (row: SpreadRow) => (by === 'node' ? row.node : `${row.node} · ${row.process ?? row.pid ?? ''}`);
    bars.push({
      key: `${name(first)} ${first.pid ?? ''}`,
      rows: part,
      counts,
      label: part.length === 1 ? name(first) : `${name(first)} … ${name(last)} (${part.length})`,
    });
  }
  return bars;
}
