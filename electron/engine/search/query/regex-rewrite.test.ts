import { describe, expect, test } from 'vitest';
import { rewriteRegex } from './regex-rewrite.ts';
import type { Alphabet } from './regex-sets.ts';
import { parseRegex } from './regex-syntax.ts';

function write(source: string, alphabet: Alphabet, caseSensitive: boolean, purpose: 'finding' | 'showing' = 'finding') {
  return rewriteRegex(parseRegex(source), { alphabet, purpose, caseSensitive });
}

/** Returns the numbers of the matching lines, found over all lines in one pass. */
function linesOf(source: string, lines: string[], caseSensitive: boolean): number[] {
  const text = lines.join('\n');
  const alphabet = /^[\0-\x7f]*$/.test(text) ? 'ascii' : /[\ud800-\udfff]/.test(text) ? 'unicode' : 'bmp';
  const forms: Alphabet[] =
    alphabet === 'ascii' ? ['ascii', 'bmp', 'unicode'] : alphabet === 'bmp' ? ['bmp', 'unicode'] : ['unicode'];
  const found = forms.map((form) => {
    const pattern = write(source, form, caseSensitive);
    const numbers = new Set<number>();
    for (let from = 0; from <= text.length; ) {
      pattern.lastIndex = from;
      if (!pattern.test(text)) break;
      const at = pattern.lastIndex;
      numbers.add(text.slice(0, at).split('\n').length - 1);
      from = text.indexOf('\n', at) + 1;
      if (from === 0) break;
    }
    return [...numbers];
  });
  for (const one of found) expect(one).toEqual(found[0]);
  return found[0] ?? [];
}

describe('over many lines an expression matches what it matches in each line alone', () => {
  test.each<[string, string[], number[]]>([
    ['a.*b', ['a', 'b', 'ab', 'a\rb'], [2, 3]],
    ['a[^x]b', ['a', 'b', 'a b', 'axb'], [2]],
    ['a\\sb', ['a', 'b', 'a b', 'a\tb', 'a\u00a0b', 'a\u0085b', 'a\ufeffb'], [2, 3, 4, 5]],
    ['a\\Sb', ['a', 'b', 'a b', 'axb', 'a\ufeffb'], [3, 4]],
    ['a\\Wb', ['a', 'b', 'a b', 'aéb'], [2]],
    ['a\\wb', ['aéb', 'a日b', 'a_b', 'a٣b', 'a\u0301b', 'a-b'], [0, 1, 2, 3, 4]],
    ['^\\d$', ['7', '٣', '77', 'x'], [0, 1]],
    ['^\\D$', ['7', '٣', '', 'x'], [3]],
    ['\\bx\\b', ['x', 'éx', 'x-', '日x', 'ax', 'x\u0301'], [0, 2]],
    ['\\Bx', ['x', 'éx', ' x'], [1]],
    ['x\\B', ['x', 'xé', 'x '], [1]],
    ['\\b-', ['-', 'é-', ' -'], [1]],
    ['-\\b', ['-', '-é', '- '], [1]],
    ['\\B-', ['-', 'é-', ' -'], [0, 2]],
    ['\\b\\w{2}\\b', ['éa', 'éab', '-éa-', 'a'], [0, 2]],
    ['\\d\\b\\s', ['é1', '1 ', '٣ '], [1, 2]],
    ['(?:a|-)\\b(?:é|-)', ['aé', 'a-', '-é', '--'], [1, 2]],
    ['a?\\bé', ['aé', '-é', 'é'], [1, 2]],
    ['^b', ['ab', 'b', 'a\rb', 'a\u2028b'], [1]],
    ['a$', ['ab', 'a', 'a\rb', 'a\u2028b'], [1]],
    ['^$', ['', 'a', ''], [0, 2]],
    ['^', ['', 'a'], [0, 1]],
    ['x*', ['', 'a'], [0, 1]],
    ['a\\nb', ['a', 'b', 'ab'], []],
    ['a\\n?b', ['a', 'b', 'ab'], [2]],
    ['[\\n]', ['a', 'b'], []],
    ['a[\\x00-\\x1f]', ['a', 'b', 'a\t'], [2]],
    ['a[\\s\\S]b', ['a', 'b', 'a-b'], [2]],
    ['a[^]b', ['a', 'b', 'a-b'], [2]],
    ['a[]', ['a', 'b'], []],
    ['a\\p{Cc}', ['a', 'b', 'a\t'], [2]],
    ['a\\P{L}b', ['a', 'b', 'a1b'], [2]],
    ['a(?!.)', ['a', 'b', 'ab'], [0]],
    ['(?<!.)a', ['b', 'a', 'ba'], [1]],
    ['(?<=^|,)a', ['xa', 'a', ',a'], [1, 2]],
    ['(.)\\1', ['ab', 'ba', 'aa', '😀😀'], [2, 3]],
    ['(?<n>.)-\\k<n>', ['a-b', 'a-a'], [1]],
    ['^.$', ['', 'a', '日', '😀', 'ab'], [1, 2, 3]],
    ['^[^a]$', ['', 'a', '日', '😀', 'ab'], [2, 3]],
    ['[😀-😂]', ['😁', '🙁'], [0]],
    ['😀{2}', ['😀', '😀😀'], [1]],
    ['(?s:a.b)', ['a', 'b', 'a\rb'], [2]],
    ['(?m:^b)', ['ab', 'b'], [1]],
  ])('/%s/', (source, lines, expected) => {
    expect(linesOf(source, lines, true)).toEqual(expected);
  });

  test.each<[string, string[], number[]]>([
    ['straße', ['STRAßE', 'STRAẞE', 'STRASSE'], [0, 1]],
    ['ΣΊΣΥΦΟΣ', ['σίσυφος', 'ΣΊΣΥΦΟΣ'], [0, 1]],
    ['task', ['TASK', 'taſk', 'TAS\u212a'], [0, 1, 2]],
    ['ta\\u017f\\u212a', ['TASK', 'task'], [0, 1]],
    ['[k-t]x', ['KX', 'ſx', '\u212ax', 'ax'], [0, 1, 2]],
    ['[^k]x', ['KX', '\u212ax', 'ax'], [2]],
    ['i', ['I', 'İ', 'ı'], [0]],
    ['(?-i:a)b', ['ab', 'aB', 'Ab'], [0, 1]],
    ['[^\\p{Lu}]', ['a', '1'], [1]],
    ['\\P{Lu}', ['a', '1'], [1]],
    ['(a)-\\1', ['a-A', 'a-b'], [0]],
    ['\\ufb05', ['ﬆ'], [0]],
    ['𐐀', ['𐐨'], [0]],
  ])('/%s/i', (source, lines, expected) => {
    expect(linesOf(source, lines, false)).toEqual(expected);
  });

  test('(?i:…) within an expression that minds case', () => {
    expect(linesOf('(?i:a)b', ['Ab', 'AB'], true)).toEqual([0]);
    expect(linesOf('(?i:[k])b', ['\u212ab', 'KB'], true)).toEqual([0]);
  });
});

