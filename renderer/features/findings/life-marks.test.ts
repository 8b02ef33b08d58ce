import { expect, test } from 'vitest';
import { groupMarks, type LifeMark, placeMarks } from './life-marks.ts';

const mark = (kind: LifeMark['kind'], timeUs: number): LifeMark => ({
  kind,
  timeUs,
  message: `${kind} at ${timeUs}`,
  ref: null,
});
const exits = Array.from({ length: 100 }, (_, at) => mark('process_exit', 100 + at));

test('what happened many times is one group, at the time of its first; few stand for themselves', () => {
  const groups = groupMarks([mark('first_failure', 150), ...exits, mark('stop', 400), mark('stop', 401)]);
  expect(groups.map((group) => [group.kind, group.marks.length])).toEqual([
    ['process_exit', 100],
    ['first_failure', 1],
    ['stop', 1],
    ['stop', 1],
  ]);
});

test('a line for each pixel and kind; many of a kind have one word and are ticks', () => {
  const placed = placeMarks([...exits, mark('first_failure', 150)], (us) => us / 2, 0, 600);
  const ends = placed.filter((one) => one.kind === 'process_exit');
  expect(ends).toHaveLength(51);
  expect(ends.filter((one) => one.isTick)).toHaveLength(50);
  expect(placed.flatMap((one) => one.label ?? [])).toEqual(['First failure']);
  const apart = placeMarks([...exits, mark('first_failure', 150)], (us) => (us - 100) * 10, 0, 600);
  expect(apart.flatMap((one) => one.label ?? [])).toEqual(['Process ended, 100 times', 'First failure']);
});

test('marks outside of the axis are not drawn, and near its end the label is on the left', () => {
  const placed = placeMarks([mark('stop', 10), mark('stop', 595), mark('stop', 700)], (us) => us, 50, 600);
  expect(placed).toEqual([{ kind: 'stop', x: 595, label: 'Stop', isLeft: true, isTick: false, title: 'stop at 595' }]);
});
