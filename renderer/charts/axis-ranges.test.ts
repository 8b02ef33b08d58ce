import { describe, expect, it } from 'vitest';
import { type AxisSources, axisRanges } from './axis-ranges.ts';

const nothing: AxisSources = {
  lines: null,
  run: { startUs: null, endUs: null },
  filter: { fromUs: null, toUs: null },
  zoom: undefined,
};
const known: AxisSources = {
  ...nothing,
  lines: { fromUs: 100e6, toUs: 900e6 },
  run: { startUs: 100e6, endUs: 900e6 },
};

describe('the ranges of the time axis', () => {
  it('are the whole run without filter and zoom', () => {
    const whole = { fromUs: 100e6, toUs: 900e6 };
    expect(axisRanges(known)).toEqual({ full: whole, filtered: null, settled: whole });
  });
  it('are those of the run until the lines are known, and never empty', () => {
    expect(axisRanges({ ...known, lines: null }).full).toEqual({ fromUs: 100e6, toUs: 900e6 });
    expect(axisRanges({ ...nothing, run: { startUs: 5e6, endUs: null } }).full).toEqual({ fromUs: 5e6, toUs: 6e6 });
    expect(axisRanges(nothing).full).toEqual({ fromUs: 0, toUs: 1e6 });
  });
  it('show what the filter leaves, with the bound of the run where it sets none', () => {
    const left = { fromUs: 300e6, toUs: 900e6 };
    const ranges = axisRanges({ ...known, filter: { fromUs: 300e6, toUs: null } });
    expect(ranges).toMatchObject({ filtered: left, settled: left });
    const inverted = axisRanges({ ...known, filter: { fromUs: 300e6, toUs: 200e6 } });
    expect(inverted.filtered).toEqual({ fromUs: 300e6, toUs: 300e6 + 1 });
  });
  it('show the zoom rather than what the filter leaves', () => {
    const filter = { fromUs: 300e6, toUs: 400e6 };
    const zoom = { fromUs: 310e6, toUs: 320e6 };
    expect(axisRanges({ ...known, filter, zoom })).toMatchObject({ filtered: filter, settled: zoom });
    expect(axisRanges({ ...known, filter, zoom: null }).settled).toEqual({ fromUs: 100e6, toUs: 900e6 });
  });
});
