/** Tests `postrun formats`, and custom formats in other commands. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngineHost } from '../../host/engine-host.ts';
import { captureCli } from '../testing/capture.ts';

let dir = '';
const format = {
  id: 'svc',
  kind: 'user',
  path: String.raw`(?:^|/)svc/(?<node>[^/]+)\.log$`,
  line: String.raw`^(?<level>\w)/(?<time>\S+ \S+) (?<pid>\d+) (?<message>.*)$`,
  time: '%d.%m.%Y %H:%M:%S',
  levels: { W: 'warning', E: 'error' },
  samples: [{ path: 'svc/a.log', lines: [{ line: 'W/19.03.2020 15:37:07 42 hello', level: 'warning', pid: 42 }] }],
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-formats-'));
  for (const folder of ['good', 'bad', 'run/svc', 'run/logs/user']) mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(join(dir, 'good/svc.json'), JSON.stringify(format));
  writeFileSync(join(dir, 'bad/typo.json'), JSON.stringify({ ...format, lien: 'x' }));
  writeFileSync(join(dir, 'bad/wrong.json'), JSON.stringify({ ...format, id: 'wrong', levels: { W: 'error' } }));
  writeFileSync(
    join(dir, 'run/svc/n1.log'),
    'I/06.05.2020 05:50:48 7 started\nE/06.05.2020 05:50:49 7 failed needle\n  at a continued line\n',
  );
  writeFileSync(join(dir, 'run/logs/user/error.txt'), 'x\n');
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const cli = (...argv: string[]) =>
  captureCli(argv, (dataDir, formats) => startEngineHost({ dataDir, workers: 1, formats }));

it('lists all formats, with one’s own and where it comes from', async () => {
  const json = await cli('formats', '--formats', join(dir, 'good'), '--json');
  const { formats } = JSON.parse(json.stdout) as { formats: { id: string; file: string | null }[] };
  expect(json.status).toBe(0);
  expect(formats[0]).toMatchObject({ id: 'own.svc', kind: 'user', file: join(dir, 'good/svc.json'), errors: [] });
  expect(formats.map((row) => row.id)).toContain('prs2.master-role');
  const table = await cli('formats', '--formats', join(dir, 'good'));
  expect(table.stdout).toMatch(/own\.svc +user/);
});

it('says which of them cannot be used, and why', async () => {
  const { status, stderr } = await cli('formats', '--formats', join(dir, 'bad'));
  expect(status).toBe(2);
  expect(stderr).toContain(`${join(dir, 'bad/typo.json')}`);
  expect(stderr).toContain('lien is not known');
});

it('checks one file: 0 all holds, 1 a sample does not, 2 it is no format', async () => {
  const good = await cli('formats', 'check', join(dir, 'good/svc.json'));
  expect([good.status, good.stderr]).toEqual([0, '']);
  expect(good.stdout).toMatch(/2020-03-19 15:37:07\S* +warning +42 +hello/);
  const wrong = await cli('formats', 'check', join(dir, 'bad/wrong.json'));
  expect(wrong.status).toBe(1);
  expect(wrong.stdout).toContain('samples[0].lines[0]: level is "error", not "warning"');
  const typo = await cli('formats', 'check', join(dir, 'bad/typo.json'), '--json');
  expect(typo.status).toBe(2);
  expect(JSON.parse(typo.stdout)).toMatchObject({
    id: null,
    errors: ['the file: lien is not known; check the spelling'],
  });
  expect((await cli('formats', 'check', join(dir, 'nothing.json'))).status).toBe(2);
});

it('is used by the commands, and its files are read again when it changes', async () => {
  const search = (folder: string, query: string) =>
    cli('search', join(dir, 'run'), query, '--case-dir', join(dir, 'data'), '--formats', join(dir, folder), '--json');
  const found = await search('good', 'level:error node:n1');
  const rows = found.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; timestamp: string; pid: number });
  expect(rows[0]).toMatchObject({ text: 'E/06.05.2020 05:50:49 7 failed needle', pid: 7 });
  expect(rows[0]?.timestamp).toContain('2020-05-06T05:50:49');
  writeFileSync(
    join(dir, 'good/svc.json'),
    JSON.stringify({ ...format, levels: { W: 'warning', E: 'critical', I: 'error' } }),
  );
  const again = await search('good', 'level:error node:n1 started');
  expect([again.status, again.stdout.trim().split('\n')]).toEqual([0, [expect.stringContaining('started')]]);
  // Without the format, the file has no times and levels and is read as plain text.
  expect((await search('bad', 'level:error needle')).status).toBe(1);
  const problems = await cli(
    'problems',
    join(dir, 'run'),
    '--case-dir',
    join(dir, 'data'),
    '--formats',
    join(dir, 'bad'),
  );
  expect(problems.stdout).toContain('The format typo.json is not used');
});
