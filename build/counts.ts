/**
 * Counts the tests that passed, failed and were skipped. It reads the reporters' files instead of
 * parsing prose.
 */
import { readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(...all: Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    noCounts,
  );
}

export function formatCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/**
 * Counts a stage that ended badly without a failed test (a file that does not load, a crash) as one
 * failure.
 */
export function withExit(counts: Counts, exitCode: number): Counts {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** Reads the file of vitest's JSON reporter. A test file that could not load is one failure. */
export function vitestCounts(path: string): Counts {
  const report = read<VitestReport>(path);
  if (report === null) return noCounts;
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors: unknown[];
}

/** Reads the file of Playwright's JSON reporter. An error outside any test is also a failure. */
export function playwrightCounts(path: string): Counts {
  const report = read<PlaywrightReport>(path);
  if (report === null) return noCounts;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length, skipped };
}

function read<Report>(path: string): Report | null {
  try {
    const report: Report = JSON.parse(readFileSync(path, 'utf8'));
    return report;
  } catch {
    return null;
  }
}
