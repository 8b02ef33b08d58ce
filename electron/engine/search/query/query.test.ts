import { describe, expect, test } from 'vitest';
import { emptyFilter } from '../../../contract/empty-filter.ts';
import { fileKinds } from '../../../contract/file-records.ts';
import { type Filter, filterSchema } from '../../../contract/filter.ts';
import { type Expr, parseQuery } from './query.ts';

const parse = (query: string, filter: Partial<Filter> = {}) => parseQuery({ ...emptyFilter, ...filter, query });

/** Makes a literal. */
function word(text: string, caseSensitive = false, wholeStart = true, wholeEnd = true): Expr {
  return { type: 'literal', text, wholeStart, wholeEnd, caseSensitive };
}
const part = (text: string, caseSensitive = false) => word(text, caseSensitive, false, false);
const and = (...items: Expr[]): Expr => ({ type: 'and', items });
const or = (...items: Expr[]): Expr => ({ type: 'or', items });
const not = (item: Expr): Expr => ({ type: 'not', item });
const regex = (source: string, caseSensitive = false): Expr => ({ type: 'regex', source, caseSensitive });
const all: Expr = { type: 'all' };

describe('the query language', () => {
  test.each<[string, Expr]>([
    ['', all],
    ['  \t ', all],
    ['timeout', word('timeout')],
    ['  timeout  worker ', and(word('timeout'), word('worker'))],
    ['a OR b', or(word('a'), word('b'))],
    ['a b OR c d', or(and(word('a'), word('b')), and(word('c'), word('d')))],
    ['a (b OR c)', and(word('a'), or(word('b'), word('c')))],
    ['a AND b', and(word('a'), word('b'))],
    ['(a)', word('a')],
    ['((a) (b))', and(word('a'), word('b'))],
    ['-a', not(word('a'))],
    ['a -b', and(word('a'), not(word('b')))],
    ['NOT a', not(word('a'))],
    ['-(a OR b) c', and(not(or(word('a'), word('b'))), word('c'))],
    ['NOT -a', word('a')],
    ['-"a b"', not(word('a b'))],
    ['--flag', word('--flag')],
    ['a - b', and(word('a'), word('-'), word('b'))],
    ['a-b', word('a-b')],
    ['or and not', and(word('or'), word('and'), word('not'))],
    ['10.0.0.4', word('10.0.0.4')],
    ['key=value', word('key=value')],
    ['C:\\x', word('C:\\x', true)],
    ['"a phrase"', word('a phrase')],
    ['"say \\"hi\\" \\\\ C:\\temp"', word('say "hi" \\ C:\\temp', true)],
    ['""', all],
    ['a"b', word('a"b')],
    ['time*', word('time', false, true, false)],
    ['*out', word('out', false, false, true)],
    ['*imeou*', part('imeou')],
    ['a*b', word('a*b')],
    ['*', all],
    ['**', all],
    ['***', part('*')],
    ['"time out"*', word('time out', false, true, false)],
    ['*"time out"', word('time out', false, false, true)],
    ['*"time out"*', part('time out')],
    ['"*x*"', word('*x*')],
    ['run()', word('run()')],
    ['(a OR run(x))', or(word('a'), word('run(x)'))],
    ['(a OR run())', or(word('a'), word('run()'))],
    ['/a b/', regex('a b')],
    ['/a\\/b/', regex('a\\/b')],
    ['/[/]/', regex('[/]')],
    ['/a/ /b/', and(regex('a'), regex('b'))],
    ['(/a/)', regex('a')],
    ['-/a/', not(regex('a'))],
    ['/mnt/batch/tasks', word('/mnt/batch/tasks')],
    ['/mnt', word('/mnt')],
    ['//', word('//')],
    ['/a/gi', word('/a/gi')],
    ['https://x.y/z', word('https://x.y/z')],
    ['pidx:1', word('pidx:1')],
    ['Node:x', word('Node:x', true)],
    ['"node:x"', word('node:x')],
    ['日本 ß', and(word('日本'), word('ß'))],
  ])('%j', (query, expected) => {
    expect(parse(query).expr).toEqual(expected);
  });

  test.each<[string, boolean]>([
    ['timeout', false],
    ['Timeout', true],
    ['Ø', true],
    ['ǅ', true],
    ['/\\S\\W\\D\\B\\p{Lu}/', false],
    ['/[A-Z]/', true],
    ['/ab\\.C/', true],
    ['日本', false],
  ])('%j minds case: %j', (query, caseSensitive) => {
    expect(parse(query).expr).toMatchObject({ caseSensitive });
    expect(parse(query, { matchCase: 'yes' }).expr).toMatchObject({ caseSensitive: true });
    expect(parse(query, { matchCase: 'no' }).expr).toMatchObject({ caseSensitive: false });
  });

  test('one upper-case letter makes the whole query mind case, but not that of filters, operators or /…/i', () => {
    expect(parse('a B').expr).toEqual(and(word('a', true), word('B', true)));
    expect(parse('a -B').expr).toEqual(and(word('a', true), not(word('B', true))));
    expect(parse('a OR b node2').expr).toEqual(or(word('a'), and(word('b'), word('node2'))));
    expect(parse('a node:X NOT b').expr).toEqual(and(word('a'), not(word('b'))));
    expect(parse('a /B/i').expr).toEqual(and(word('a'), regex('B')));
    expect(parse('A /B/i').expr).toEqual(and(word('A', true), regex('B')));
    expect(parse('/b/i', { matchCase: 'yes' }).expr).toEqual(regex('b'));
  });

  test('mode fixed: the query is one literal, wherever it stands', () => {
    expect(parse('', { mode: 'fixed' }).expr).toEqual(all);
    expect(parse(' "a OR -b ', { mode: 'fixed' }).expr).toEqual(part(' "a OR -b ', true));
    expect(parse('node:1', { mode: 'fixed' }).expr).toEqual(part('node:1'));
    expect(() => parse('a\nb', { mode: 'fixed' })).toThrow(/Character 2: a line end/);
  });

  test('mode regex: the query is one expression', () => {
    expect(parse('', { mode: 'regex' }).expr).toEqual(all);
    expect(parse('a b|/c/', { mode: 'regex' }).expr).toEqual(regex('a b|/c/'));
    expect(parse('\\d+ A', { mode: 'regex' }).expr).toEqual(regex('\\d+ A', true));
  });

  test('an expression is plain data', () => {
    const { expr } = parse('a (b OR -/c/) "d e"*');
    expect(structuredClone(expr)).toEqual(expr);
  });
});

