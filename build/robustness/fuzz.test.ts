/** A short run of the fuzzer; `npm run fuzz` runs as long as you like. */
import { expect, test } from 'vitest';
import { Random } from '../../electron/sample/random.ts';
import { unbelievable } from './believable.ts';
import { type FuzzTargetName, fuzzTargets } from './fuzz-targets.ts';
import { mutateBytes } from './mutate.ts';

/** Limited by number of inputs, not by seconds, so that a run is the same on every machine. */
const inputs: Record<FuzzTargetName, number> = {
  parsers: 2_000,
  query: 100,
  sql: 60,
  contract: 300,
  source: 4,
  server: 60,
};

test.each(Object.keys(fuzzTargets) as FuzzTargetName[])('%s: damaged samples break nothing', async (name) => {
  const target = await fuzzTargets[name]();
  try {
    for (let k = 0; k < inputs[name]; k++) await target.attack(new Random(1, `${name} ${k}`));
  } finally {
    await target.close();
  }
});

test('the fuzzer sees what it looks for', async () => {
  expect(unbelievable({ a: [{ durationSeconds: 1e12 }, { x: Number.NaN }, { count: 3 }] })).toHaveLength(2);
  const bytes = Buffer.from('some bytes that are to be damaged');
  expect(mutateBytes(new Random(5), bytes)).toEqual(mutateBytes(new Random(5), bytes));
  const changed = Array.from({ length: 50 }, (_, k) => mutateBytes(new Random(k), bytes)).filter(
    (each) => !each.equals(bytes),
  );
  expect(changed.length).toBeGreaterThan(40);
});
