import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { createCollector, readLines, toRecords } from './custom/samples.ts';
import { mentionedMiniBatch } from './mention.ts';
import { createLogParser, createTableParser } from './parsers/parsers.ts';
import { decodePrefix } from './prefix/decoded-prefix.ts';
import { createPrefix, hasPrefix } from './prefix/empty-prefix.ts';
import { parsePrefix } from './prefix/prefix.ts';
import type { FormatSample } from './rows/format-row.ts';
import { classify, formatRows } from './rows/registry.ts';
import { findRunRoots } from './rows/roots.ts';
import { nextTraceback, parseTraceback } from './traceback.ts';

const samples: FormatSample[] = formatRows.flatMap((row) => [...row.samples]);
const realLines = samples.flatMap((sample) => sample.lines ?? []);
const paths = [...new Set(samples.map((sample) => sample.path)), 'notes.txt', 'table.csv'];
/** One path for each kind of parser. */
const parserPaths = [
  ...new Map(
    paths.map((path) => [classify(path).shape === 'csv' ? classify(path).format : classify(path).kind, path]),
  ).values(),
];
const encoder = new TextEncoder();

/** Real lines, whole, cut, joined and damaged, and arbitrary lines. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...realLines) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...realLines), fc.nat(), fc.nat(), fc.string({ unit: 'binary', maxLength: 12 }))
      .map(
        ([text, from, to, junk]) => text.slice(0, from % (text.length + 1)) + junk + text.slice(to % (text.length + 1)),
      ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '\r',
      '\0\0\0',
      '{',
      '[',
      '|',
      '||||',
      '{"a":'.repeat(50),
      '"'.repeat(50),
      '1'.repeat(40),
    ),
  },
);
const lines = fc.array(line, { maxLength: 30 });

describe('nothing that a file holds makes a parser throw', () => {
  test.each(paths)('%s', (path) => {
    fc.assert(
      fc.property(lines, (text) => {
        readLines(path, text);
      }),
      { numRuns: 25 },
    );
  });

  test('records of any shape', () => {
    const record = fc.record({
      fileId: fc.nat(),
      line: fc.integer({ min: 1 }),
      lines: fc.array(line, { minLength: 1, maxLength: 10 }),
      head: line,
      timeUs: fc.option(fc.double()),
      level: fc.nat(5),
      pid: fc.option(fc.nat()),
      prefixed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(record, { maxLength: 10 }), (path, records) => {
        const { sink } = createCollector();
        const context = { ...classify(path), fileId: 1, path };
        const parser = createLogParser(context);
        for (const each of records) parser.record(each, sink);
        parser.end?.(sink, { firstLine: 1, lines: records.flatMap((each) => each.lines), timeUs: null });
        const table = createTableParser(context);
        for (const each of records) table?.row(each.lines, each.line, sink);
        table?.end?.(sink, true);
      }),
    );
  });
});

describe('line prefixes', () => {
  test('any bytes', () => {
    const out = createPrefix();
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          line.map((text) => encoder.encode(text)),
        ),
        fc.nat(),
        (bytes, nat) => {
          const start = bytes.length === 0 ? 0 : nat % bytes.length;
          parsePrefix(bytes, start, bytes.length, out);
          expect(out.length).toBeGreaterThanOrEqual(0);
          expect(out.length).toBeLessThanOrEqual(bytes.length - start);
          expect(out.level).toBeGreaterThanOrEqual(0);
          expect(out.level).toBeLessThanOrEqual(5);
          if (!Number.isNaN(out.timeUs)) {
            expect(out.timeUs).toBeGreaterThanOrEqual(Date.UTC(1979, 11, 31) * 1000);
            expect(out.timeUs).toBeLessThan(Date.UTC(2101, 0, 2) * 1000);
            expect(Number.isInteger(out.timeUs)).toBe(true);
          }
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('the line alone decides: what lies around it in the block does not', () => {
    const alone = createPrefix();
    const within = createPrefix();
    fc.assert(
      fc.property(line, line, line, (before, text, after) => {
        const bytes = encoder.encode(text);
        const head = encoder.encode(`${before}\n`);
        const block = new Uint8Array([...head, ...bytes, 10, ...encoder.encode(after)]);
        parsePrefix(bytes, 0, bytes.length, alone);
        parsePrefix(block, head.length, head.length + bytes.length, within);
        expect(within).toEqual(alone);
      }),
      { numRuns: 2_000 },
    );
  });

  test('as text and as bytes they say the same', () => {
    const out = createPrefix();
    fc.assert(
      fc.property(line, (text) => {
        const bytes = encoder.encode(text);
        parsePrefix(bytes, 0, bytes.length, out);
        const decoded = decodePrefix(text);
        expect(decoded !== null).toBe(hasPrefix(out));
        if (!decoded) return;
        expect(decoded.timeUs).toBe(Number.isNaN(out.timeUs) ? null : out.timeUs);
        expect(decoded.level).toBe(out.level);
        expect(decoded.pid ?? -1).toBe(out.pid);
        expect(encoder.encode(text.slice(0, decoded.length)).length).toBe(out.length);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('text', () => {
  test('tracebacks, mentions and roots of anything', () => {
    fc.assert(
      fc.property(lines, fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), (text, flags) => {
        let state = 0;
        for (const [index, each] of text.entries()) {
          state = nextTraceback(state, each, flags[index] ?? false).state;
          expect(Number.isInteger(state)).toBe(true);
          expect(state).toBeGreaterThanOrEqual(0);
          mentionedMiniBatch(each);
        }
        parseTraceback(text);
        const roots = findRunRoots(text);
        expect(roots.length).toBeGreaterThan(0);
        for (const each of text) classify(each);
      }),
      { numRuns: 500 },
    );
  });

  test('roots do not depend on the order of the paths', () => {
    const path = fc
      .tuple(fc.constantFrom('', 'a/', 'a/b/', 'c/'), fc.constantFrom(...paths))
      .map(([folder, file]) => folder + file);
    fc.assert(
      fc.property(fc.array(path, { maxLength: 20 }), (list) => {
        expect(findRunRoots([...list].reverse())).toEqual(findRunRoots(list));
      }),
    );
  });
});

/** Lines designed to be slow: each pattern's worst case, a megabyte long. */
const size = 1_000_000;
const long: [string, string][] = [
  ['one letter', 'a'.repeat(size)],
  ['spaces', ' '.repeat(size)],
  ['bars', `2020-03-19 15:37:07,101${'|'.repeat(size)}`],
  ['a logger without end', `2020-03-19 15:37:07,101|${'x'.repeat(size)}`],
  ['digits', '1'.repeat(size)],
  ['braces', `Failed to process task ${'{'.repeat(size)}`],
  ['quotes', `Failed to process task {${'"a":"b",'.repeat(size / 8)}`],
  ['a cut string', `Got a message from worker: {"id": 1, "minibatch": "${'\\"'.repeat(size / 2)}`],
  ['dotted names', `${'a.'.repeat(size / 2)}Error`],
  ['names', `${'Error'.repeat(size / 5)}!`],
  ['settings', `Master - Start processing batch: ${'a:b, '.repeat(size / 5)}`],
  ['words', `Please check ${'logs/'.repeat(size / 5)}`],
  ['reasons', `Progress update stopped for reasons: [${"'a', ".repeat(size / 5)}`],
  ['run()', 'run() function '.repeat(size / 15)],
  ['arguments', `Preparing to call script [x] with arguments:[${"'--a', ".repeat(size / 7)}`],
  ['group', `${'  |'.repeat(size / 3)}`],
  ['traceback', `Traceback (most recent call last):${' '.repeat(size)}`],
  ['json', `{${'"k":1,'.repeat(size / 6)}`],
  ['mini batch', 'mini batch '.repeat(size / 11)],
  ['exit', 'exit code '.repeat(size / 10)],
];

