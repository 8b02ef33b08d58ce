/** Tests how numbers, sizes, durations and times are written. */
import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatDuration,
  formatMeasured,
  formatNumber,
  formatPercent,
  formatTimes,
} from './format.ts';
import { formatClock, formatDateTime, formatSince, timeTicks } from './format-time.ts';

const t = Date.UTC(2021, 5, 9, 15, 31, 7, 101) * 1000;

describe('numbers', () => {
  it('groups by thousands and keeps the sign off zero', () => {
    expect([0, 999, 1000, 1234567, -12345].map((n) => formatNumber(n))).toEqual([
      '0',
      '999',
      '1,000',
      '1,234,567',
      '−12,345',
    ]);
    expect(formatNumber(-0.01, 1)).toBe('0.0');
    expect(formatNumber(null)).toBe('–');
  });
  it('agrees the noun with the number', () => {
    expect(formatCount(1, 'line')).toBe('1 line');
    expect(formatCount(12000, 'mini-batch', 'mini-batches')).toBe('12,000 mini-batches');
  });
  it('writes bytes with three figures at most', () => {
    expect([0, 512, 999, 1000, 999_499, 999_500, 1.4e9, 400e6].map(formatBytes)).toEqual([
      '0 B',
      '512 B',
      '999 B',
      '1.0 kB',
      '999 kB',
      '1.0 MB',
      '1.4 GB',
      '400 MB',
    ]);
    expect(formatCompact(12345)).toBe('12.3 k');
    expect(formatCompact(17)).toBe('17');
  });
  it('writes durations in two units and never as 60 of the smaller', () => {
    expect(
      [0, 0.00002, 0.012, 0.9996, 3.2, 59.94, 59.96, 245, 3599.6, 3862, 86_399, 97_200].map(formatDuration),
    ).toEqual([
      '0 s',
      '20 µs',
      '12 ms',
      '1.0 s',
      '3.2 s',
      '59.9 s',
      '1 m 00 s',
      '4 m 05 s',
      '1 h 00 m',
      '1 h 04 m',
      '1 d 00 h',
      '1 d 03 h',
    ]);
  });
  it('writes a measured value in its unit', () => {
    expect(formatMeasured(1.4e9, 'bytes')).toBe('1.4 GB');
    expect(formatMeasured(3e6, 'bytes/s')).toBe('3.0 MB/s');
    expect(formatMeasured(2.44, '%')).toBe('2.4 %');
    expect(formatMeasured(12_000, 'count')).toBe('12,000');
    expect(formatMeasured(null, 'bytes')).toBe('–');
    expect(formatTimes(2.44)).toBe('2.4×');
    expect(formatTimes(null)).toBe('–');
  });
  it('says 0 % and 100 % only of nothing and everything', () => {
    expect([0, 0.0001, 0.5, 0.123, 0.9999, 1].map(formatPercent)).toEqual([
      '0 %',
      '< 0.1 %',
      '50 %',
      '12.3 %',
      '99.9 %',
      '100 %',
    ]);
  });
});

describe('times', () => {
  it('writes to the millisecond in UTC', () => {
    expect(formatClock(t, 'utc')).toBe('15:31:07.101');
    expect(formatDateTime(t, 'utc')).toBe('2021-06-09 15:31:07.101');
    expect(formatSince(t + 3.2e6, t)).toBe('+3.2 s');
    expect(formatSince(t - 3.2e6, t)).toBe('−3.2 s');
  });
  it('puts ticks at round times, with the date at midnight', () => {
    const ticks = timeTicks(t, t + 3600e6 * 12, 8, 'utc');
    expect(ticks.map((tick) => tick.label)).toEqual(['16:00', '18:00', '20:00', '22:00', '2021-06-10', '02:00']);
    expect(timeTicks(t, t, 8, 'utc')).toEqual([]);
  });
});
