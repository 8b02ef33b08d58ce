import { describe, expect, it } from 'vitest';
import type { SqlCell } from '../../../electron/contract/sql-records.ts';
import { chartOf, timeOfCell } from './chart-series.ts';
import { completions, namedTables } from './completion.ts';
import { linePlaces } from './result-columns.tsx';

const at = (sql: string) => {
  const caret = sql.indexOf('|');
  return completions(sql.replace('|', ''), caret, false)?.items.map((item) => item.text) ?? [];
};

describe('completion', () => {
  it('has tables after FROM and JOIN', () => {
    expect(at('SELECT * FROM att|')).toEqual(['attempts']);
    expect(at('SELECT * FROM attempts JOIN mini|')).toEqual(['mini_batches']);
  });

  it('has the columns of the tables that the statement names, also before they are named', () => {
    expect(at('SELECT dura| FROM attempts')).toContain('duration_seconds');
    expect(at('SELECT dura| FROM lines')).not.toContain('duration_seconds');
    expect(at('SELECT * FROM lines WHERE te|')[0]).toBe('text');
  });

  it('has the columns of an alias', () => {
    expect(at('SELECT a.out| FROM attempts a')).toEqual(['outcome']);
    expect(at('SELECT l.| FROM lines AS l')).toContain('mini_batch');
    expect(at('SELECT x.| FROM lines AS l')).toEqual([]);
  });

  it('keeps still in texts and comments', () => {
    expect(at("SELECT * FROM lines WHERE text LIKE '%sel|")).toEqual([]);
    expect(at('SELECT 1 -- fro|')).toEqual([]);
    expect(at("SELECT 'it''s' FROM fil|")).toEqual(['files']);
  });

  it('sees through texts that look like SQL', () => {
    expect([...namedTables("SELECT ' from lines ' FROM errors e").keys()]).toEqual(['errors', 'e']);
  });
});

describe('a chart', () => {
  const columns = (...names: string[]) => names.map((name) => ({ name, origin: null, isTime: false }));

  it('needs a time and a number', () => {
    expect(chartOf(columns('node', 'n'), [['a', 1]])).toBeNull();
    expect(chartOf(columns('time', 'node'), [['2020-05-06T05:50:00.000Z', 'a']])).toBeNull();
  });

  it('has a curve for each column of numbers, in the order of time', () => {
    const rows: SqlCell[][] = [
      ['2020-05-06T05:51:00.000Z', 2, 20],
      ['2020-05-06 05:50:00', 1, null],
    ];
    const chart = chartOf(columns('time', 'a', 'b'), rows);
    const us = Date.UTC(2020, 4, 6, 5, 50) * 1_000;
    expect(chart?.curves).toEqual([
      { name: 'a', timesUs: [us, us + 60e6], values: [1, 2] },
      { name: 'b', timesUs: [us, us + 60e6], values: [null, 20] },
    ]);
    expect(chart?.max).toBe(20);
  });

  it('has a curve for each value of a column of texts', () => {
    const rows: SqlCell[][] = ['a', 'b', 'a', 'b'].map((node, k) => [`2020-05-06T05:5${k}:00.000Z`, node, k]);
    expect(chartOf(columns('time', 'node', 'n'), rows)?.curves.map(({ name, values }) => [name, values])).toEqual([
      ['a', [0, 2]],
      ['b', [1, 3]],
    ]);
  });

  it('reads microseconds', () => {
    expect(timeOfCell('2020-05-06T05:50:12.345678Z')).toBe(Date.UTC(2020, 4, 6, 5, 50, 12, 345) * 1_000 + 678);
    expect(timeOfCell('10.0.0.4')).toBeNull();
  });
});

describe('rows that lead to a line', () => {
  it('are those with a file and a line, whatever they are called', () => {
    const named = (name: string, origin: string | null = null) => ({ name, origin, isTime: false });
    expect(linePlaces([named('node'), named('file'), named('line')])).toEqual({ file: 1, line: 2 });
    expect(linePlaces([named('where', 'errors.file'), named('at', 'errors.line')])).toEqual({ file: 0, line: 1 });
    expect(linePlaces([named('end_file'), named('end_line')])).toEqual({ file: 0, line: 1 });
    expect(linePlaces([named('file')])).toBeNull();
  });
});
