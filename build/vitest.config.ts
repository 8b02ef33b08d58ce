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
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
