import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefix } from '../formats/prefix/prefix.ts';
import { usualReading } from '../formats/prefix/reading.ts';
import type { RecordSink, SampleSeries } from '../formats/types.ts';
import { BlockKernel } from '../kernel/block-kernel.ts';
import { SegmentBuilder } from '../store/segment-builder.ts';
import { PartReader } from './part-reader.ts';

interface Noted {
  sink: RecordSink;
  events: unknown[];
}

function noted(): Noted {
  const events: unknown[] = [];
  const note = (event: unknown) => events.push(event);
  return { events, sink: { task: note, process: note, run: note, error: note, samples: note, problem: note } };
}

const part = {
  file: {
    fileId: 1,
    path: 'logs/user/10.0.0.4/Process-1.txt',
    bytes: 0,
    zip: null,
    inside: null,
    modifiedUs: null,
    choice: null,
    kind: 'worker',
    format: 'prs1.worker-log',
    generation: '1',
    node: '10.0.0.4',
    process: 'Process-1',
    shape: 'lines',
    priority: 2,
  },
  part: 0,
  start: 0,
  end: 0,
  resume: null,
} as const;

const piece = <T>(...values: T[]) => fc.constantFrom(...values);

/** Lines that differ in every part of a prefix, so that many differ in just one. */
const prefixed = fc
  .tuple(
    piece(
      '2020-05-06 05:50:28',
      '2020-05-06 05:50:29',
      '2020-05-06 05:50:07',
      '2020-05-06 05:51:07',
      '2020-05-06 05:50:6x',
    ),
    piece(',080', ',999', ',123', '.123', ',1234', ',08', ''),
    piece('|', '|', '|', '| ', ' '),
    piece('10.0.0.4_Process-1|', 'ParallelRunStep.Worker|', 'root|', 'größe|', ''),
    piece('INFO|', 'INFO|', 'DEBUG|', 'WARNING|', 'ERROR|', 'INFORM|', ''),
    piece('287|', '287|', '288|', '12345678901|', ''),
    piece('139710227275372|', '139710227275372|', '139710227275373|', '13971|', ''),
    piece('run()|', 'init()|', '<module>()|', 'run(|', '()|', ''),
    piece('message 7|8', 'one two', '', 'x()|', 'INFO', 'größer', 'Got task 7.', 'Thread 0x7 gone'),
  )
  .map((parts) => parts.join(''));
/** Consecutive lines of a log that differ only in the seconds. */
const alike = fc
  .tuple(
    piece('INFO', 'DEBUG', 'WARNING'),
    fc.integer({ min: 0, max: 60_999 }),
    piece('', '\r', ' tail é', 'Got task 12.'),
  )
  .map(([level, ms, rest]) => {
    const seconds = `${String(Math.floor(ms / 1000)).padStart(2, '0')},${String(ms % 1000).padStart(3, '0')}`;
    return `2020-05-06 05:50:${seconds}|10.0.0.4_Process-1|${level}|287|139710227275372|run()|${rest}`;
  });
const traceback = piece(
  'Traceback (most recent call last):',
  '  File "score.py", line 7, in run',
  '    fail()',
  "KeyError: 'x'",
  'plain text',
  '',
  '{"level": "INFO"}',
);
const blocksOfLines = fc.array(
  fc.array(fc.oneof({ weight: 3, arbitrary: alike }, prefixed, traceback), { minLength: 1, maxLength: 40 }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

/** Joins the lines into one file and returns where its blocks end. */
function fileOf(blocks: string[][]): { bytes: Buffer; ends: number[] } {
  const bytes = Buffer.from(blocks.map((lines) => `${lines.join('\n')}\n`).join(''));
  let end = 0;
  return { bytes, ends: blocks.map((lines) => (end += Buffer.byteLength(`${lines.join('\n')}\n`))) };
}

describe('a reader', () => {
  it('tells of lines that are like earlier ones what it tells of each by itself', () => {
    fc.assert(
      fc.property(blocksOfLines, fc.boolean(), (blocks, isCut) => {
        const { bytes, ends } = fileOf(blocks);
        // The last line of a file may lack a line end.
        if (isCut) ends[ends.length - 1] = bytes.length - 1;
        const [one, other] = [noted(), noted()];
        const reader = new PartReader(part, one.sink, new BlockKernel());
        // A custom format is read line by line.
        const plain = new PartReader(part, other.sink, new BlockKernel(), { reading: usualReading, own: parsePrefix });
        let at = 0;
        for (const end of ends) {
          if (end === at) continue;
          expect(reader.block(bytes, at, end, at, false)).toEqual(plain.block(bytes, at, end, at, false));
          at = end;
        }
        expect(reader.end('utf-8', false)).toEqual(plain.end('utf-8', false));
        expect(reader.pids()).toEqual(plain.pids());
        expect(one.events).toEqual(other.events);
      }),
      { numRuns: 1_500 },
    );
  });

  it('leaves out of the index no token of a block', () => {
    fc.assert(
      fc.property(blocksOfLines, (blocks) => {
        const builder = new SegmentBuilder();
        const reader = new PartReader(part, noted().sink, builder.kernel);
        const plain = new SegmentBuilder();
        const { bytes, ends } = fileOf(blocks);
        let at = 0;
        for (const end of ends) {
          reader.block(bytes, at, end, at, false);
          builder.addBlock();
          plain.kernel.load(bytes, at, end);
          plain.addBlock();
          at = end;
        }
        expect(builder.finish().postings).toEqual(plain.finish().postings);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a file whose name says nothing', () => {
  const stamp = (k: number) => `2024-06-25 14:00:${String(k).padStart(2, '0')}`;
  const lines = (head: string, row: (k: number) => string) =>
    `${[head, ...Array.from({ length: 20 }, (_, k) => row(k))].join('\n')}\n`;
  const seriesOf = (text: string) => {
    const { sink, events } = noted();
    const file = { ...part.file, path: 'outputs/stats.log', kind: 'other', format: 'other', node: null } as const;
    const bytes = Buffer.from(text);
    const reader = new PartReader({ ...part, file }, sink, new BlockKernel());
    reader.block(bytes, 0, bytes.length, 0, false);
    reader.end('utf-8', false);
    return events.map((event) => {
      const { metric, unit, values } = event as SampleSeries;
      return [metric, unit, values.length];
    });
  };
  it('is a table where its lines are rows', () => {
    expect(seriesOf(lines('time;cpu;note', (k) => `${stamp(k)};${k} %;x`))).toEqual([['cpu', '%', 20]]);
    expect(seriesOf(lines('시각\t온도', (k) => `${stamp(k)}\t${k}.5`))).toEqual([['온도', '', 20]]);
  });
  it('is a log where they are not', () => {
    expect(seriesOf(lines('Server started, version one', (k) => `${stamp(k)},123 INFO step ${k}, ok, ${k}`))).toEqual(
      [],
    );
    expect(seriesOf(lines('Hello, world', () => 'this, is, prose'))).toEqual([]);
    expect(seriesOf(lines('', (k) => `${stamp(k)},${k},x`))).toEqual([]);
  });
});
