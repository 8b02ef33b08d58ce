/** Parsers, on damaged lines from the samples of every format. */
import { readLines } from '../../../electron/engine/formats/custom/samples.ts';
import { formatRows } from '../../../electron/engine/formats/rows/registry.ts';
import { mutateText } from '../mutate.ts';
import { Broken, type FuzzTarget, words } from './target.ts';

const samples = formatRows.flatMap((row) => row.samples).filter((sample) => sample.lines !== undefined);
const lines = samples.flatMap((sample) => sample.lines ?? []);

export async function createParsersTarget(): Promise<FuzzTarget> {
  return {
    async attack(random) {
      const sample = random.pick(samples);
      const text = (
        random.chance(0.5) ? [...(sample.lines ?? [])] : Array.from({ length: 20 }, () => random.pick(lines))
      ).map((line) => (random.chance(0.5) ? mutateText(random, line) : line));
      try {
        readLines(sample.path, text.join('\n').split('\n'));
      } catch (error) {
        throw new Broken(`${sample.path}: ${words(error)}`, text.join('\n'));
      }
    },
    close: async () => undefined,
  };
}