describe('filter words', () => {
  const typed = (query: string, filter: Partial<Filter> = {}) => {
    const { expr, typed } = parse(query, filter);
    expect(typed.query).toBe('');
    return { expr, ...typed };
  };

  test('are taken out of the text and joined into the filter', () => {
    const us = (iso: string) => Date.parse(iso) * 1000;
    const found = typed(
      'timeout node:10.0.0.4,"a b" -node:x pid:1,2 -pid:3 mini-batch:17 minibatch:17,18 kind:user,worker level:Warning file:**/user/** -file:*.csv from:2020-03-19 to:2020-03-19T15:37:08.123456Z',
    );
    expect(found.expr).toEqual(word('timeout'));
    expect(found.node).toEqual({ include: ['10.0.0.4', 'a b'], exclude: ['x'] });
    expect(found.pid).toEqual({ include: [1, 2], exclude: [3] });
    expect(found.miniBatch).toEqual({ include: ['17'], exclude: [] });
    expect(found.kind).toEqual({ include: ['user', 'worker'], exclude: [] });
    expect(found.minLevel).toBe('warning');
    expect(found.file.exclude).toEqual(['*.csv']);
    expect(found.globs).toEqual([['**/user/**']]);
    expect(found.fromUs).toBe(us('2020-03-19T00:00:00Z'));
    expect(found.toUs).toBe(us('2020-03-19T15:37:08.123Z') + 456);
    expect(filterSchema.parse({ ...found, expr: undefined })).toMatchObject({ minLevel: 'warning' });
  });

  test.each<[string, string]>([
    ['2020-03-19', '2020-03-19T00:00:00.000Z'],
    ['2020-03-19T15:37', '2020-03-19T15:37:00.000Z'],
    ['"2020-03-19 15:37:07,101"', '2020-03-19T15:37:07.101Z'],
    ['2020-03-19T15:37:07,1', '2020-03-19T15:37:07.100Z'],
    ['2020-03-19T15:37:07+02:00', '2020-03-19T13:37:07.000Z'],
    ['2020-03-19T15:37-0530', '2020-03-19T21:07:00.000Z'],
  ])('from:%s', (text, iso) => {
    expect(typed(`from:${text}`).fromUs).toBe(Date.parse(iso) * 1000);
  });

  test('hold together with the controls: only what both want', () => {
    const node = { include: ['a', 'b'], exclude: ['c'] };
    expect(typed('node:b,d', { node }).node).toEqual({ include: ['b'], exclude: ['c'] });
    expect(typed('-node:d', { node }).node).toEqual({ include: ['a', 'b'], exclude: ['c', 'd'] });
    // Nothing is in both: the included values are excluded, so that nothing matches.
    expect(typed('node:d', { node }).node).toEqual({ include: ['a', 'b'], exclude: ['c', 'a', 'b'] });
    expect(typed('process:Process-3').process).toEqual({ include: ['Process-3'], exclude: [] });
    expect(typed('pid:1 pid:2').pid).toEqual({ include: [1], exclude: [1] });
    expect(typed('kind:user kind:worker').kind).toEqual({ include: ['user'], exclude: ['user'] });
    expect(typed('level:info', { minLevel: 'error' }).minLevel).toBe('error');
    expect(typed('level:fatal', { minLevel: 'error' }).minLevel).toBe('critical');
    expect(typed('from:2020-01-01 from:2019-01-01', { fromUs: 5 }).fromUs).toBe(Date.UTC(2020, 0, 1) * 1000);
    expect(typed('to:2020-01-01 to:2019-01-01').toUs).toBe(Date.UTC(2019, 0, 1) * 1000);
    const file = { include: ['x/*', '*.txt'], exclude: [] };
    expect(typed('file:y*,*.txt file:z', { file }).globs).toEqual([['x/*', '*.txt'], ['y*', '*.txt'], ['z']]);
  });

  test('only a filter: all lines', () => {
    expect(typed('node:a').expr).toEqual(all);
    expect(typed('NOT node:a').node).toEqual({ include: [], exclude: ['a'] });
  });
});

