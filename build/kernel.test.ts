/** Tests that the kernel's numbers and its README match the sources. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernelModule, kernelNumbers, moduleFiles, numbersFile } from './kernel.ts';
import { root } from './paths.ts';

test('the numbers of the kernel are those of the TypeScript', () => {
  const kept = readFileSync(join(root, 'electron/engine/kernel', numbersFile), 'utf8');
  expect(kept, 'run npm run build:kernel').toBe(kernelNumbers());
});

test("the README's memory map is that of the sources", () => {
  const folder = join(root, 'electron/engine/kernel');
  const readme = readFileSync(join(folder, 'README.md'), 'utf8');
  const places = readFileSync(join(folder, 'assembly/memory.ts'), 'utf8').matchAll(/const ([A-Z]+): usize = (0x\w+);/g);
  const missing = [...places].filter(
    ([, name, at]) => !new RegExp(`^\\| ${at} \\|.*(?:\`${name}\`|heap)`, 'm').test(readme),
  );
  expect(missing.map(([line]) => line)).toEqual([]);
});

test.each(moduleFiles)(
  '%s in the repository is made from its sources',
  async (file) => {
    const kept = readFileSync(join(root, 'electron/engine/kernel', file), 'utf8');
    expect(kept, 'run npm run build:kernel').toBe(await kernelModule(file));
  },
  60_000,
);
