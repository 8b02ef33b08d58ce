import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeText } from '../../../base/safe-text.ts';
import { ANSI_BOLD, ansiColour, ansiRuns } from './ansi.ts';
import { findFilter, findPattern } from './find.ts';
import { canHidePrefix, lineParts, literalPattern, type Overlay, rangesOf } from './line-parts.ts';

const plain: Overlay = { prefix: 0, matches: [], found: [], colours: [], showsCodes: true };

test('the parts of a line, one after the other, are its text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), fc.nat(20), fc.nat(20), (text, prefix, start, length) => {
      const range: [number, number] = [start, start + length];
      const overlay = { ...plain, prefix, matches: [range], colours: [{ colour: 3, ranges: [range] }] };
      const drawn = lineParts(text, overlay).map((part) => part.text);
      expect(drawn.join('')).toBe(safeText(text));
    }),
  );
});

test('parts start where the original text has them, whatever signs stand before', () => {
  const text = '\u0000\u0000err\u0007or found';
  const parts = lineParts(text, { ...plain, prefix: 2, matches: [[9, 14]] });
  expect(
    parts.map(({ start, text: drawn, isMatch, isEscaped, isPrefix }) => [start, drawn, isMatch, isEscaped, isPrefix]),
  ).toEqual([
    [0, '␀␀', false, true, true],
    [2, 'err', false, false, false],
    [5, '␇', false, true, false],
    [6, 'or ', false, false, false],
    [9, 'found', true, false, false],
  ]);
});

test('a run of one sign is counted', () => {
  expect(lineParts('\u0000'.repeat(3000), plain).map((part) => part.text)).toEqual(['␀ × 3,000']);
});

test('colours of a terminal are obeyed, their codes left out unless asked for', () => {
  const text = '\u001b[1;31mred\u001b[0m plain \u001b[38;5;200mpink\u001b]0;title\u0007';
  const parts = lineParts(text, { ...plain, showsCodes: false });
  expect(parts.map((part) => part.text)).toEqual(['red', ' plain ', 'pink']);
  expect(ansiColour(parts[0]?.ansi ?? 0)).toBe('red');
  expect((parts[0]?.ansi ?? 0) & ANSI_BOLD).toBe(ANSI_BOLD);
  expect(parts[1]?.ansi).toBe(0);
  expect(
    lineParts(text, plain)
      .map((part) => part.text)
      .join(''),
  ).toBe(safeText(text));
});

test('escape sequences cover the line without gap or overlap, however they are cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('\u001b[', '31', 'm', ';', '38;5', 'x', '\u001b', ']0;', '\u0007')),
      (pieces) => {
        const text = pieces.join('');
        let at = 0;
        for (const run of ansiRuns(text)) {
          expect(run.start).toBe(at);
          expect(run.end).toBeGreaterThan(run.start);
          at = run.end;
        }
        expect(at === text.length || at === 0).toBe(true);
      },
    ),
  );
});

test('a prefix is left out only where nothing in it was found', () => {
  expect(canHidePrefix({ ...plain, prefix: 10 })).toBe(true);
  expect(canHidePrefix({ ...plain, prefix: 10, matches: [[9, 12]] })).toBe(false);
  expect(canHidePrefix({ ...plain, prefix: 10, matches: [[10, 12]] })).toBe(true);
  expect(canHidePrefix({ ...plain, prefix: 10, colours: [{ colour: 1, ranges: [[0, 4]] }] })).toBe(false);
  expect(canHidePrefix(plain)).toBe(false);
});

test('a literal is found as it stands; a capital letter makes case count', () => {
  expect(rangesOf('a.b A.B aXb', literalPattern('a.b'))).toEqual([
    [0, 3],
    [4, 7],
  ]);
  expect(rangesOf('a.b A.B', literalPattern('A.b'))).toEqual([]);
  expect(rangesOf('aaa', /(?:)/g)).toEqual([]);
});

test('what find asks of the engine and what it draws are the same', () => {
  const base = { text: 'a+b', isRegex: false, isCased: false, isWord: false };
  expect(findFilter({ ...base, text: '' })).toBeNull();
  expect(findFilter(base)).toMatchObject({ query: 'a+b', mode: 'fixed', matchCase: 'smart' });
  expect(findFilter({ ...base, isWord: true })).toMatchObject({
    query: '\\b(?:a\\+b)\\b',
    mode: 'regex',
    matchCase: 'no',
  });
  expect(findPattern(base)?.test('xA+By')).toBe(true);
  expect(findPattern({ ...base, isWord: true })?.test('xa+by')).toBe(false);
  expect(findPattern({ ...base, text: '(', isRegex: true })).toBeNull();
  expect(findPattern({ ...base, text: 'A.b', isRegex: true })?.test('aXb')).toBe(false);
});