describe('errors say what, where and what to do', () => {
  test.each<[string, RegExp]>([
    ['say "hi', /^Character 5: this quote is not closed; add a "/],
    ['"a\nb"', /^Character 3: a line end cannot be within a line/],
    ['(a', /^Character 1: this parenthesis is not closed; add a \)/],
    ['a) b', /^Character 2: this parenthesis closes none; remove it/],
    ['a ()', /^Character 3: there is nothing in these parentheses/],
    ['a OR', /^Character 3: OR needs something on both sides; .* quotes/],
    ['OR a', /^Character 1: OR needs/],
    ['a OR OR b', /^Character 3: OR needs/],
    ['(a OR )', /^Character 4: OR needs/],
    ['AND a', /^Character 1: AND needs/],
    ['a AND OR b', /^Character 3: AND needs/],
    ['a NOT', /^Character 3: NOT needs something after it/],
    ['node:a OR b', /^Character 1: a filter such as node:… holds for the whole query/],
    ['b OR c node:a', /^Character 8: a filter/],
    ['x (node:a)', /^Character 4: a filter/],
    ['node:', /^Character 6: node: needs a value/],
    ['node:a, b', /^Character 8: node: needs a value/],
    ['pid:x', /^Character 1: pid: takes a whole number, not “x”/],
    ['kind:users', new RegExp(`^Character 1: kind: knows no “users”; it can be ${fileKinds.join(', ')}`)],
    ['level:loud', /^Character 1: level: knows no “loud”; it can be debug, info/],
    ['-level:info', /^Character 2: level: cannot be excluded/],
    ['level:info,error', /takes one value/],
    [
      'from:15:37',
      /^Character 1: from: “15:37” is not a time; write a date, or date and time, in UTC, such as from:2020/,
    ],
    ['from:2020-02-30', /is not a time/],
    ['to:yesterday', /is not a time/],
    ['a /b(/', /^The regular expression is not valid at character \d+: unterminated group/],
    ['/*/', /not valid at character 2: nothing to repeat/],
    ['/a\\Zb/', /not valid at character 3: \\Z has no meaning here/],
    ['/(?i)a/', /flags within the expression are written \(\?i:…\)/],
    ['/(?P<n>a)/', /a named group is written \(\?<name>…\)/],
    [`/${'('.repeat(50_000)}/`, /^The regular expression is/],
    [`${'('.repeat(50_000)}`, /nested too deeply/],
    ['/\\p{Nope}/', /not valid at character/],
    ['/[z-a]/', /not valid at character/],
    ['/\\1/', /not valid at character/],
    [`/${'é?'.repeat(30_000)}/`, /too large/],
  ])('%.40j', (query, message) => {
    let thrown: unknown;
    try {
      parse(query);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({ name: 'PostrunError', kind: 'user', code: 'bad_query' });
    expect((thrown as Error).message).toMatch(message);
  });
});

describe('the suggestion opens the words', () => {
  test.each<[string, string | null]>([
    ['timeou', '*timeou*'],
    ['time*', '*time*'],
    ['*timeou*', null],
    ['node:a timeou -foo "a b" OR', null],
    ['node:a timeou -foo "a b"', 'node:a *timeou* -foo *"a b"*'],
    ['(a OR /b/) -(c -d)', '(*a* OR /b/) -(c -*d*)'],
    ['[x]', null],
    ['/tmp', '/tmp*'],
    ['', null],
    ['/x/', null],
  ])('%j → %j', (query, suggestion) => {
    if (query.endsWith('OR')) expect(() => parse(query)).toThrow();
    else expect(parse(query).suggestion).toBe(suggestion);
  });

  test('none in the other modes', () => {
    expect(parse('a', { mode: 'fixed' }).suggestion).toBeNull();
    expect(parse('a', { mode: 'regex' }).suggestion).toBeNull();
  });

  test('it is a query that finds at least as much', () => {
    const { suggestion } = parse('10.0.0 "x y" -z');
    expect(parse(suggestion ?? '').expr).toEqual(and(part('10.0.0'), part('x y'), not(word('z'))));
  });
});
