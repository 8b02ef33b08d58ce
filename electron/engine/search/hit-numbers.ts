/** Hit numbers are the numbers taken out of the lines of a search, kept as columns, and figures of them by time and group. */
import type { HitCount, HitNumbers, NumberBuckets, NumberFigures, NumberGroup } from '../../contract/hits.ts';
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

/** A column that grows. */
class Column {
  #data = new Float64Array(1_024);
  length = 0;

  push(values: ArrayLike<number>): void {
    while (this.#data.length < this.length + values.length) {
      const wider = new Float64Array(this.#data.length * 2);
      wider.set(this.#data);
      this.#data = wider;
    }
    this.#data.set(values, this.length);
    this.length += values.length;
  }

  get values(): Float64Array {
    return this.#data.subarray(0, this.length);
  }
}

/** 32 bytes a value. */
export class NumberSink implements HitSink<'numbers'> {
  #us = new Column();
  #value = new Column();
  #file = new Column();
  #pid = new Column();
  unread = 0;
  /** Grows with each part that comes. */
  parts = 0;

  clear(): void {
    this.#us = new Column();
    this.#value = new Column();
    this.#file = new Column();
    this.#pid = new Column();
    this.unread = 0;
    this.parts++;
  }

  take(found: Extract & { of: 'numbers' }, candidates: readonly Candidate[]): void {
    this.parts++;
    found.blocks.forEach((block, k) => {
      this.unread += block.unread;
      this.#us.push(block.us);
      this.#value.push(block.values);
      this.#pid.push(block.pids);
      this.#file.push(new Float64Array(block.values.length).fill(candidates[k]?.fileId ?? 0));
    });
  }

  /** Figures of what is there by now. */
  figures(question: NumbersQuestion, files: ReadonlyMap<number, SearchFile>): Omit<HitNumbers, keyof HitCount> {
    const us = this.#us.values;
    const values = this.#value.values;
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
    const file = this.#file.values;
    const pids = this.#pid.values;
    const groupOf = (k: number) => {
      const known = files.get(file[k] as number);
      const pid = pids[k] as number;
      const node = by === 'file' ? null : (known?.node ?? null);
      const process = by === 'process' ? (known?.process ?? (pid === -1 ? null : String(pid))) : null;
      const path = by === 'file' ? (known?.path ?? null) : null;
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

/** A search puts lines of files without times after all others. */
const isUntimed = (us: number) => Number.isNaN(us) || us >= Number.MAX_SAFE_INTEGER;

function least(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.min(a, b));
}

function greatest(values: Float64Array): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

/** Value at a share of ascending values, by nearest rank. */
function at(ordered: Float64Array, share: number): number | null {
  if (ordered.length === 0) return null;
  return ordered[Math.max(0, Math.ceil(share * ordered.length) - 1)] ?? null;
}

function figuresOf(ordered: Float64Array): NumberFigures {
  return {
    count: ordered.length,
    min: ordered[0] ?? null,
    median: at(ordered, 0.5),
    p95: at(ordered, 0.95),
    max: ordered.at(-1) ?? null,
  };
}

/** Values of each cell, ascending: cell `c` has `[starts[c], starts[c + 1])`. Values of cell −1 are left out. */
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
    medians: k < drawn.size ? Array.from({ length: buckets }, (_, b) => at(ofCell(k * buckets + b), 0.5)) : null,
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
