import { expect, test } from 'vitest';
import { createFreeTable } from '../formats/tables/free-table.ts';
import type { FileContext, RecordSink, SampleSeries } from '../formats/types.ts';
import { TableReader } from './table-reader.ts';

const context = {
  path: 'outputs/use.csv',
  kind: 'other',
  format: 'other',
  node: null,
  process: null,
  shape: 'csv',
} as unknown as FileContext;

/** Returns the series of a table: metric, unit and values. */
function seriesOf(text: string): [string, string, number[]][] {
  const found: [string, string, number[]][] = [];
  const sink = {
    samples: (series: SampleSeries) => found.push([series.metric, series.unit, series.values]),
    problem: () => undefined,
  };
  const reader = new TableReader(createFreeTable(context), sink as unknown as RecordSink);
  text.split('\n').forEach((line, k) => {
    const bytes = Buffer.from(line);
    reader.line(bytes, 0, bytes.length, k + 1);
  });
  reader.end(true);
  return found;
}

test.each([
  [
    'semicolons and decimal commas',
    'Zeit;Auslastung;Größe\n2024-06-25 14:56:15;45,5;1\n2024-06-25 14:57:15;50;2',
    [
      ['auslastung', '', [45.5, 50]],
      ['größe', '', [1, 2]],
    ],
  ],
  ['tabs', 'time\trate\n2024-06-25 14:56:15\t3\n2024-06-25 14:57:15\t4', [['rate', '', [3, 4]]]],
  [
    'units in cells',
    'time,cpu,memory\n2024-06-25 14:56:15,45 %,10MiB\n2024-06-25 14:57:15,50%,1 GiB',
    [
      ['cpu', '%', [45, 50]],
      ['memory', 'bytes', [10_485_760, 1_073_741_824]],
    ],
  ],
  [
    'units, decimal commas and rates',
    'Zeit;Dauer;Rate;Temperatur\n2024-06-25 14:56:15;1,5 ms;2 MB/s;45,5 °C\n2024-06-25 14:57:15;2 s;1 MB/s;50 °C',
    [
      ['dauer', 's', [0.0015, 2]],
      ['rate', 'bytes/s', [2_097_152, 1_048_576]],
      ['temperatur', '°C', [45.5, 50]],
    ],
  ],
  [
    'names that begin with a number are no measures',
    'time,id,used\n2024-06-25 14:56:15,12ab,1\n2024-06-25 14:57:15,7 files,2',
    [['used', '', [1, 2]]],
  ],
  [
    'headers in Korean',
    '시각,메모리 사용량\n2024-06-25 14:56:15,5\n2024-06-25 14:57:15,6',
    [['메모리_사용량', '', [5, 6]]],
  ],
  ['quoted cells', 'time;"a;b";x\n2024-06-25 14:56:15;"p;q";7', [['x', '', [7]]]],
])('%s', (_name, text, expected) => {
  const found = seriesOf(text as string).map(([metric, unit, values]) => [metric, unit, values]);
  expect(found).toEqual(expected);
});

test.each([
  [true, []],
  [false, [['part_of_table', 3]]],
])('says where the graphs of a table end that goes on: whole %s', (isWhole, expected) => {
  const problems: [string, number | null][] = [];
  const sink = {
    samples: () => undefined,
    problem: (kind: string, _: string, line: number | null) => problems.push([kind, line]),
  };
  const reader = new TableReader(createFreeTable(context, true), sink as unknown as RecordSink);
  const rows = ['time,rate', '2024-06-25 14:56:15,3', '2024-06-25 14:57:15,4'];
  for (const [k, row] of rows.entries()) reader.line(Buffer.from(row), 0, row.length, k + 1);
  reader.end(isWhole);
  expect(problems).toEqual(expected);
});
