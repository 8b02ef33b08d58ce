import { describe, expect, it } from 'vitest';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { attemptFilter } from './attempt-filter.ts';
import { busyShare } from './busy-share.ts';
import { shortName } from './draw-lanes.ts';
import { barAt, barsOf, stepBar } from './lane-bars.ts';
import { itemAt, itemsBetween, laneItemAt, layoutLanes, processAt, scrollTopFor } from './lane-layout.ts';
import { lifeSentence } from './life-sentence.ts';
import { laneOf } from './use-lanes.ts';

const lane = (processId: number, node: string, pid: number, more: Partial<Lane> = {}): Lane => ({
  processId,
  node,
  process: `Process-${pid}`,
  pid,
  startUs: 0,
  endUs: 100,
  exitCode: 0,
  replacedBy: null,
  attempts: 1,
  slot: processId,
  lastUs: null,
  ...more,
});

describe('layout', () => {
  const layout = layoutLanes(
    [
      { node: 'a', slot: 1 },
      { node: 'a', slot: 2 },
      { node: 'b', slot: 3 },
    ],
    10,
    20,
  );
  it('puts lanes below the heads of their nodes', () => {
    expect(layout.items.map((item) => [item.y, item.isHead, item.lane])).toEqual([
      [0, true, 0],
      [20, false, 0],
      [30, false, 1],
      [40, true, 2],
      [60, false, 2],
    ]);
    expect([layout.height, layout.items[0]?.lanes, layout.items[3]?.lanes]).toEqual([70, 2, 1]);
  });
  it('has a lane at each height that is not a head', () => {
    const lanesAt = [-1, 5, 20, 29, 30, 45, 69, 70].map((y) => laneItemAt(layout, y)?.lane ?? null);
    expect(lanesAt).toEqual([null, null, 0, 0, 1, null, 2, null]);
  });
  it('scrolls a lane into view, clear of the head, and not at all if it is in view', () => {
    const [, first, second, , last] = layout.items;
    if (first === undefined || second === undefined || last === undefined) throw new Error('a lane is missing');
    expect(scrollTopFor(second, 25, 40, 20)).toBe(10);
    expect(scrollTopFor(first, 0, 40, 20)).toBeNull();
    expect(scrollTopFor(last, 0, 40, 20)).toBe(30);
  });
  it('continues the lane of a process that was replaced', () => {
    const slots = [
      { node: 'a', slot: 1, startUs: 0 },
      { node: 'a', slot: 1, startUs: 50 },
      { node: 'a', slot: 2, startUs: 0 },
    ];
    const made = layoutLanes(slots, 10, 20);
    expect(made.items.map((item) => [item.y, item.isFirst])).toEqual([
      [0, true],
      [20, true],
      [20, false],
      [30, true],
    ]);
    expect([made.height, made.items[0]?.lanes, made.items[0]?.processes]).toEqual([40, 2, 3]);
    expect(itemsBetween(made, 22, 28)).toEqual([1, 2]);
    expect([processAt(slots, 0, 20), processAt(slots, 0, 60), processAt(slots, 1, -5), processAt(slots, 2, 9)]).toEqual(
      [0, 1, 0, 2],
    );
  });
  it('finds what is at a height', () => {
    expect([0, 19, 20, 45, 69, 500].map((y) => itemAt(layout, y))).toEqual([0, 0, 1, 3, 4, 4]);
    expect(itemsBetween(layout, 25, 45)).toEqual([1, 3]);
    expect(itemsBetween(layoutLanes([], 10, 20), 0, 100)).toEqual([0, -1]);
  });
});

describe('bars', () => {
  const data = {
    total: 2,
    fromUs: 1_000,
    toUs: 2_000,
    lanes: [lane(7, 'a', 1), lane(8, 'a', 2)],
    bars: [0, 0, 10, 0, 1, 5, 0, 50, 60, 2, 3, 0, 1, 90, 100, 4, 1, 6],
  };
  const bars = barsOf(data, (each) => (each === 0 ? 4 : undefined), 100);
  it('come out of numbers, for the lanes that are shown', () => {
    expect([...bars.keys()]).toEqual([4]);
    expect(bars.get(4)).toEqual([
      { fromUs: 1_000, toUs: 1_100, outcome: 'succeeded', count: 1 },
      { fromUs: 1_500, toUs: 1_600, outcome: 'failed', count: 3 },
    ]);
  });
  it('are found at a time or next to it', () => {
    const own = bars.get(4) ?? [];
    expect(barAt(own, 1_550, 0)?.outcome).toBe('failed');
    expect(barAt(own, 1_120, 10)).toBe(null);
    expect(barAt(own, 1_120, 30)?.outcome).toBe('succeeded');
    expect([stepBar(own, 1_000, 1)?.fromUs, stepBar(own, 1_500, -1)?.fromUs, stepBar(own, 1_500, 1)]).toEqual([
      1_500,
      1_000,
      null,
    ]);
  });
  it('lead to their attempt', () => {
    const filter = attemptFilter(lane(1, 'a', 3), 990, { fromUs: 1_000, toUs: 1_100, outcome: 'failed', count: 1 });
    expect(filter).toMatchObject({
      pid: { include: [3] },
      outcome: { include: ['failed'] },
      fromUs: 1_000,
      toUs: 1_001,
    });
  });
});

it('finds the lane of a process, of several with its pid the one that was there', () => {
  const lanes = [lane(1, 'a', 5, { endUs: 40 }), lane(2, 'a', 5, { startUs: 50 }), lane(3, 'b', 5)];
  expect([
    laneOf(lanes, 'a', 5, null, 60),
    laneOf(lanes, 'a', 5, null, null),
    laneOf(lanes, 'b', null, 'Process-5', 0),
  ]).toEqual([1, 0, 2]);
  expect(laneOf(lanes, 'c', 5, null, 0)).toBe(-1);
});

it('shortens names to what fits beside a lane', () => {
  expect(['Process-12', 'process003', 'a-very-long-worker-7'].map((process) => shortName({ process, pid: 1 }))).toEqual(
    ['P-12', 'P-003', '…worker-7'],
  );
  expect([shortName({ process: null, pid: 42 }), shortName({ process: null, pid: null })]).toEqual(['42', '?']);
});

it('tells the life of a process', () => {
  expect(lifeSentence(lane(1, 'a', 1, { endUs: 65e6, exitCode: -9, replacedBy: 2 }))).toBe(
    'It ran for 1 m 05 s; ended with exit code -9 (killed from outside, often for want of memory); another took its place.',
  );
  expect(lifeSentence(lane(1, 'a', 1, { endUs: null, exitCode: null, attempts: 0 }))).toBe(
    'It started, and its end is not in the logs; it never picked up a mini-batch.',
  );
});

describe('the busy share of a process', () => {
  it('is its work in all of its known life, with init()', () => {
    expect(busyShare({ busySeconds: 6, idleSeconds: 3, initSeconds: 1 })).toBe(0.6);
    expect(busyShare({ busySeconds: 6, idleSeconds: 6, initSeconds: null })).toBe(0.5);
    expect(busyShare({ busySeconds: 0, idleSeconds: 0, initSeconds: null })).toBe(0);
  });
  it('is unknown if the idle time is', () => {
    expect(busyShare({ busySeconds: 6, idleSeconds: null, initSeconds: 1 })).toBeNull();
  });
});
