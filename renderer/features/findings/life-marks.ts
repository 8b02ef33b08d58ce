/**
 * Life marks are notable moments of the run. Here they are grouped where many are of one kind, and
 * placed on the time axis so that their labels do not overlap. Pure.
 */
import type { LifeCycle } from '../../../electron/contract/analysis.ts';
import { formatNumber } from '../../base/format.ts';
import { markWords } from './findings-model.ts';

export type LifeMark = LifeCycle['marks'][number];

/** Marks of one kind; more than a few of a kind are one thing that happened many times. */
export interface MarkGroup {
  kind: LifeMark['kind'];
  /** In order of time, at least one. */
  marks: readonly LifeMark[];
}

/** So many of a kind each stand for themselves; more are one group. */
const FEW = 4;

/**
 * The marks as a person tells them: in order of time, and `480 processes ended` once instead of 480
 * times.
 */
export function groupMarks(marks: readonly LifeMark[]): MarkGroup[] {
  const byKind = Map.groupBy(marks, (mark) => mark.kind);
  const groups = [...byKind].flatMap(([kind, all]) =>
    all.length > FEW ? [{ kind, marks: all }] : all.map((mark) => ({ kind, marks: [mark] })),
  );
  return groups.sort((a, b) => (a.marks[0]?.timeUs ?? 0) - (b.marks[0]?.timeUs ?? 0));
}

/** A mark on the axis, at a pixel; without a label where one would stand on another's. */
export interface PlacedMark {
  kind: LifeMark['kind'];
  x: number;
  label: string | null;
  /** The label is to the left of the line. */
  isLeft: boolean;
  /** One of many of its kind, of which only the first has a word: a short line at the foot. */
  isTick: boolean;
  title: string;
}

/** What tells most comes first when labels contend for room. */
const weight: Record<LifeMark['kind'], number> = {
  first_failure: 0,
  failover: 1,
  node_left: 2,
  cancelled: 3,
  stop: 4,
  node_joined: 5,
  process_exit: 6,
};
/** About as wide as a letter of 11 px is, and the room around a label. */
const LETTER_PX = 6.2;
const PADDING_PX = 10;

/**
 * Place marks between two pixels: one line a pixel and kind, one word for many of a kind, and words
 * that do not overlap.
 */
export function placeMarks(
  marks: readonly LifeMark[],
  xOf: (us: number) => number,
  left: number,
  right: number,
): PlacedMark[] {
  const counts = new Map([...Map.groupBy(marks, (mark) => mark.kind)].map(([kind, all]) => [kind, all.length]));
  const named = new Set<LifeMark['kind']>();
  const lines = new Map<string, { mark: LifeMark; x: number; count: number }>();
  for (const mark of marks) {
    const x = Math.round(xOf(mark.timeUs));
    if (x < left || x > right) continue;
    const key = `${mark.kind} ${x}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { mark, x, count: 1 });
    else line.count++;
  }
  const taken: { from: number; to: number }[] = [];
  const isFree = (from: number, to: number) =>
    from >= left && to <= right && taken.every((one) => to <= one.from || from >= one.to);
  const placed = [...lines.values()]
    .sort((a, b) => weight[a.mark.kind] - weight[b.mark.kind] || a.x - b.x)
    .map(({ mark, x, count }): PlacedMark => {
      const ofKind = counts.get(mark.kind) ?? 1;
      const isMany = ofKind > FEW;
      const title = count === 1 ? mark.message : `${mark.message} (and ${count - 1} more here)`;
      const base = { kind: mark.kind, x, title };
      if (isMany && named.has(mark.kind)) return { ...base, label: null, isLeft: false, isTick: true };
      named.add(mark.kind);
      const word = isMany ? `${markWords[mark.kind]}, ${formatNumber(ofKind)} times` : markWords[mark.kind];
      const width = word.length * LETTER_PX + PADDING_PX;
      const isRightFree = isFree(x, x + width);
      const isLeft = !isRightFree && isFree(x - width, x);
      if (isRightFree || isLeft) taken.push(isLeft ? { from: x - width, to: x } : { from: x, to: x + width });
      return { ...base, label: isRightFree || isLeft ? word : null, isLeft, isTick: false };
    });
  return placed.sort((a, b) => a.x - b.x);
}
