/** Settings of the unit tests. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { compileCache, root } from './paths.ts';

// Vitest's processes and what they start inherit it.
process.env.NODE_COMPILE_CACHE ??= compileCache;

export default defineConfig({
  test: {
    root,
    include: [
      'electron/**/*.test.ts',
      'renderer/**/*.test.ts',
      'renderer/**/*.test.tsx',
      'build/**/*.test.ts',
      'e2e/host/**/*.test.ts',
    ],
    setupFiles: ['build/vitest.setup.ts'],
    pool: 'forks',
    // Compares each row read from a case with its type (store/select.ts).
    env: { POSTRUN_CHECK_ROWS: '1' },
    // Vitest leaves one core free by default, which halves a machine of two.
    maxWorkers: availableParallelism(),
    // Only a test that hangs can reach these limits, even when others use the machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
  },
});