test.each(long)('a line of a megabyte takes its time only once: %s', (_name, text) => {
  const bytes = encoder.encode(text);
  const out = createPrefix();
  const start = cpuMilliseconds();
  parsePrefix(bytes, 0, bytes.length, out);
  decodePrefix(text);
  mentionedMiniBatch(text);
  nextTraceback(nextTraceback(0, 'Traceback (most recent call last):', false).state, text, false);
  parseTraceback(['Traceback (most recent call last):', '  File "a", line 1', text]);
  const readers = cpuMilliseconds();
  for (const path of parserPaths) {
    if (classify(path).shape === 'csv')
      createTableParser({ ...classify(path), fileId: 0, path })?.row([text, text], 2, createCollector().sink);
    else {
      const context = { ...classify(path), fileId: 0, path };
      const parser = createLogParser(context);
      const record = {
        fileId: 0,
        line: 1,
        lines: [text, text],
        head: text,
        timeUs: null,
        level: 4,
        pid: null,
        prefixed: true,
      };
      parser.record(record, createCollector().sink);
      for (const each of toRecords([text], parser.needles)) parser.record(each, createCollector().sink);
      parser.end?.(createCollector().sink, { firstLine: 1, lines: [text, text], timeUs: null });
    }
  }
  const end = cpuMilliseconds();
  expect(readers - start).toBeLessThan(500);
  expect((end - readers) / parserPaths.length).toBeLessThan(200);
});
