import { expect, test } from 'vitest';
import { seriesPoints, seriesSummary } from './series.ts';
import { CaseBuilder, t } from './testing/case-builder.ts';

const bytes = (values: number[]) => Buffer.from(new Float64Array(values).buffer);

/** Builds a gauge of 1 … 100 and a counter that grows by 10 per second and is reset once. */
function build() {
  const { db } = new CaseBuilder();
  const insert = db.prepare(
    `INSERT INTO series (id, file_id, node, process, pid, metric, unit, counter, points, from_us, to_us, min, max, times, "values", lines, unit_id)
     VALUES (?, 1, 'a', NULL, NULL, ?, '', ?, ?, 0, 0, 0, 0, ?, ?, X'', 1)`,
  );
  const seconds = Array.from({ length: 100 }, (_, index) => index);
  insert.run(1, 'gauge', 0, 100, bytes(seconds.map(t)), bytes(seconds.map((index) => index + 1)));
  insert.run(2, 'counter', 1, 4, bytes([0, 1, 2, 3].map(t)), bytes([0, 10, 0, 10]));
  return db;
}

test('every sample of a range counts in its summary, however many points are drawn', () => {
  const db = build();
  expect(seriesSummary(db, [1], null, null)).toEqual({
    count: 100,
    min: 1,
    p25: 25,
    median: 50,
    p75: 75,
    p95: 95,
    max: 100,
  });
  expect(seriesSummary(db, [1], t(9), t(18))).toMatchObject({ count: 10, min: 10, max: 19 });
  expect(seriesSummary(db, [2], null, null)).toMatchObject({ count: 2, min: 10, max: 10 });
  expect(seriesSummary(db, [1], t(200), null)).toBeNull();
  expect(seriesSummary(db, [3], null, null)).toBeNull();
});

test('points that are drawn keep the extremes, and a reset counter has a gap', () => {
  const db = build();
  const values = seriesPoints(db, 1, null, null, 8)?.values;
  expect([values?.length, values?.[0], values?.at(-1)]).toEqual([4, 1, 100]);
  expect(seriesPoints(db, 2, null, null, 10)?.values).toEqual([10, null, 10]);
});
