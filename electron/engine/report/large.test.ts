/** Tests a run with 100,000 failures: the report groups and counts them and stays small. */
import { expect, test } from 'vitest';
import { reportOptionsSchema } from '../../contract/report.ts';
import { derive } from '../analysis/derive.ts';
import { CaseBuilder, t } from '../analysis/testing/case-builder.ts';
import { reportHtml } from './html.ts';
import { reportMarkdown } from './markdown.ts';
import { buildReport } from './model.ts';
import { proveRedacted, redactReport } from './redact-report.ts';

const FAILURES = 100_000;

test(`${FAILURES} failures make a report of less than 5 MB`, () => {
  const b = new CaseBuilder();
  b.db.exec('BEGIN');
  const files = Array.from({ length: 20 }, (_, k) =>
    b.file(`logs/sys/worker/10.0.0.${k}/Process-1.txt`, {
      node: `10.0.0.${k}`,
      process: 'Process-1',
      lines: 1_000_000,
    }),
  );
  for (let k = 0; k < FAILURES; k++) {
    const fileId = files[k % 20] ?? 1;
    const who = { node: `10.0.0.${k % 20}`, pid: 100 + (k % 20), process: 'Process-1' };
    const error = `ValueError: item ${k} of 'file_${k}.png' is broken in way ${String.fromCharCode(97 + (k % 26))}${String.fromCharCode(97 + ((k >> 5) % 26))}`;
    const at = t(k / 100);
    b.task(fileId, { type: 'picked', miniBatchId: String(k), ...who, atUs: at, startUs: at });
    b.task(fileId, {
      type: 'failed',
      miniBatchId: String(k),
      ...who,
      atUs: at + 1e6,
      startUs: at,
      durationSeconds: 1,
      total: 10,
      succeeded: 0,
      failed: 10,
      error,
    });
    b.error(fileId, { message: error, ...who, atUs: at + 1e6, chain: ['ValueError'], miniBatchId: String(k) });
  }
  b.db.exec('COMMIT');
  derive(b.db);
  const view = {
    db: b.db,
    lineText: (fileId: number, line: number) => `line ${line} of ${fileId} on 10.0.0.7`,
    packs: [],
  };
  const options = reportOptionsSchema.parse({});
  const { report, redactor } = redactReport(
    b.db,
    buildReport(view, options, { version: '1', madeAt: new Date(0) }),
    options,
  );
  const html = reportHtml(report);
  proveRedacted(redactor, html, 'html', null);
  expect(Buffer.byteLength(html)).toBeLessThan(5_000_000);
  expect(Buffer.byteLength(reportMarkdown(report))).toBeLessThan(5_000_000);
  expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(5_000_000);
  expect(report.batches?.total).toBe(FAILURES);
  const listed = report.batches?.groups.reduce((sum, group) => sum + group.count, 0) ?? 0;
  expect(listed + (report.batches?.omittedInGroups ?? 0)).toBe(FAILURES);
  expect(html).toContain('not listed');
});
