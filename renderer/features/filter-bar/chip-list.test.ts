import { describe, expect, it } from 'vitest';
import { type Filter, noFilter } from '../../state/filter.ts';
import { chipList, rangeText } from './chip-list.ts';

const START = Date.UTC(2021, 5, 9, 14, 40, 12) * 1000;

describe('chipList', () => {
  it('has a chip for all but the text', () => {
    const filter: Filter = {
      ...noFilter,
      query: 'timeout',
      node: { include: ['10.0.0.4'], exclude: ['10.0.0.5'] },
      pid: { include: [], exclude: [12] },
      kind: { include: ['user'], exclude: [] },
      minLevel: 'warning',
      fromUs: START,
      toUs: START + 60e6,
    };
    const chips = chipList(filter, 'utc');
    expect(chips.map((chip) => `${chip.isNot ? 'not ' : ''}${chip.name} ${chip.text}`)).toEqual([
      'Time 14:40:12 – 14:41:12 (1 m 00 s)',
      'Node 10.0.0.4',
      'not Node 10.0.0.5',
      'not PID 12',
      'Kind User',
      'Level ≥ Warning',
    ]);
    expect(chips[2]?.without).toEqual({ ...filter, node: { include: ['10.0.0.4'], exclude: [] } });
    expect(chips.at(-1)?.without.minLevel).toBeNull();
  });

  it('draws many values together', () => {
    const filter = { ...noFilter, pid: { include: [1, 2, 3, 4, 5, 6], exclude: [] } };
    const chips = chipList(filter, 'utc');
    expect(chips.map((chip) => chip.text)).toEqual(['6 values']);
    expect(chips[0]?.without).toEqual(noFilter);
  });
});

describe('rangeText', () => {
  it('has the date where it needs it', () => {
    expect(rangeText(START, START + 86_400e6, 'utc')).toBe('2021-06-09 14:40:12 – 2021-06-10 14:40:12 (1 d 00 h)');
    expect(rangeText(START, START + 1.5e6, 'utc')).toBe('14:40:12.000 – 14:40:13.500 (1.5 s)');
    expect(rangeText(null, START, 'utc')).toBe('until 2021-06-09 14:40:12');
  });
});
