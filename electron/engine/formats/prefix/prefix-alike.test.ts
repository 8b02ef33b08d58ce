import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '../../base/line-end.ts';
import { prefixedLine } from '../testing/log-lines.ts';
import { createPrefix } from './empty-prefix.ts';
import { parsePrefix } from './prefix.ts';
import { PrefixReader } from './prefix-alike.ts';
import { DOUBTFUL, usualReading } from './reading.ts';

describe('prefixes that a bar follows', () => {
  it('are read the short way as the long way reads them', () => {
    // A trial reading takes no shortcuts.
    const readings = [
      { ...usualReading, zone: 0 },
      { ...usualReading, zone: 540 },
      { ...usualReading, isCommaDecimal: false },
      { ...usualReading, isRangeKnown: true, fromUs: Date.UTC(2020, 4, 6, 5, 51) * 1000 },
      { ...usualReading, atStart: new Uint8Array(usualReading.atStart.length).fill(DOUBTFUL) },
    ];
    let timed = 0;
    fc.assert(
      fc.property(
        fc.array(prefixedLine, { minLength: 2, maxLength: 20 }),
        fc.constantFrom(...readings),
        (lines, reading) => {
          const long = { ...reading, isTrial: true };
          for (const text of lines) {
            const bytes = Buffer.from(text);
            const one = createPrefix();
            const other = createPrefix();
            parsePrefix(bytes, 0, bytes.length, one, reading);
            parsePrefix(bytes, 0, bytes.length, other, long);
            if (!Number.isNaN(one.timeUs)) timed++;
            expect({ text, ...one }).toEqual({ text, ...other });
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(timed).toBeGreaterThan(1_000);
  });
});

describe('prefixes read like the lines before', () => {
  it('are those that the line alone has', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(prefixedLine, fc.constantFrom('', 'plain text', '{"level": "INFO"}')), {
          minLength: 1,
          maxLength: 40,
        }),
        (lines) => {
          const bytes = Buffer.from(lines.join('\n'));
          const words = wordsOf(bytes);
          const reader = new PrefixReader();
          for (let at = 0; at <= bytes.length; ) {
            const next = bytes.indexOf(10, at);
            const end = next === -1 ? bytes.length : next;
            const alone = createPrefix();
            const alike = createPrefix();
            parsePrefix(bytes, at, end, alone);
            reader.read(bytes, words, at, end, alike);
            expect({ text: bytes.toString('utf8', at, end), ...alike }).toEqual({
              text: bytes.toString('utf8', at, end),
              ...alone,
            });
            at = end + 1;
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
