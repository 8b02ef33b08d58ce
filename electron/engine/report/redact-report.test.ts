import { expect, test } from 'vitest';
import { reportOptionsSchema } from '../../contract/report.ts';
import { derive } from '../analysis/derive.ts';
import { CaseBuilder } from '../analysis/testing/case-builder.ts';
import { reportHtml } from './html.ts';
import { buildReport } from './model.ts';
import { Redactor } from './redact.ts';
import { blankReport, hiddenKinds, proveRedacted, redactReport } from './redact-report.ts';

function makeCase(text: string) {
  const b = new CaseBuilder();
  const fileId = b.file('logs/user/10.0.0.4/run.txt', { node: '10.0.0.4', process: 'Process-1' });
  b.error(fileId, { message: 'it broke', node: '10.0.0.4', pid: 1, line: 1 });
  derive(b.db);
  return { db: b.db, lineText: () => text, packs: [] };
}
const options = (more: object = {}) => reportOptionsSchema.parse(more);
const made = { version: '1', madeAt: new Date(0) };

test('secrets are hidden whatever is switched off, unless all is', () => {
  expect([...hiddenKinds({ redact: [], redaction: true })]).toEqual(['secrets']);
  expect([...hiddenKinds({ redact: ['ips'], redaction: false })]).toEqual([]);
});

test('the last look fails closed on a value in any form', () => {
  const redactor = new Redactor(['secrets', 'ips']);
  redactor.learn('password=Sommer"2024"! at 10.0.0.4');
  proveRedacted(redactor, 'secret-1 ip-1', 'x', null);
  proveRedacted(null, 'Sommer 10.0.0.4', 'x', null);
  for (const text of [
    '<a title="10.0.0.4">',
    '"file":"logs/10.0.0.4/x"',
    '<text>10.0.0.4</text>',
    'worker_10.0.0.4_1.txt',
    'on 10-0-0-4',
  ]) {
    expect(() => proveRedacted(redactor, text, 'x', null), text).toThrow(/Nothing was written/);
  }
});

test('the other addresses of a node are hidden, and have the same pseudonyms in every report', () => {
  const view = makeCase('nothing here');
  view.db
    .prepare("INSERT INTO run_info (key, value) VALUES ('aliases', ?)")
    .run(JSON.stringify([['10.0.0.77', '10.0.0.4']]));
  const plain = buildReport(view, options(), made);
  const nodes = [{ node: '10.0.0.4', aliases: ['10.0.0.77'], processes: 1, miniBatches: 0, failed: 0 }];
  const report = { ...plain, environment: { generation: null, settings: [], nodes, omittedNodes: 0 } };
  const redacted = redactReport(view.db, report, options());
  expect(redacted.report.environment?.nodes[0]).toMatchObject({ node: 'ip-1', aliases: ['ip-2'] });
  expect(JSON.stringify(redacted.report)).not.toContain('10.0.0.');
  const counts = redactReport(view.db, buildReport(view, options({ sections: ['counts'] }), made), options());
  expect(counts.redactor?.apply('10.0.0.77')).toBe('ip-2');
});

test('a user whose name is a word of the report is hidden in the logs, and the report can still be made', () => {
  const view = makeCase('File "/home/median/score.py" by median');
  const report = buildReport(view, options(), made);
  const redacted = redactReport(view.db, report, options());
  const html = reportHtml(redacted.report);
  expect(html).toContain('/home/user-1/score.py');
  expect(html).toMatch(/median/i);
  proveRedacted(redacted.redactor, html, 'html', () => reportHtml(blankReport(redacted.report)));
  // One occurrence more than the report's own words is a leak.
  expect(() =>
    proveRedacted(redacted.redactor, `${html} median`, 'html', () => reportHtml(blankReport(redacted.report))),
  ).toThrow(/Nothing was written/);
});

test('a secret that the cut of a long line would halve is hidden or gone', () => {
  const key = `${'Ab3dEf9hIjKlMnOpQrStUvWxYz0123'.repeat(3).slice(0, 86)}==`;
  for (const before of [600, 660, 690, 1_900, 1_950, 1_990]) {
    const line = `${'word '.repeat(before / 5)}${key} and so on ${'word '.repeat(400)}`;
    const view = makeCase(line.slice(0, 2_000));
    const { report } = redactReport(view.db, buildReport(view, options(), made), options());
    expect(JSON.stringify(report)).not.toContain(key.slice(0, 20));
  }
});

test('error groups and lists of masked values hold no letters of a secret, and pinned versions stay', () => {
  const messages = [
    "ValueError: login failed with Password=Pa5$w0rd!Zq81 at 'db-1'",
    "ValueError: login failed with Password=Qx7$kk9p!Lm32 at 'db-2'",
    'ValueError: GET https://a.b/c?sv=1&se=2&sig=aB3dEf9hIjKlMnO17 gave 403',
    `ValueError: client secret xYz8${'Q~'}${'aB3dE'.repeat(7).slice(0, 34)} is wrong`,
    'ValueError: needs numpy==1.26.4.1 and not numpy==1.26.4.2',
    "ValueError: '비밀번호=Hunter2!' 사용자 17",
  ];
  const b = new CaseBuilder();
  const fileId = b.file('logs/user/10.0.0.4/run.txt', { node: '10.0.0.4', process: 'Process-1' });
  for (const [k, message] of messages.entries()) {
    b.error(fileId, { message, node: '10.0.0.4', pid: 1, line: k + 1 });
  }
  derive(b.db);
  const view = { db: b.db, lineText: (_: number, line: number) => messages[line - 1] ?? '', packs: [] };
  const { report, redactor } = redactReport(view.db, buildReport(view, options(), made), options());
  for (const text of [JSON.stringify(report), reportHtml(report)]) {
    for (const part of ['Pa5', 'w0rd', 'Zq81', 'Qx7', 'kk9p', 'Lm32', 'aB3dE', 'xYz8', 'Hunter2']) {
      expect(text).not.toContain(part);
    }
    expect(text).toContain('numpy==');
    expect(text).toContain('1.26.4.1');
    expect(redactor?.leaks(text).filter(({ isWord }) => !isWord)).toEqual([]);
  }
});
