import { describe, expect, it } from 'vitest';
import { formatChord, isTypingChord, type KeyPress, matchesChord, parseChord } from './chords.ts';
import { formatBytes, formatCompact, formatCount, formatDuration, formatNumber, formatPercent } from './format.ts';
import { formatClock, formatDateTime, formatSince, timeTicks } from './format-time.ts';
import { safeText, textSegments } from './safe-text.ts';

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

describe('hostile text', () => {
  it('leaves plain text, tabs and other scripts alone', () => {
    const text = 'a\tb é 漢字 🙂 עברית';
    expect(textSegments(text)).toEqual([{ text, start: 0, end: text.length, escaped: false }]);
  });
  it('shows control and bidi characters, with offsets of the original', () => {
    expect(textSegments('a\u001b[0m\u202eb').map((s) => [s.text, s.start, s.end, s.escaped])).toEqual([
      ['a', 0, 1, false],
      ['␛', 1, 2, true],
      ['[0m', 2, 5, false],
      ['⟨U+202E⟩', 5, 6, true],
      ['b', 6, 7, false],
    ]);
    expect(safeText('x\u0000\u200b\ud800y')).toBe('x␀⟨U+200B⟩⟨U+D800⟩y');
  });
});

describe('chords', () => {
  const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
    key,
    ctrlKey: false,
    shiftKey: false,
    altKey: false,
    metaKey: false,
    ...more,
  });
  it('matches Mod as Ctrl or Cmd', () => {
    expect(matchesChord(press('F', { ctrlKey: true, shiftKey: true }), parseChord('Mod+Shift+F', false))).toBe(true);
    expect(matchesChord(press('f', { metaKey: true, shiftKey: true }), parseChord('Mod+Shift+F', true))).toBe(true);
    expect(matchesChord(press('f', { ctrlKey: true }), parseChord('Mod+Shift+F', false))).toBe(false);
  });
  it('tells n from Shift+N but takes ? with or without Shift', () => {
    expect(matchesChord(press('N', { shiftKey: true }), parseChord('n', false))).toBe(false);
    expect(matchesChord(press('N', { shiftKey: true }), parseChord('Shift+N', false))).toBe(true);
    expect(matchesChord(press('?', { shiftKey: true }), parseChord('?', false))).toBe(true);
  });
  it('writes them as people do', () => {
    expect(formatChord('Mod+Shift+F', false)).toBe('Ctrl+Shift+F');
    expect(formatChord('Mod+Shift+F', true)).toBe('⌘⇧F');
    expect(formatChord('Shift+N', false)).toBe('N');
    expect(formatChord('n', false)).toBe('n');
    expect(isTypingChord(parseChord('n', false))).toBe(true);
    expect(isTypingChord(parseChord('Alt+Z', false))).toBe(false);
  });
});
