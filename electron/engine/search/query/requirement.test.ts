import { describe, expect, test } from 'vitest';
import { emptyFilter } from '../../../contract/empty-filter.ts';
import { queryTokens } from '../../base/tokens.ts';
import { parseQuery } from './query.ts';
import { type Requirement, requirementOf } from './requirement.ts';

/** Shows a requirement. `word`: a token; `~part~`, `part~`, `~part`: a part; `all(…)`, `any(…)`. */
function show(requirement: Requirement, text: string): string {
  switch (requirement.kind) {
    case 'any':
      return '-';
    case 'token': {
      const known = [...queryTokens(text), ...queryTokens(requirement.text)].find((one) => one.key === requirement.key);
      if (known === undefined) return '?';
      return known.text === '' ? text.slice(known.start, known.end) : known.text;
    }
    case 'part':
      return `${requirement.atStart ? '' : '~'}${requirement.text}${requirement.atEnd ? '' : '~'}`;
    default: {
      const items = requirement.items.map((item) => show(item, text)).join(' ');
      return `${requirement.kind === 'and' ? 'all' : 'any'}(${items})`;
    }
  }
}

const long = 'abcdefghij'.repeat(13);

describe('what a block must have', () => {
  test.each<[string, string]>([
    ['', '-'],
    ['Timeout', 'timeout'],
    ['a', 'a'],
    ['batch_score.py', 'all(batch_score py)'],
    ['"worker 10.0.0.4 x"', 'all(worker 10 0 4 x)'],
    ['a b', 'all(a b)'],
    ['a a', 'a'],
    ['a OR b', 'any(a b)'],
    ['a OR -b', '-'],
    ['-a', '-'],
    ['a -b', 'a'],
    ['a (b OR c)', 'all(a any(b c))'],
    ['time*', 'time~'],
    ['*out', '~out'],
    ['*imeou*', '~imeou~'],
    ['ti*', '-'],
    ['*ab', '-'],
    ['*"b score.p"*', 'score'],
    ['*"bat score.py"*', 'all(~bat score)'],
    ['/-foo', 'foo'],
    ['-"x" "[ab]"*', 'ab'],
    ['日本x', 'all(日 本 x)'],
    ['*日本xyz*', 'all(日 本 xyz~)'],
    ['*xyz日*', 'all(~xyz 日)'],
    ['taſk', 'task'],
    ['É', 'any(É all(e ?))'],
    ['\ufffd', '-'],
    [long, `all(${long.slice(0, 64)} ${long.slice(64, 128)} ${long.slice(128)})`],
    [`${long}*`, `all(${long.slice(0, 64)} ${long.slice(64, 128)})`],
    [`${long}abc*`, `all(${long.slice(0, 64)} ${long.slice(64, 128)} ijabc~)`],
    [`*${long}`, `~${long.slice(0, 64)}~`],
    [`${long.slice(0, 64)}*`, long.slice(0, 64)],
  ])('%.40j', (query, expected) => {
    const { expr } = parseQuery({ ...emptyFilter, query });
    expect(show(requirementOf(expr), query)).toBe(expected);
  });

  test.each<[string, string]>([
    ['timeout', '~timeout~'],
    ['\\btimeout\\b', 'timeout'],
    ['\\btimeout', 'timeout~'],
    ['^timeout', 'timeout~'],
    ['timeout$', '~timeout'],
    ['^timeout$', 'timeout'],
    [' timeout ', 'timeout'],
    ['\\stimeout\\W+x', 'timeout'],
    ['\\s*timeout', '~timeout~'],
    ['\\s+timeout', 'timeout~'],
    ['.timeout.', '~timeout~'],
    ['[^\\w]timeout[ ,]', 'timeout'],
    ['[^a]timeout', '~timeout~'],
    ['[[:]timeout', 'timeout~'],
    ['[Tt]imeout', '~timeout~'],
    ['[tx]imeout', '~imeout~'],
    ['worker (\\d+) failed', 'all(~worker failed~)'],
    ['worker (one|two) failed', 'all(~worker any(one two) failed~)'],
    ['worker(one|two)failed', 'all(~worker~ any(~one~ ~two~) ~failed~)'],
    ['(worker )?failed', '~failed~'],
    ['(worker )+failed', 'all(~worker failed~)'],
    ['(?:worker|ab)+', '-'],
    ['worker|failed', 'any(~worker~ ~failed~)'],
    ['worker|.', '-'],
    ['a(b(cd)e)f', '~abcdef~'],
    ['foo+bar', 'all(~foo~ ~obar~)'],
    ['fo{3}bar', '~fooobar~'],
    ['fo{2,}bar', 'all(~foo~ ~oobar~)'],
    ['x(?=worker)', '~worker~'],
    ['x(?!worker)', '-'],
    ['(?<=worker )failed', 'all(~worker failed~)'],
    ['(?<!\\w)worker(?!\\w)', 'worker'],
    ['(?<![-\\w])worker(?![a-z])', 'worker~'],
    ['(?<=^|\\s)worker(?=\\W|$)', 'worker'],
    ['(worker)\\1', '~worker~'],
    ['(?i:Worker) failed', 'all(~worker failed~)'],
    ['\\x77orker', '~worker~'],
    ['10\\.0\\.0\\.4', '0'],
    ['\\b10\\.0\\.0\\.4\\b', 'all(10 0 4)'],
    ['日本', 'all(日 本)'],
    ['wor\\nker', 'all(~wor ker~)'],
    ['\\Bworker', '~worker~'],
    ['[^\\p{L}]worker', '~worker~'],
    ['[\\s\\d]worker', '~worker~'],
    ['[^\\p{L}\\d_]worker', 'worker~'],
    ['\\d{4}-\\d{2}', '-'],
    ['(?:^| )worker', 'worker~'],
    ['(?:worker|failed)\\b', 'any(~worker ~failed)'],
    ['\\b(?:worker|failed)\\b', 'any(worker failed)'],
    ['', '-'],
  ])('/%s/', (source, expected) => {
    for (const matchCase of ['no', 'yes'] as const) {
      const { expr } = parseQuery({ ...emptyFilter, mode: 'regex', matchCase, query: source });
      expect(show(requirementOf(expr), source)).toBe(expected);
    }
  });

  test('mode fixed: both ends may be within words', () => {
    const { expr } = parseQuery({ ...emptyFilter, mode: 'fixed', query: 'ker timeout o' });
    expect(show(requirementOf(expr), 'timeout')).toBe('all(~ker timeout)');
  });

  test('a very long phrase asks for no more than its longest tokens', () => {
    const words = Array.from({ length: 500 }, (_, k) => `w${k}${'x'.repeat(k % 7)}`);
    const { expr } = parseQuery({ ...emptyFilter, query: words.join(' ') });
    const requirement = requirementOf(expr);
    expect(requirement.kind === 'and' && requirement.items.length).toBe(48);
    expect(requirement).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ kind: 'token' })]) });
  });
});
