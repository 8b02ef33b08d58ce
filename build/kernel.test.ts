import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kernelModule } from './kernel.ts';
import { root } from './paths.ts';

test('the kernel in the repository is made from its sources', async () => {
  const kept = readFileSync(join(root, 'electron/engine/kernel/kernel-wasm.ts'), 'utf8');
  expect(kept, 'run npm run build:kernel').toBe(await kernelModule());
}, 60_000);
