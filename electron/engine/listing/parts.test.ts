import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ListingFormat } from '../../contract/listing.ts';
import { findRow } from './find-row.ts';
import { listingPart, type Ranges } from './parts.ts';
import type { ListedRow, RowSource } from './row-source.ts';

function sourceOf(rows: ListedRow[], isOfLines = true, pageRows = 3): RowSource {
  const columns = ['file', 'line', 'text'];
  return { columns, isOfLines, pageRows, page: async (start, count) => rows.slice(start, start + count) };
}

const lines = (count: number): ListedRow[] =>
  Array.from({ length: count }, (_, k) => ({ file: 'logs/a.txt', line: k + 1, text: `line ${k}` }));

async function readAll(source: RowSource, ranges: Ranges, format: ListingFormat, partChars: number) {
  let text = '';
  let rows = 0;
  for (let from: number | null = 0; from !== null; ) {
    const part = await listingPart(source, ranges, format, from, partChars);
    text += part.text;
    rows += part.rows;
    from = part.next;
  }
  return { text, rows };
}

test('parts put together are the selected rows, however small the parts', async () => {
  const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 7 })), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.nat(25), gaps, fc.integer({ min: 1, max: 80 }), async (count, steps, partChars) => {
      const ranges: [number, number][] = [];
      let at = -1;
      for (const [gap, length] of steps) {
        ranges.push([at + 1 + gap, at + gap + length]);
        at += gap + length + 1;
      }
      const rows = lines(count);
      const wanted = rows.filter((_, k) => ranges.some(([first, last]) => k >= first && k <= last));
      const all = await readAll(sourceOf(rows), null, 'json', partChars);
      expect(JSON.parse(all.text)).toEqual(rows);
      const some = await readAll(sourceOf(rows), ranges, 'json', partChars);
      expect(JSON.parse(some.text)).toEqual(wanted);
      expect(some.rows).toBe(wanted.length);
    }),
  );
});

test('lines are written with their file and line, or plain', async () => {
  const { text } = await readAll(sourceOf(lines(2)), null, 'text', 1);
  expect(text).toBe('logs/a.txt:1:line 0\nlogs/a.txt:2:line 1\n');
  expect((await readAll(sourceOf(lines(2)), null, 'plain', 1)).text).toBe('line 0\nline 1\n');
});

test('no cell is a formula to a spreadsheet, and cells with separators come back whole', async () => {
  const texts = ['=HYPERLINK("http://x")', '+1', '@SUM(A1)', '-2+3', 'a,b\t"c"\nd'];
  const rows = texts.map((text, k) => ({ file: 'f', line: k, text }));
  for (const [format, delimiter] of [
    ['csv', ','],
    ['tsv', '\t'],
  ] as const) {
    const { text } = await readAll(sourceOf(rows, false), null, format, 1);
    const cells: Record<string, string>[] = parse(text, { columns: true, delimiter });
    expect(cells.map((cell) => cell.text)).toEqual([...texts.slice(0, 4).map((each) => `'${each}`), texts[4]]);
  }
});

test('a listing without rows still says its columns', async () => {
  expect((await readAll(sourceOf([]), null, 'csv', 1)).text).toBe('file,line,text\r\n');
  expect((await readAll(sourceOf([]), null, 'json', 1)).text).toBe('[]\n');
});

test('finds the nearest row on either side, across pages', async () => {
  const source = sourceOf(lines(20));
  const signal = new AbortController().signal;
  const find = async (text: string, from: number, direction: 'next' | 'previous') =>
    (await findRow(source, text, from, direction, signal)).index;
  expect(await find('LINE 1', -1, 'next')).toBe(1);
  expect(await find('line 1', 1, 'next')).toBe(10);
  expect(await find('line 19', 4, 'next')).toBe(19);
  expect(await find('line 1', 10, 'previous')).toBe(1);
  expect(await find('line 0', 20, 'previous')).toBe(0);
  expect(await find('no such text', -1, 'next')).toBeNull();
  expect(await find('line 5', 5, 'previous')).toBeNull();
});
