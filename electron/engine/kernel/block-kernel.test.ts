/**
 * A kernel keeps state in its module's memory. Whatever it did before, it must read the next block
 * as if it were new.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockKernel } from './block-kernel.ts';
import { LiteralSet } from './literal-set.ts';

const literals = new LiteralSet(['Got task ', 'Failed to process']);

const line = fc
  .tuple(
    fc.constantFrom('2020-05-06 05:50:28,080', '2020-05-06 05:50:29,999', '2020-05-06 05:50:07,123'),
    fc.constantFrom('|root|', '|root|', '|root|', '|other|'),
    fc.constantFrom('INFO|', 'INFO|', 'INFO|', 'DEBUG|'),
    fc.constantFrom('287|139767160076032|', '287|139767160076032|', '288|139767160076032|'),
    fc.constantFrom('Got task 7.', 'Traceback (most recent call last)', 'größe', 'x', ''),
  )
  .map((parts) => parts.join(''));
const block = fc.array(line, { minLength: 1, maxLength: 30 });

/**
 * Reads a block as the indexer does: parses and remembers the first line, then lets the kernel read
 * as many others as it can.
 */
function read(kernel: BlockKernel, lines: string[]) {
  const text = `${lines.join('\n')}\n`;
  const bytes = Buffer.from(text);
  kernel.load(bytes, 0, bytes.length);
  const places = kernel.find(literals);
  const found = { needles: [...places.needles], tracebacks: [...places.tracebacks] };
  const levelAt = text.indexOf('|', 24) + 1;
  const threadEnd = text.indexOf('|', text.indexOf('|', text.indexOf('|', levelAt) + 1) + 1) + 1;
  kernel.remember(0, { length: threadEnd, levelAt, minuteUs: 1_588_744_200_000_000 }, 2, true);
  const levels = [0, 0, 0, 0, 0];
  const quiet = { ...kernel.readQuiet(text.indexOf('\n') + 1, bytes.length, levels) };
  kernel.exports.addBlock(bytes.length);
  return { found, levels, quiet: quiet.lines === 0 ? quiet.next : quiet };
}

test('a used kernel reads a block as a new one does', () => {
  const used = new BlockKernel();
  let readQuietly = 0;
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
      const fresh = new BlockKernel();
      for (const lines of blocks) {
        const result = read(used, lines);
        expect(result).toEqual(read(fresh, lines));
        if (typeof result.quiet === 'object') readQuietly++;
      }
      const pages = used.exports.encode();
      fresh.exports.encode();
      expect(used.exports.tokens()).toBe(fresh.exports.tokens());
      used.reset(pages);
    }),
    { numRuns: 100 },
  );
  expect(readQuietly).toBeGreaterThan(10);
});
