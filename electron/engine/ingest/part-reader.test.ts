import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegmentBuilder } from '../store/segment-builder.ts';
import { PartReader } from './part-reader.ts';

const nothing = () => undefined;
const sink = { task: nothing, process: nothing, run: nothing, error: nothing, samples: nothing, problem: nothing };

const part = {
  file: {
    fileId: 1,
    path: 'logs/user/10.0.0.4/Process-1.txt',
    bytes: 0,
    zip: null,
    inside: null,
    kind: 'user',
    format: 'prs1.user-log',
    generation: '1',
    node: '10.0.0.4',
    process: 'Process-1',
    shape: 'lines',
    priority: 2,
  },
  part: 0,
  start: 0,
  end: 0,
} as const;

const second = fc.integer({ min: 0, max: 59 }).map((value) => String(value).padStart(2, '0'));
const millis = fc.integer({ min: 0, max: 999 }).map((value) => String(value).padStart(3, '0'));
const line = fc
  .tuple(
    fc.constantFrom('2020-05-06 05:50:', '2020-05-06 05:51:', 'x'),
    second,
    millis,
    fc.constantFrom('|10.0.0.4_Process-1|', '|root|', '|größe|'),
    fc.constantFrom('INFO', 'DEBUG', 'WARNING', 'ERROR'),
    fc.constantFrom('|287|139710227275372|', '|288|139710227275372|', '|287|13971|', '|287|'),
    fc.constantFrom('run()|one two', 'init()|', 'größe()|', 'tail', '', 'more 287 é'),
  )
  .map(([minute, s, ms, logger, level, thread, rest]) => `${minute}${s},${ms}${logger}${level}${thread}${rest}`);

describe('the text of a block that may be new to it', () => {
  it('has every token of the block', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(line, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 3 }),
        (blocks) => {
          const builder = new SegmentBuilder();
          const reader = new PartReader(part, sink, builder.kernel);
          const plain = new SegmentBuilder();
          const bytes = Buffer.from(blocks.map((lines) => `${lines.join('\n')}\n`).join(''));
          let at = 0;
          for (const lines of blocks) {
            const end = at + Buffer.byteLength(lines.join('\n')) + 1;
            reader.block(bytes, at, end, at, false);
            builder.addBlock(at, reader.spans);
            plain.kernel.load(bytes, at, end);
            plain.addBlock(at, [at, end]);
            at = end;
          }
          expect(builder.finish().postings).toEqual(plain.finish().postings);
        },
      ),
      { numRuns: 300 },
    );
  });
});
