/** Settings of the unit tests. */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { root } from './paths.ts';

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
    pool: 'forks',
    // Each row that is read from a case is compared with its type (store/select.ts).
    env: { POSTRUN_CHECK_ROWS: '1' },
    // Vitest leaves one core to itself by default, which halves a machine of two.
    maxWorkers: availableParallelism(),
    // Limits that only a test that hangs can reach, also where others use the machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
  },
});
