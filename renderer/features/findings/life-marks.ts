/**
 * Life marks are notable moments of the run. These pure functions group marks of one kind and place
 * them on the time axis so that their labels do not overlap.
 */
import type { LifeCycle } from '../../../electron/contract/analysis.ts';
import { formatNumber } from '../../base/format.ts';
import { markWords } from './findings-model.ts';

export type LifeMark = LifeCycle['marks'][number];

/** Marks of one kind. Many marks of a kind stand for one thing that happened many times. */
export interface MarkGroup {
  kind: LifeMark['kind'];
  /** At least one mark, in order of time. */
  marks: readonly LifeMark[];
}

/** Up to this many marks of a kind stand for themselves; more become one group. */
const FEW = 4;

/**
 * Groups marks in order of time, so that `480 processes ended` appears once instead of 480 times.
 */
export function groupMarks(marks: readonly LifeMark[]): MarkGroup[] {
  const byKind = Map.groupBy(marks, (mark) => mark.kind);
  const groups = [...byKind].flatMap(([kind, all]) =>
    all.length > FEW ? [{ kind, marks: all }] : all.map((mark) => ({ kind, marks: [mark] })),
  );
  return groups.sort((a, b) => (a.marks[0]?.timeUs ?? 0) - (b.marks[0]?.timeUs ?? 0));
}

/** A mark at a pixel of the axis. It has no label if that would overlap another. */
export interface PlacedMark {
  kind: LifeMark['kind'];
  x: number;
  label: string | null;
  /** The label stands to the left of the line. */
  isLeft: boolean;
  /**
   * One of many of its kind, drawn as a short line at the foot. Only the first of them has a label.
   */
  isTick: boolean;
  title: string;
}

/** The most telling kinds come first when labels compete for room. */
const weight: Record<LifeMark['kind'], number> = {
  first_failure: 0,
  failover: 1,
  node_left: 2,
  cancelled: 3,
  stop: 4,
  node_joined: 5,
  process_exit: 6,
};
/** The approximate width of a letter at 11 px, and the room around a label. */
const LETTER_PX = 6.2;
const PADDING_PX = 10;

/**
 * Places marks between two pixels. Draws one line per pixel and kind, one label for many of a kind,
 * and no overlapping labels.
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
