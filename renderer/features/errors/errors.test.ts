import { describe, expect, it } from 'vitest';
import type { Moments, RuleHit, Signature } from '../../../electron/contract/analysis.ts';
import { traceParts } from '../../base/trace-parts.ts';
import { SvgPen } from '../../charts/pen.ts';
import { countWords, hitsOf, inOrder, lookedAt, nameOf, scopeOf } from './error-model.ts';
import { drawMoments } from './moment-bars.ts';

const example = { file: 'a.txt', line: 1, text: '' };
const base: Signature = {
  id: 'v1:0',
  groupedBy: 'traceback',
  chain: ['ValueError'],
  frames: ['score.py:run'],
  template: 'bad <number>',
  role: 'other',
  roleReason: null,
  level: 'error',
  count: 6,
  occurrences: 2,
  firstUs: 1,
  lastUs: 2,
  nodes: [{ node: 'n', count: 6 }],
  pids: [{ node: 'n', pid: null, count: 6 }],
  pidCount: 0,
  miniBatches: [],
  miniBatchCount: 3,
  variables: [],
  example,
  exampleLines: 1,
};

describe('groups of errors', () => {
  it('puts the first cause first and noise last', () => {
    const roles = ['noise', 'other', 'follow_on', 'primary', 'other'] as const;
    const all = roles.map((role, index) => ({ ...base, role, id: String(index) }));
    expect(inOrder(all).map((each) => each.id)).toEqual(['3', '1', '4', '2', '0']);
  });
  it('says what it is and how far it reaches', () => {
    expect(nameOf(base)).toBe('ValueError');
    expect(scopeOf(base)).toBe('1 node · 3 mini-batches');
    expect(countWords(base)).toBe('2 times, in 6 places of the logs');
  });
  it('finds the rules that hit one of its lines', () => {
    const hit = { rule: 'r', evidence: [{ file: 'a.txt', line: 12, text: '' }] } as unknown as RuleHit;
    expect(hitsOf([hit], [{ ref: { file: 'a.txt', line: 10 }, lines: 3 }])).toEqual([hit]);
    expect(hitsOf([hit], [{ ref: { file: 'a.txt', line: 10 }, lines: 2 }])).toEqual([]);
  });
  it('says of how much there is no error', () => {
    const missing = { kind: 'files' as const, message: '', have: 164, expected: 170, nodes: [], evidence: [] };
    expect(lookedAt({ missing: [missing], clocks: [] }, 164)).toBe('No error in 164 of 170 expected files.');
    expect(lookedAt({ missing: [], clocks: [] }, 144)).toBe('No error in any of the 144 files of this download.');
  });
});

describe('a traceback', () => {
  const text = [
    'x|ERROR|Entry script failed. Details Traceback (most recent call last):',
    '  File "/env/lib/python3.6/site-packages/PIL/Png.py", line 169, in read',
    '    raise SyntaxError("broken")',
    'SyntaxError: broken PNG',
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    'Traceback (most recent call last):',
    '  File "/mnt/driver/task.py", line 208, in run_method',
    '    result = run()',
    '           ^^^^^',
    '  File "/mnt/score.py", line 58, in run',
    '    image = open(path)',
    'PIL.UnidentifiedImageError: cannot identify',
    'second line of the message',
  ].map((each, index) => ({ line: index + 10, text: each }));
  it('is a chain of exceptions with their frames', () => {
    const parts = traceParts(text, ['score.py:run']);
    expect(parts.map((part) => [part.lead, part.error?.at, part.error?.text])).toEqual([
      ['x|ERROR|Entry script failed. Details', 13, 'SyntaxError: broken PNG'],
      [
        'The above exception was the direct cause of the following exception:',
        23,
        'PIL.UnidentifiedImageError: cannot identify\nsecond line of the message',
      ],
    ]);
    expect(parts[1]?.frames.map((frame) => [frame.name, frame.line, frame.code, frame.isUser, frame.at])).toEqual([
      ['run_method', 208, 'result = run()', false, 18],
      ['run', 58, 'image = open(path)', true, 21],
    ]);
  });
  it('has no frame of the user where the engine found none', () => {
    expect(traceParts(text, []).some((part) => part.frames.some((frame) => frame.isUser))).toBe(false);
  });
  it('is none where there is only a line', () => {
    expect(traceParts([{ line: 1, text: 'ERROR something' }], [])).toEqual([]);
  });
});

describe('moments as bars', () => {
  const box = { left: 10, width: 100, height: 21, fromUs: 0, toUs: 100 };
  const draw = (moments: Moments | null, of = box) => {
    const pen = new SvgPen(120, 21, '#fff', () => 0);
    const most = drawMoments(pen, of, moments, { colour: (token) => token, token: 'level-error' });
    const rects = [...pen.document('').matchAll(/<rect x="([\d.]+)" y="([\d.]+)" [^>]*fill="level-error"/g)];
    return [most, ...rects.map(([, x, y]) => [Number(x), Number(y)])];
  };
  const moments = { fromUs: 0, toUs: 100, bucketUs: 25, counts: [[4, 0, 0, 1]], untimed: [0] };
  it('stand at their time, one among many as high as the root of its share', () => {
    expect(draw(moments)).toEqual([4, [10, 1], [85, 10]]);
    expect(draw(null)).toEqual([0]);
  });
  it('leave out what a zoom has moved out of sight', () => {
    expect(draw(moments, { ...box, fromUs: 50, toUs: 100 })).toEqual([4, [60, 10]]);
  });
});
