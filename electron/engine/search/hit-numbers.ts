/**
 * Hit numbers: numbers extracted from the lines of a search, in columns, with figures by time and
 * group.
 */
import type { HitCount, HitNumbers, NumberBuckets, NumberFigures, NumberGroup } from '../../contract/hits.ts';
import { quantile } from '../base/statistics.ts';
import { at, float64, known } from '../base/typed.ts';
import type { Candidate } from './candidates.ts';
import type { HitSink } from './hit-scan.ts';
import type { SearchFile } from './plan/block-table.ts';
import type { Extract } from './worker/extract.ts';

export interface NumbersQuestion {
  by: 'none' | 'node' | 'process' | 'file';
  fromUs: number | null;
  toUs: number | null;
  buckets: number;
  bins: number;
  curves: number;
}

/** Collects numbers, 32 bytes per value. */
export class NumberSink implements HitSink<'numbers'> {
  #us = float64();
  #value = float64();
  #file = float64();
  #pid = float64();
  unread = 0;
  /** Increases with each part taken. */
  parts = 0;

  clear(): void {
    this.#us = float64();
    this.#value = float64();
    this.#file = float64();
    this.#pid = float64();
    this.unread = 0;
    this.parts++;
  }

  take(found: Extract & { of: 'numbers' }, candidates: readonly Candidate[]): void {
    this.parts++;
    found.blocks.forEach((block, k) => {
      this.unread += block.unread;
      const fileId = candidates[k]?.fileId ?? 0;
      for (let i = 0; i < block.values.length; i++) {
        this.#us.push(at(block.us, i));
        this.#value.push(at(block.values, i));
        this.#pid.push(at(block.pids, i));
        this.#file.push(fileId);
      }
    });
  }

  /** Returns figures for the numbers so far. */
  figures(question: NumbersQuestion, files: ReadonlyMap<number, SearchFile>): Omit<HitNumbers, keyof HitCount> {
    const us = this.#us.view();
    const values = this.#value.view();
    const timed = us.filter((time) => !isUntimed(time));
    const fromUs = question.fromUs ?? least(timed) ?? 0;
    const toUs = Math.max(fromUs + 1, question.toUs ?? (greatest(timed) ?? 0) + 1);
    const within: number[] = [];
    us.forEach((time, k) => {
      if (!isUntimed(time) && time >= fromUs && time < toUs) within.push(k);
    });
    const bucketUs = (toUs - fromUs) / question.buckets;
    const bucketOf = (k: number) => Math.min(question.buckets - 1, Math.floor(((us[k] as number) - fromUs) / bucketUs));
    const { keys, groupOf } = this.#groups(question.by, files);
    const inside = Float64Array.from(within, (k) => values[k] as number);
    const ordered = inside.slice().sort();
    return {
      values: values.length,
      untimed: us.length - timed.length,
      outside: timed.length - within.length,
      unread: this.unread,
      fromUs,
      toUs,
      bucketUs,
      all: { ...figuresOf(ordered), buckets: bucketFigures(within, bucketOf, question.buckets, values) },
      groups: groupsOf(within, values, keys, groupOf, { bucketOf, ...question }),
      histogram: histogramOf(ordered, question.bins),
    };
  }

  #groups(by: NumbersQuestion['by'], files: ReadonlyMap<number, SearchFile>) {
    const keys: Pick<NumberGroup, 'node' | 'process' | 'file'>[] = [];
    if (by === 'none') return { keys, groupOf: () => -1 };
    const places = new Map<string, number>();
    const file = this.#file.view();
    const pids = this.#pid.view();
    const groupOf = (k: number) => {
      const of = files.get(file[k] as number);
      const pid = pids[k] as number;
      const node = by === 'file' ? null : (of?.node ?? null);
      const process = by === 'process' ? (of?.process ?? (pid === -1 ? null : String(pid))) : null;
      const path = by === 'file' ? (of?.path ?? null) : null;
      const key = `${node}\0${process}\0${path}`;
      let place = places.get(key);
      if (place === undefined) {
        place = keys.length;
        places.set(key, place);
        keys.push({ node, process, file: path });
      }
      return place;
    };
    return { keys, groupOf };
  }
}

