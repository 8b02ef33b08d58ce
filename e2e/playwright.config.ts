/**
 * Settings of Playwright: limits that only a hanging spec can reach, and a browser that looks the
 * same on every machine. `build/e2e.ts` starts it.
 */
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** `build/e2e.ts` finds the browser and sets these. */
const { POSTRUN_BROWSER: executablePath, POSTRUN_BROWSER_FLAGS: flags = '' } = process.env;

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  // Only a spec that hangs can reach these limits, even when others use the machine.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  // Every worker has its own browser, server and data folder. A spec waits for frames and timers
  // most of its time, so a core has room for two.
  workers: Math.min(6, 2 * availableParallelism()),
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // Only in CI, where the machine is shared: a test that passes the second time is listed as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  use: {
    trace: 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1400, height: 900 },
    deviceScaleFactor: 1,
    colorScheme: 'light',
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    locale: 'en-US',
    launchOptions: { executablePath, args: flags.split(' ').filter((flag) => flag !== '') },
  },
});
