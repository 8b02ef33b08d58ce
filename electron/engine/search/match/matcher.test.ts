import { describe, expect, test } from 'vitest';
import { emptyFilter } from '../../../contract/empty-filter.ts';
import type { Filter } from '../../../contract/filter.ts';
import { parseQuery } from '../query/query.ts';
import { createMatcher, type Matcher } from './matcher.ts';

function matcherOf(query: string, filter: Partial<Filter> = {}): Matcher {
  return createMatcher(parseQuery({ ...emptyFilter, ...filter, query }).expr);
}

function found(matcher: Matcher, bytes: Buffer, from = 0, to = bytes.length): [number, string][] {
  const lines: [number, string][] = [];
  matcher.findLines(bytes, from, to, (start, end, index) => {
    lines.push([index, bytes.toString('utf8', start, end)]);
    return undefined;
  });
  return lines;
}

const search = (query: string, text: string | Buffer, filter: Partial<Filter> = {}) =>
  found(matcherOf(query, filter), Buffer.from(text));

describe('scripts without spaces, composed and decomposed', () => {
  const finds = (query: string, line: string) => createMatcher(parseQuery({ ...emptyFilter, query }).expr).test(line);

  test.each<[string, string, boolean]>([
    ['오류', '오류가 났습니다', true],
    ['민국', '대한민국', true],
    ['batch17', '시작batch17끝', true],
    ['17', '시작batch17끝', false],
    ['시작batch17', '시작batch17끝', true],
    ['エラー', '重大エラー123', true],
    ['123', '重大エラー123', true],
    ['错误', '发生错误了', true],
    ['ผิดพลาด', 'ข้อผิดพลาดที่โหนด', true],
    ['오류', '오류가'.normalize('NFD'), true],
    ['오류'.normalize('NFD'), '오류가', true],
    ['오', '온도', false],
    ['오', '온도'.normalize('NFD'), false],
    ['か', 'か\u3099', false],
    ['café', 'un cafe\u0301 noir', true],
    ['cafe\u0301', 'un café noir', true],
    ['cafe', 'un cafe\u0301 noir', false],
    ['caf', 'café', false],
    ['/か$|timeouts か/', 'timeouts か\u3099', true],
  ])('%j in %j: %j', (query, line, expected) => {
    expect(finds(query, line)).toBe(expected);
    const bytes = Buffer.from(`x\n${line}\n`);
    let lines = 0;
    createMatcher(parseQuery({ ...emptyFilter, query }).expr).findLines(bytes, 0, bytes.length, () => {
      lines++;
      return undefined;
    });
    expect(lines).toBe(expected ? 1 : 0);
  });
});

