/** Tests the counts taken from reporters' files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { addCounts, formatCounts, noCounts, playwrightCounts, vitestCounts, withExit } from './counts.ts';

const folder = mkdtempSync(join(tmpdir(), 'postrun-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

test('a test file that does not load is a failure', () => {
  const testResults = [
    { status: 'passed', assertionResults: [{}] },
    { status: 'failed', assertionResults: [] },
  ];
  const path = report({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults });
  expect(vitestCounts(path)).toEqual({ passed: 5, failed: 2, skipped: 3 });
});

test('flaky specs passed, errors outside of specs failed', () => {
  const path = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 }, errors: [{}] });
  expect(playwrightCounts(path)).toEqual({ passed: 4, failed: 2, skipped: 2 });
});

test('a crash without a report is one failure', () => {
  expect(withExit(vitestCounts(report('{')), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(withExit({ passed: 1, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  expect(withExit(noCounts, 0)).toEqual(noCounts);
});

test('the last line', () => {
  const total = addCounts({ passed: 1, failed: 0, skipped: 2 }, noCounts, { passed: 3, failed: 1, skipped: 0 });
  expect(formatCounts(total)).toBe('4 passed, 1 failed, 2 skipped');
});
