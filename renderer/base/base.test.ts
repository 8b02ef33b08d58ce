import { describe, expect, it } from 'vitest';
import { formatChord, isTypingChord, type KeyPress, matchesChord, parseChord } from './chords.ts';
import { lastPart } from './path-name.ts';
import { isUnsafe, safeText, textSegments } from './safe-text.ts';

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
    expect([isUnsafe('a\u001bb'), isUnsafe('a b')]).toEqual([true, false]);
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

describe('Option on a Mac', () => {
  const option = (key: string, code: string): KeyPress => ({
    key,
    code,
    ctrlKey: false,
    shiftKey: false,
    altKey: true,
    metaKey: false,
  });
  it('types another letter, and the place of the key decides', () => {
    expect(matchesChord(option('ƒ', 'KeyF'), parseChord('Alt+F', true))).toBe(true);
    expect(matchesChord(option('®', 'KeyR'), parseChord('Alt+R', true))).toBe(true);
    expect(matchesChord(option('Ω', 'KeyZ'), parseChord('Alt+Z', true))).toBe(true);
    expect(matchesChord(option('ƒ', 'KeyF'), parseChord('Alt+Z', true))).toBe(false);
  });
  it('leaves a letter that is typed as itself to its letter', () => {
    expect(matchesChord(option('f', 'KeyU'), parseChord('Alt+F', false))).toBe(true);
    expect(matchesChord(option('u', 'KeyF'), parseChord('Alt+F', false))).toBe(false);
  });
});

it('names a path by its end', () => {
  const paths = ['/a/b.zip', 'C:\\a\\b\\', 'C:\\logs\\run.zip', '/tmp/run/', '/'];
  expect(paths.map(lastPart)).toEqual(['b.zip', 'b', 'run.zip', 'run', '/']);
});
