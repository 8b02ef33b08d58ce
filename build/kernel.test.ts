import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernelModule, moduleFiles } from './kernel.ts';
import { root } from './paths.ts';

test.each(moduleFiles)(
  '%s in the repository is made from its sources',
  async (file) => {
    const kept = readFileSync(join(root, 'electron/engine/kernel', file), 'utf8');
    expect(kept, 'run npm run build:kernel').toBe(await kernelModule(file));
  },
  60_000,
);
