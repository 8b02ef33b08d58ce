import { expect, test } from 'vitest';
import type { EngineClient } from '../../../../electron/contract/client.ts';
import { placeAt, scaleOf, shareAt } from './lines-scale.ts';
import { countIn, describeShare, markTrack, nearestPlace, placesOf, type RulerTrack } from './ruler-model.ts';
import { spanOf } from './use-time-span.ts';

const track = (places: RulerTrack['places']): RulerTrack => ({
  id: 'x',
  lane: 'hit',
  token: 'accent',
  title: '',
  total: 1,
  places,
});

test('places are counted exactly, parts by those that are touched', () => {
  expect(countIn({ of: 'each', at: [0, 0.1, 0.2, 0.9] }, 0.1, 0.3)).toBe(2);
  expect(countIn({ of: 'parts', counts: [1, 2, 3, 4] }, 0.25, 0.5)).toBe(2);
  expect(countIn({ of: 'parts', counts: [1, 2, 3, 4] }, 0.2, 0.6)).toBe(6);
});

test('a click near a place goes to it', () => {
  const tracks = [track({ of: 'each', at: [0.1, 0.5] }), track({ of: 'parts', counts: [1] })];
  expect(nearestPlace(tracks, 0.49, 0.02)).toBe(0.5);
  expect(nearestPlace(tracks, 0.3, 0.02)).toBeNull();
});

test('few lines that were found stand where they are, by line or by time; many are counted by parts', async () => {
  const rows = [
    { line: 1, timeUs: 110 },
    { line: 6, timeUs: null },
    { line: 9, timeUs: 190 },
  ];
  const counts = [
    [1, 0],
    [0, 0],
    [2, 2],
    [0, 1],
    [5, 0],
    [0, 7],
  ];
  const call = async (name: string, { start = 0 }: { start?: number }) =>
    name === 'search.rows'
      ? { rows: start === 0 ? rows : [] }
      : { fromUs: 100, toUs: 200, bucketUs: 50, counts, complete: true };
  const client = { call } as unknown as EngineClient;
  const { signal } = new AbortController();
  const few = { searchId: 'a', matches: 3 };
  const byTime = { of: 'time' as const, fromUs: 100, toUs: 200 };
  expect(await placesOf(client, few, 4, { of: 'lines', total: 10 }, signal)).toEqual({ of: 'each', at: [0, 0.5, 0.8] });
  expect(await placesOf(client, few, 4, byTime, signal)).toEqual({ of: 'each', at: [0.1, 0.9] });
  expect(await placesOf(client, { searchId: 'a', matches: 1e6 }, 4, byTime, signal)).toEqual({
    of: 'parts',
    counts: [8, 10],
  });
});

test('a file is measured by its lines, files merged by time by the time', () => {
  const times = { firstUs: 5, lastUs: 9 };
  expect(scaleOf('file', 'file', 12, times)).toEqual({ of: 'lines', total: 12 });
  expect(scaleOf('merged', 'time', 12, times)).toEqual({ of: 'time', fromUs: 5, toUs: 9 });
  expect(scaleOf('merged', 'file', 12, times)).toBeNull();
  expect(scaleOf('file', 'file', 0, times)).toBeNull();
});

test('a share of the scale is a line or a time, and back', () => {
  const lines = { of: 'lines', total: 40 } as const;
  expect([0, 10, 39, 41].map((line) => shareAt(lines, line))).toEqual([0, 0.25, 39 / 40, 1]);
  expect([-0.1, 0, 0.25, 1].map((share) => placeAt(lines, share))).toEqual([0, 0, 10, 39]);
  const times = { of: 'time', fromUs: 100, toUs: 200 } as const;
  expect([100, 150, 200].map((us) => shareAt(times, us))).toEqual([0, 0.5, 1]);
  expect([0, 0.5, 1].map((share) => placeAt(times, share))).toEqual([100, 150, 200]);
});

test('few lines with a wrong clock do not stretch the scale', () => {
  expect(spanOf(0, 100, 200, 300_000)).toEqual({ firstUs: 50, lastUs: 250 });
  expect(spanOf(99, 100, 200, 201)).toEqual({ firstUs: 99, lastUs: 201 });
  expect(spanOf(99, null, null, null)).toEqual({ firstUs: null, lastUs: null });
});

test('a place is described by its line or its time, and by what lies near it', () => {
  const tracks = [{ ...track({ of: 'each', at: [0.1, 0.11, 0.5] }), title: 'hits' }, markTrack([0.1])];
  const lines = { of: 'lines' as const, total: 1_000 };
  expect(describeShare(0.1, lines, tracks, 0.02, 'utc')).toBe('Line 101 · 2 hits · 1 marked line');
  expect(describeShare(1, lines, tracks, 0.02, 'utc')).toBe('Line 1,000');
  const time = { of: 'time' as const, fromUs: 0, toUs: 2e6 };
  expect(describeShare(0.5, time, tracks, 0.02, 'utc')).toMatch(/00:00:01.* · 1 hits$/);
});
