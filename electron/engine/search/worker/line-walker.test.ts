import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { usualRulesOfLines } from '../../formats/prefix/line-rules.ts';
import { usualReading } from '../../formats/prefix/reading.ts';
import { blocksOfLines, fileOf } from '../../formats/testing/log-lines.ts';
import type { RecordSink } from '../../formats/types.ts';
import type { UnitPart } from '../../ingest/messages.ts';
import { PartReader } from '../../ingest/part-reader.ts';
import { BlockKernel } from '../../kernel/block-kernel.ts';
import {
  type BlockCarry,
  type FoundLines,
  lookAtLines,
  NOTHING_CARRIED,
  type WalkedLine,
  walkLines,
} from './line-walker.ts';

const indented = { reading: { ...usualReading, records: 'indented' as const }, own: null };

const part: UnitPart = {
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
};

const nothing = () => undefined;
const sink: RecordSink = {
  task: nothing,
  process: nothing,
  run: nothing,
  error: nothing,
  samples: nothing,
  problem: nothing,
};

/** Walks a block. Returns the reported lines and what the walk carries on. */
function walked(
  block: Buffer,
  carry: BlockCarry,
  rules = usualRulesOfLines,
): { lines: WalkedLine[]; carry: BlockCarry } {
  const lines: WalkedLine[] = [];
  const carried = walkLines(block, carry, null, (line) => lines.push({ ...line }), rules);
  return { lines, carry: carried };
}

/** Cuts a file into its blocks. */
function blocksOf({ bytes, ends }: ReturnType<typeof fileOf>): Buffer[] {
  return ends.map((end, k) => bytes.subarray(ends[k - 1] ?? 0, end));
}

describe('a walk through the lines of a block', () => {
  it('finds what indexing found, and carries on what indexing carries', () => {
    fc.assert(
      fc.property(blocksOfLines, (lines) => {
        const file = fileOf(lines);
        const reader = new PartReader(part, sink, new BlockKernel());
        let carry = NOTHING_CARRIED;
        for (const [k, block] of blocksOf(file).entries()) {
          const start = file.ends[k - 1] ?? 0;
          const row = reader.block(file.bytes, start, start + block.length, start, false);
          expect({
            us: row.carryUs ?? Number.NaN,
            nanos: row.carryNanos,
            pid: row.carryPid ?? -1,
            level: row.carryLevel,
            traceback: row.traceback,
          }).toEqual(carry);
          const found = walked(block, carry);
          const ownTimes = found.lines.filter(({ ownTime }) => ownTime).map(({ us }) => us);
          const levels = [1, 2, 3, 4, 5].map((level) => found.lines.filter((line) => line.level === level).length);
          expect({ lines: row.lines, levels: row.levels, minUs: row.minUs, maxUs: row.maxUs }).toEqual({
            lines: found.lines.length,
            levels,
            minUs: ownTimes.length === 0 ? null : Math.min(...ownTimes),
            maxUs: ownTimes.length === 0 ? null : Math.max(...ownTimes),
          });
          ({ carry } = found);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the same where only the lines that were found are looked at', () => {
    fc.assert(
      fc.property(
        blocksOfLines,
        fc.array(fc.boolean(), { minLength: 120, maxLength: 120 }),
        fc.constantFrom(usualRulesOfLines, indented),
        (lines, isFound, rules) => {
          let carry = NOTHING_CARRIED;
          for (const block of blocksOf(fileOf(lines))) {
            const whole = walked(block, carry, rules);
            const found: FoundLines = { starts: [], ends: [], indexes: [] };
            whole.lines.forEach(({ start, end }, index) => {
              if (isFound[index % isFound.length] !== true) return;
              found.starts.push(start);
              found.ends.push(end);
              found.indexes.push(index);
            });
            const looked: WalkedLine[] = [];
            lookAtLines(block, carry, found, (line) => looked.push({ ...line }), rules);
            expect(looked).toEqual(found.indexes.map((index) => whole.lines[index]));
            ({ carry } = whole);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
