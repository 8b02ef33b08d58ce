import { describe, expect, test } from 'vitest';
import { blockWithoutCodes, hasStates, lastStateAt, shownText, statesOf, withoutCodes } from './terminal.ts';

const clean = (text: string) => withoutCodes(Buffer.from(text)).toString('utf8');

describe('the codes of a terminal', () => {
  test.each([
    ['\u001b[31mERROR\u001b[0m boom', 'ERROR boom'],
    ['\u001b[1;38;5;196mERR\u001b[mOR', 'ERROR'],
    ['\u001b[38;2;255;0;0mred\u001b[K', 'red'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;https://x.y\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['a\u001b[2Kb\u001b[1A', 'ab'],
    ['\u001b[?25lhidden\u001b[?25h', 'hidden'],
    ['\u001b(Btext', 'text'],
    ['\u001b7saved\u001b8', 'saved'],
    ['N\bNA\bAM\bM', 'NAM'],
    ['|\b/\b-\b done', ' done'],
    ['한\b글', '글'],
    ['plain', 'plain'],
  ])('%j is shown as %j', (text, shown) => {
    expect(clean(text)).toBe(shown);
    expect(shownText(text)).toBe(shown);
  });

  test('that are cut or are none leave the rest', () => {
    expect(clean('x\u001b')).toBe('x');
    expect(clean('x\u001b[31')).toBe('x');
    expect(clean('a\u001b]0;no end\nnext line')).toContain('\nnext line');
    expect(clean('a\n\bb')).toBe('a\nb');
  });

  test('leave the number of lines as it is', () => {
    const text = '\u001b[31ma\n\u001b[0m\nb\b\b\n\u001b]0;t\nc';
    expect(clean(text).split('\n')).toHaveLength(text.split('\n').length);
  });

  test.each(['\b', '\u001b[0m', 'a\n\b', 'a\n\u001b[0m', 'a\n\u001b[0m\n', 'a\u001b[0m', ''])(
    'leave the last line of a block %j a line',
    (text) => {
      const lines = (of: string) => of.replace(/\n$/, '').split('\n').length - (of === '' ? 1 : 0);
      expect(lines(blockWithoutCodes(Buffer.from(text)).toString())).toBe(lines(text));
      expect(shownText(blockWithoutCodes(Buffer.from(text)).toString())).toBe(clean(text));
    },
  );

  test('are not looked for where there are none', () => {
    const bytes = Buffer.from('plain text\n');
    expect(withoutCodes(bytes)).toBe(bytes);
  });
});

describe('a line that is rewritten', () => {
  test.each([
    [' 10%|#  |\r 50%|## |\r100%|###| done', '100%|###| done'],
    ['a\rb\r', 'b'],
    ['a\r   \r', 'a'],
    ['text\r', 'text'],
    ['text\r\r', 'text'],
    ['text', 'text'],
    ['\r', ''],
  ])('%j shows %j', (text, shown) => {
    const bytes = Buffer.from(text);
    const from = lastStateAt(bytes, 0, bytes.length);
    expect(bytes.toString('utf8', from).replace(/\s*\r.*$/s, '')).toBe(shown);
    expect(shownText(text)).toBe(shown);
  });

  test('has all its states', () => {
    expect(statesOf('a\rb\r \rc')).toEqual(['a', 'b', 'c']);
    expect(hasStates(Buffer.from('a\rb\n'))).toBe(true);
    expect(hasStates(Buffer.from('a\r\nb\r\n'))).toBe(false);
    expect(hasStates(Buffer.from('a\r'))).toBe(false);
  });
});
