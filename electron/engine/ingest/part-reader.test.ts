import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePrefix } from '../formats/prefix/prefix.ts';
import { usualReading } from '../formats/prefix/reading.ts';
import { blocksOfLines, fileOf } from '../formats/testing/log-lines.ts';
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