/** A search puts lines of files without times last. */
const isUntimed = (us: number) => Number.isNaN(us) || us >= Number.MAX_SAFE_INTEGER;

function least(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

function figuresOf(ordered: Float64Array): NumberFigures {
  return {
    count: ordered.length,
    min: ordered[0] ?? null,
    median: known(quantile(ordered, 0.5)),
    p95: known(quantile(ordered, 0.95)),
    max: ordered.at(-1) ?? null,
  };
}

/**
 * Sorts the values of each cell: cell `c` has `[starts[c], starts[c + 1])`. Omits values of cell
 * −1.
 */
function byCell(within: readonly number[], cellOf: (k: number) => number, cells: number, values: Float64Array) {
  const starts = new Uint32Array(cells + 1);
  const cellAt = Int32Array.from(within, cellOf);
  for (const cell of cellAt) if (cell >= 0) starts[cell + 1] = (starts[cell + 1] as number) + 1;
  for (let cell = 0; cell < cells; cell++) starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
  const ordered = new Float64Array(starts[cells] as number);
  const next = starts.slice();
  within.forEach((k, i) => {
    const cell = cellAt[i] as number;
    if (cell < 0) return;
    const place = next[cell] as number;
    next[cell] = place + 1;
    ordered[place] = values[k] as number;
  });
  return (cell: number) => ordered.subarray(starts[cell] as number, starts[cell + 1] as number).sort();
}

function bucketFigures(
  within: readonly number[],
  bucketOf: (k: number) => number,
  buckets: number,
  values: Float64Array,
): NumberBuckets {
  const ofCell = byCell(within, bucketOf, buckets, values);
  const result: NumberBuckets = { count: [], min: [], median: [], p95: [], max: [] };
  for (let bucket = 0; bucket < buckets; bucket++) {
    const figures = figuresOf(ofCell(bucket));
    result.count.push(figures.count);
    result.min.push(figures.min);
    result.median.push(figures.median);
    result.p95.push(figures.p95);
    result.max.push(figures.max);
  }
  return result;
}

function groupsOf(
  within: readonly number[],
  values: Float64Array,
  keys: readonly Pick<NumberGroup, 'node' | 'process' | 'file'>[],
  groupOf: (k: number) => number,
  { bucketOf, buckets, curves }: { bucketOf: (k: number) => number; buckets: number; curves: number },
): NumberGroup[] {
  const group = new Map(within.map((k) => [k, groupOf(k)]));
  if (keys.length === 0) return [];
  const ofGroup = byCell(within, (k) => group.get(k) ?? -1, keys.length, values);
  const groups = keys.map((key, place) => ({ key, place, figures: figuresOf(ofGroup(place)) }));
  groups.sort((a, b) => b.figures.count - a.figures.count);
  const drawn = new Map(groups.slice(0, curves).map(({ place }, k) => [place, k]));
  const cellOf = (k: number) => {
    const curve = drawn.get(group.get(k) ?? -1);
    return curve === undefined ? -1 : curve * buckets + bucketOf(k);
  };
  const ofCell = byCell(within, cellOf, drawn.size * buckets, values);
  return groups.map(({ key, figures }, k) => ({
    ...key,
    ...figures,
    medians:
      k < drawn.size ? Array.from({ length: buckets }, (_, b) => known(quantile(ofCell(k * buckets + b), 0.5))) : null,
  }));
}

function histogramOf(ordered: Float64Array, bins: number): HitNumbers['histogram'] {
  const from = ordered[0] ?? 0;
  const to = ordered.at(-1) ?? 0;
  const width = to > from ? (to - from) / bins : 1;
  const counts = new Array<number>(to > from ? bins : ordered.length === 0 ? 0 : 1).fill(0);
  for (const value of ordered) {
    const bin = Math.min(counts.length - 1, Math.floor((value - from) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { from, width, counts };
}
