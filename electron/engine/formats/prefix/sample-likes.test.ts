import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readingOf, usualReading } from './reading.ts';
import { SampleLikes } from './sample-likes.ts';
import { SamplePrefixes } from './sample-prefixes.ts';
import { timedAtStart } from './sample-times.ts';

const trial = readingOf({ ...usualReading, isOrderOpen: true, isInBracket: false, hasInnerJson: false, isTrial: true });

/** Draws mostly the usual value, sometimes one of the others. */
const mostly = (usual: string, ...others: string[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const line = fc
  .tuple(
    mostly('2020-05-06 05:50:', '2020-05-06 05:51:', '2020/05/06 05:50:'),
    fc.constantFrom('28', '29', '07', '61'),
    fc.constantFrom(',080', ',999', ',123'),
    mostly('|', ' ', '5|', 'Z|'),
    mostly('ParallelRunStep.Worker|', '10.0.0.4_Process-1|', ''),
    mostly('INFO|', 'DEBUG|', 'INFORM|', ''),
    mostly('287|139710227275372|', '288|139710227275373|', '12345678901|', ''),
    fc.constantFrom('run()|', 'init()|', '', 'run(|'),
    fc.constantFrom('message 7|8', '', '{"level": "error"}', 'ERROR|', 'größer'),
  )
  .map((parts) => parts.join(''));

test('a line that is alike to one before it is known as it is read', () => {
  let alike = 0;
  fc.assert(
    fc.property(fc.array(line, { minLength: 2, maxLength: 30 }), (texts) => {
      const lines = texts.map((text) => Buffer.from(text));
      const likes = new SampleLikes();
      const [known, read] = [new SamplePrefixes(lines), new SamplePrefixes(lines)];
      for (const [index, bytes] of lines.entries()) {
        const like = likes.timed(bytes, index);
        const timed = timedAtStart(bytes, index, trial);
        read.noteTrial(index);
        if (like === null) {
          known.noteTrial(index);
          if (timed !== null && timed !== 'keyed') likes.note(bytes, timed);
          continue;
        }
        alike++;
        known.noteLike(index, like.model, like.timed.us);
        expect(like.timed).toEqual(timed);
      }
      expect(known).toEqual(read);
    }),
    { numRuns: 1_000 },
  );
  expect(alike).toBeGreaterThan(1_000);
});