describe('lines', () => {
  test('are what stands between line ends; the last one needs none', () => {
    expect(search('', 'a\nb\n')).toEqual([
      [0, 'a'],
      [1, 'b'],
    ]);
    expect(search('', 'a\n\nb')).toEqual([
      [0, 'a'],
      [1, ''],
      [2, 'b'],
    ]);
    expect(search('', '')).toEqual([]);
    expect(search('', '\n')).toEqual([[0, '']]);
    expect(search('-x', '\n\n')).toEqual([
      [0, ''],
      [1, ''],
    ]);
    expect(search('^$', 'a\n\nb\n', { mode: 'regex' })).toEqual([[1, '']]);
    expect(search('x*', 'a\n', { mode: 'regex' })).toEqual([[0, 'a']]);
  });

  test.each(['', 'é', '😀'])('end before one trailing \\r, not at an inner one %s', (extra) => {
    const text = `a${extra}\r\nb\rc\r\r\n\r\n${extra}d\r`;
    expect(search('', text)).toEqual([
      [0, `a${extra}`],
      [1, 'b\rc\r'],
      [2, ''],
      [3, `${extra}d`],
    ]);
    expect(search('\\r', text, { mode: 'regex' })).toEqual([[1, 'b\rc\r']]);
    expect(search('c\r', text, { mode: 'fixed' })).toEqual([[1, 'b\rc\r']]);
    expect(search('d$', text, { mode: 'regex' })).toEqual([[3, `${extra}d`]]);
    expect(search('-a*', text)).toEqual([
      [1, 'b\rc\r'],
      [2, ''],
      [3, `${extra}d`],
    ]);
    expect(search('^.?$', '\r', { mode: 'regex' })).toEqual([[0, '']]);
  });

  test('of a part of the bytes', () => {
    const bytes = Buffer.from('x é\nx 1\ny\nx 😀\r\nx 2\n');
    const from = bytes.indexOf('x 1');
    expect(found(matcherOf('x'), bytes, from, bytes.indexOf('x 2'))).toEqual([
      [0, 'x 1'],
      [2, 'x 😀'],
    ]);
    expect(found(matcherOf('/x .$/'), bytes, from)).toEqual([
      [0, 'x 1'],
      [2, 'x 😀'],
      [3, 'x 2'],
    ]);
    expect(found(matcherOf('x'), bytes, from, from)).toEqual([]);
  });

  test('any alignment of the bytes in memory', () => {
    for (let shift = 0; shift < 8; shift++) {
      const bytes = Buffer.concat([
        Buffer.alloc(shift, 10),
        Buffer.from('abcdefg hit\nabc é\nabcdefghi 😀 hit\nabcde\nhit'),
      ]).subarray(shift);
      expect(found(matcherOf('hit'), bytes).map(([index]) => index)).toEqual([0, 2, 4]);
      expect(found(matcherOf('/\\bh[i]t$/'), bytes).map(([index]) => index)).toEqual([0, 2, 4]);
    }
  });

  test('damaged UTF-8 is U+FFFD, and no letter', () => {
    const bytes = Buffer.concat([
      Buffer.from('foo'),
      Buffer.from([0xff]),
      Buffer.from('bar\nfoo\n'),
      Buffer.from([0xc3]),
      Buffer.from('foo'),
    ]);
    expect(search('foo', bytes)).toEqual([
      [0, 'foo\ufffdbar'],
      [1, 'foo'],
      [2, '\ufffdfoo'],
    ]);
    expect(search('*\ufffd*', bytes)).toHaveLength(2);
    expect(search('foo.bar', bytes, { mode: 'regex' })).toHaveLength(1);
  });

  test('more text than is taken at once', () => {
    const lines = Array.from({ length: 60_000 }, (_, k) => `${k} ${'x'.repeat(k % 97)}${k % 1_000 === 0 ? ' é' : ''}`);
    const bytes = Buffer.from(lines.join('\r\n'));
    const expected = lines.flatMap((line, k) => (/\b\d*77\b/.test(line) ? [k] : []));
    for (const query of ['*77', '/\\d*77\\b/']) {
      expect(found(matcherOf(query), bytes).map(([index]) => index)).toEqual(expected);
    }
    expect(found(matcherOf('-"nothing like it"'), bytes)).toHaveLength(lines.length);
  });

  test('many words at once', () => {
    const query = 'one OR two OR *hre* OR four* OR -x OR /si./ OR "se ven" OR eight OR nine OR ten';
    expect(
      search(query, 'x one\nx two\nx threes\nx fours\nx fiver\nx six\nx se ven\nx ten é\nx tens\ny').map(([k]) => k),
    ).toEqual([0, 1, 2, 3, 5, 6, 7, 9]);
    const all = ['one', 'two', 'three', 'four', 'five', 'six', 'a-', '-b'];
    expect(search(all.join(' OR ').replace('-b', '"-b"'), `${all.join('\n')}\nones\nxa-\n-bx`).map(([k]) => k)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
  });

  test('finding stops when told to', () => {
    const lines: number[] = [];
    matcherOf('a').findLines(Buffer.from('a\na\na é\na'), 0, 10, (_start, _end, index) => {
      lines.push(index);
      return lines.length < 2;
    });
    expect(lines).toEqual([0, 1]);
  });

  test('testing and highlighting a line while lines are being found', () => {
    const matcher = matcherOf('a b');
    const bytes = Buffer.from('a b\nb\na\nb a\nb é a\n');
    const lines: string[] = [];
    matcher.findLines(bytes, 0, bytes.length, (start, end) => {
      const line = bytes.toString('utf8', start, end);
      expect(matcher.test(line)).toBe(true);
      expect(matcher.test('a')).toBe(false);
      expect(matcher.highlights(line)).toHaveLength(2);
      lines.push(line);
      return undefined;
    });
    expect(lines).toEqual(['a b', 'b a', 'b é a']);
  });

  test('a very long literal', () => {
    const text = 'Ünd '.repeat(20_000).trim();
    expect(search(`"${text.toLowerCase()}"`, `x\n${text.toUpperCase()}\n`)).toHaveLength(1);
    expect(search(`"${text}"`, `x\n${text}d\n${text}\n`)).toHaveLength(1);
  });

  test('a word beside characters beyond U+FFFF', () => {
    expect(search('x', '𐐀x\n😀x\nx𐐀\nx😀')).toEqual([
      [1, '😀x'],
      [3, 'x😀'],
    ]);
    expect(search('𐐀', '𐐀𐐀 𐐀\n𐐀𐐀')).toEqual([[0, '𐐀𐐀 𐐀']]);
    expect(search('𐐨', '𐐀')).toHaveLength(1);
  });
});

describe('highlights', () => {
  test.each<[string, string, [number, number][]]>([
    [
      'a',
      'a ba a',
      [
        [0, 1],
        [5, 6],
      ],
    ],
    [
      '*a*',
      'aaba',
      [
        [0, 1],
        [1, 2],
        [3, 4],
      ],
    ],
    ['*ab* *bc*', 'xabc', [[1, 4]]],
    [
      'a OR b',
      'b a',
      [
        [0, 1],
        [2, 3],
      ],
    ],
    ['a -b -(NOT a)', 'a c', [[0, 1]]],
    [
      '/\\d+/',
      '12 é 345',
      [
        [0, 2],
        [5, 8],
      ],
    ],
    [
      '/x*/',
      'axx😀x',
      [
        [1, 3],
        [5, 6],
      ],
    ],
    ['/^/', 'abc', []],
    [
      'straße',
      'STRAẞE 😀 straße',
      [
        [0, 6],
        [10, 16],
      ],
    ],
    ['', 'abc', []],
  ])('%j in %j', (query, line, expected) => {
    // Merge adjacent ranges.
    const touching = expected.reduce<[number, number][]>((list, [start, end]) => {
      const last = list.at(-1);
      if (last !== undefined && last[1] === start) last[1] = end;
      else list.push([start, end]);
      return list;
    }, []);
    expect(matcherOf(query).highlights(line)).toEqual(touching);
  });

  test('at most 1,000', () => {
    expect(matcherOf('a').highlights('a '.repeat(5_000))).toHaveLength(1_000);
    expect(matcherOf('/a/').highlights('a '.repeat(5_000))).toHaveLength(1_000);
  });
});
