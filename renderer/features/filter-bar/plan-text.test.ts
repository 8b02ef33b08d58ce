import { expect, test } from 'vitest';
import { planText } from './plan-text.ts';

test('a plan is told in words, nested as it is', () => {
  const plan = {
    kind: 'and',
    items: [
      { kind: 'token', key: 7, text: 'traceback' },
      {
        kind: 'or',
        items: [
          { kind: 'part', text: 'time', atStart: true, atEnd: false },
          { kind: 'part', text: 'ou', atStart: false, atEnd: false },
        ],
      },
    ],
  };
  expect(planText(JSON.stringify(plan)).split('\n')).toEqual([
    'all of',
    '  the word “traceback”',
    '  any of',
    '    a word that begins with “time”',
    '    a word that contains “ou”',
  ]);
  expect(planText('{"kind":"any"}')).toContain('all text is read');
});

test('what is not known stays readable', () => {
  expect(planText('{"kind":"new","x":1}')).toBe('{"kind":"new","x":1}');
  expect(planText('not json')).toBe('not json');
});