describe('syntax that is valid only without the flag u', () => {
  test.each<[string, string, boolean]>([
    ['a\\_b', 'a_b', true],
    ['a\\-b', 'a-b', true],
    ['a\\"\\ \\<', 'a" <', true],
    ['a]', 'a]', true],
    ['a}', 'a}', true],
    ['a{', 'a{', true],
    ['a{x}', 'a{x}', true],
    ['a{,2}', 'a{,2}', true],
    ['^a{2}$', 'aa', true],
    ['{"a": 1}', '{"a": 1}', true],
    ['[\\w-.]+$', 'a-.', true],
    ['^[a-\\d]$', '-', true],
    ['[\\-\\_]', '-', true],
    ['^[[]$', '[', true],
    ['^[{}]$', '}', true],
    ['\\p{L}\\_', 'é_', true],
    ['\\u{e9}\\_', 'é_', true],
    ['\\x41\\cJ?', 'A', true],
    ['[\\b]', '\b', true],
    ['\\é', 'é', true],
  ])('/%s/ on %j', (source, text, expected) => {
    expect(write(source, 'unicode', true).test(text)).toBe(expected);
  });
});

describe('to find lines', () => {
  test.each<[string, string]>([
    ['.*x', 'x'],
    ['^.*x.*$', 'x'],
    ['x.*$', 'x'],
    ['\\w+=', '[0-9A-Z\\u005fa-z]\\u003d'],
    ['a{2,5}b{3,}', 'a{2}b{3}'],
    ['(?:a*b|c+)d?', '(?:b|c)'],
    ['(a+)b', '(?:a)b'],
    ['\\ba+', '\\ba'],
    ['(a+)b\\1', '(a+)b(?:\\1)'],
    ['a+(?=b+)', 'a(?=b+)'],
    ['.*', ''],
  ])('/%s/ is tried as /%s/', (source, expected) => {
    expect(write(source, 'ascii', true).source).toBe(expected === '' ? '(?:)' : expected);
  });

  test('and to show what matched, it is whole', () => {
    expect('xx aab'.match(write('\\w+b', 'unicode', true, 'showing'))).toEqual(['aab']);
  });
});
