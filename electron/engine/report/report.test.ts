/**
 * Tests reports of a hostile run through the engine: what is written, that no hidden value is left,
 * and that nothing runs.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromBuffer } from 'yauzl';
import type { ReportOptionsInput } from '../../contract/report.ts';
import { type Report, reportJsonSchema, reportSchema } from '../../contract/report-model.ts';
import { writeSample } from '../../sample/sample.ts';
import { TestEngine } from '../testing/open-run.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-report-'));
const engine = new TestEngine();
let caseId = '';
const run = join(dir, 'anna-run');

const node = '10.0.0.4';
const secrets = {
  sas: 'Zm9v%2BYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg%3D%3D',
  jwt: ['eyJ', 'hbGciOiJub25lIn0', '.eyJ', 'zdWIiOiJhbm5hIn0.c2lnbmF0dXJlMTIz'].join(''),
  key: `${'Ab3dEf9hIjKlMnOpQrStUvWxYz0123'.repeat(3).slice(0, 86)}==`,
};
const hostile = [
  'ERROR <script>alert(1)</script><img src=x onerror=alert(1)> </textarea></style></svg>',
  'ERROR ]]> --> "quotes" \'single\' &amp; &lt; `` ```` | [x](javascript:alert(1)) @everyone #1',
  'ERROR \u001b[31mred\u0007 \u202eright to left\u202c \u200bzero\u2066 \ud83d\ude00 \u0000nul',
  `ERROR https://acct.blob.core.windows.net/c?sig=${secrets.sas}&se=1 by anna.meier@contoso.com`,
  `ERROR token ${secrets.jwt} AccountKey=${secrets.key};X=1`,
  `ERROR File "/home/annam/code/score.py" on ${node}, then annam again, ${decodeURIComponent(secrets.sas)}`,
  'ERROR /subscriptions/6f1c2d3e-0a1b-4c2d-8e3f-102938475665/resourceGroups/rg-prod-7/providers/x',
];
/** No output may contain any of these. */
const hidden = [
  secrets.sas,
  decodeURIComponent(secrets.sas),
  secrets.jwt,
  secrets.key,
  'anna.meier@contoso.com',
  'annam',
  node,
  '6f1c2d3e-0a1b-4c2d-8e3f-102938475665',
  'rg-prod-7',
];

beforeAll(async () => {
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 24, failure: 'run_exception', seed: 3 });
  const user = join(run, 'logs/user/10.0.0.4');
  mkdirSync(user, { recursive: true });
  const time = '2020-05-06 05:50:40,118|ParallelRunStep.User|ERROR|282|';
  writeFileSync(join(user, 'hostile <b>&"\'.txt'), `${hostile.map((line) => time + line).join('\n')}\n`);
  writeFileSync(join(user, 'long.txt'), `${time}ERROR ${'x'.repeat(10_000_000)}\n`);
  caseId = await engine.open(run);
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

const lines = hostile.map((_, k) => ({
  file: 'logs/user/10.0.0.4/hostile <b>&"\'.txt',
  line: k + 1,
  note: `see ${node}`,
}));
const all: ReportOptionsInput = {
  lines: [...lines, { file: 'logs/user/10.0.0.4/long.txt', line: 1 }],
  notes: `Ask annam.\n<b>${node}</b>`,
};
const render = async (format: 'html' | 'md' | 'json', options: ReportOptionsInput = all) =>
  (await engine.call('report.render', { caseId, options, format })).text;
const withoutTime = (text: string) => text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d{3}(?:Z| UTC)/g, '');

async function unzip(bytes: Buffer): Promise<Map<string, string>> {
  const entries = new Map<string, string>();
  await new Promise<void>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          const chunks: Buffer[] = [];
          for await (const chunk of stream) chunks.push(chunk as Buffer);
          entries.set(entry.fileName, Buffer.concat(chunks).toString('utf8'));
          zip.readEntry();
        });
      });
      zip.on('end', resolve);
      zip.readEntry();
    });
  });
  return entries;
}

describe('what is written', () => {
  test.each(['html', 'md', 'json'] as const)('%s holds no hidden value', async (format) => {
    const text = await render(format);
    for (const value of hidden) expect(text, value).not.toContain(value);
    expect(text).toContain('secret-1');
    expect(text).toContain('ip-1');
    expect(text.length).toBeLessThan(1_000_000);
  });

  test('the same case and options give the same bytes, a time of making aside', async () => {
    for (const format of ['html', 'md', 'json'] as const) {
      expect(withoutTime(await render(format))).toBe(withoutTime(await render(format)));
    }
  });

  test('the JSON is of its schema, each quoted line with its reference', async () => {
    const report = JSON.parse(await render('json')) as Report;
    expect(reportSchema.strict().parse(report)).toEqual(report);
    expect(reportJsonSchema()).toMatchObject({ $id: 'postrun-report/1', type: 'object' });
    expect(report.verdict?.firstCause?.evidence[0]).toMatchObject({
      file: expect.stringMatching(/^logs\//),
      line: expect.any(Number),
    });
    expect(report.quotes).toHaveLength(lines.length + 1);
    expect(report.files.every(({ index }) => Number.isInteger(index))).toBe(true);
  });

  test('HTML has no script, no handler, no address, and its own policy', async () => {
    const html = await render('html');
    const tags = html.replace(/<style>[^<]*<\/style>/, '').match(/<[^>]*>/g) ?? [];
    expect(
      tags.filter((tag) =>
        /^<\/?(?:script|img|iframe|link|object|embed|form|base|a href="[^#])|\s(?:on\w+|style|src|srcset|action)=/i.test(
          tag,
        ),
      ),
    ).toEqual([]);
    expect(/url\(|@import|expression\(/i.test(html.match(/<style>[^<]*<\/style>/)?.[0] ?? '')).toBe(false);
    expect(html).toMatch(/http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain('\\u{202e}');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none may be left
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u200b\u202a-\u202e\u2066-\u2069]/);
    for (const [, href] of html.matchAll(/href="([^"]*)"/g)) expect(href).toMatch(/^#[\w]+$/);
  });

  test('Markdown keeps log text in fences and spans', async () => {
    const text = await render('md');
    // Everything outside fences and code spans is ours.
    const outside = text.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');
    expect(outside).not.toMatch(/script|javascript|everyone|<|\]\(/);
  });

  test('a line of 10 MB is cut and says so', async () => {
    const report = JSON.parse(await render('json')) as Report;
    const long = report.quotes?.at(-1)?.lines.at(0);
    expect(long?.cut).toBe(true);
    expect(long?.text.length).toBeLessThan(1_000);
  });

  test('sections that were not chosen are not there', async () => {
    const report = JSON.parse(await render('json', { sections: ['counts'] })) as Report;
    expect(report.counts).not.toBeNull();
    expect([report.verdict, report.timeline, report.signatures, report.quotes, report.missing]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(await render('html', { sections: ['counts'] })).not.toContain('id="verdict"');
  });
});

describe('scopes', () => {
  test('a mini-batch, a node, a group of errors, lines', async () => {
    const [signature] = await engine.call('analysis.signatures', { caseId });
    const id = signature?.id ?? '';
    const batch = signature?.miniBatches[0]?.miniBatchId ?? '';
    const of = async (options: ReportOptionsInput) => JSON.parse(await render('json', options)) as Report;
    const one = await of({ scope: { kind: 'batch', id: batch } });
    expect(one.batches?.total).toBe(1);
    expect(one.quotes?.length).toBeGreaterThan(1);
    expect(
      (await of({ scope: { kind: 'node', id: node } })).resources?.series.every((series) => series.node === 'ip-1'),
    ).toBe(true);
    const group = await of({ scope: { kind: 'signature', id } });
    expect(group.signatures?.rows.map((row) => row.id)).toEqual([id]);
    const picked = await of({ scope: { kind: 'lines' }, lines: [{ file: 'logs/overview.txt', line: 2 }] });
    expect(picked.quotes?.[0]?.lines.map(({ line }) => line)).toContain(2);
    expect(picked.batches).toBeNull();
  });

  test.each([
    ['no_such_batch', { kind: 'batch', id: 'x' }],
    ['no_such_node', { kind: 'node', id: 'x' }],
    ['no_such_signature', { kind: 'signature', id: 'x' }],
  ] as const)('%s', async (code, scope) => {
    await expect(engine.call('report.preview', { caseId, options: { scope } })).rejects.toMatchObject({ code });
  });
});

describe('preview', () => {
  test('says what is hidden, and what the kinds that are off would hide', async () => {
    const preview = await engine.call('report.preview', { caseId, options: { ...all, redact: ['emails'] } });
    expect(preview.hidden.map(({ kind }) => kind)).toContain('secrets');
    expect(preview.hidden.find(({ kind }) => kind === 'secrets')?.sample).not.toContain(secrets.key);
    expect(preview.shown.map(({ kind, places }) => [kind, places > 0])).toEqual([
      ['ids', true],
      ['users', true],
      ['ips', true],
    ]);
  });

  test('nothing is hidden only when that is asked for', async () => {
    const text = await render('json', { ...all, redaction: false });
    expect(text).toContain(node);
    expect(text).toContain(secrets.key);
    expect(await render('json', { ...all, redact: [] })).not.toContain(secrets.key);
  });
});

describe('save', () => {
  const save = (
    name: string,
    format: 'html' | 'md' | 'json' | 'zip',
    more: { force?: boolean; options?: ReportOptionsInput } = {},
  ) => engine.call('report.save', { caseId, options: all, format, path: join(dir, name), ...more });

  test('writes once, replaces only when told, leaves nothing behind', async () => {
    const saved = await save('a.html', 'html');
    expect(readFileSync(saved.path).length).toBe(saved.bytes);
    await expect(save('a.html', 'html')).rejects.toMatchObject({ code: 'exists' });
    await save('a.html', 'html', { force: true });
    await expect(save('no/such/folder.html', 'html')).rejects.toMatchObject({ code: 'unwritable' });
    await expect(save('a.exe', 'html')).rejects.toMatchObject({ code: 'bad_path' });
    await expect(engine.call('report.save', { caseId, format: 'md', path: 'a.md' })).rejects.toMatchObject({
      code: 'bad_path',
    });
    expect(readdirSync(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('the zip holds the report, the logs around the quotes, the curves and a manifest; hidden values are in no text and no name', async () => {
    const saved = await save('e.zip', 'zip');
    const entries = await unzip(readFileSync(saved.path));
    expect([...entries.keys()]).toEqual(saved.entries);
    expect(saved.entries).toEqual(
      expect.arrayContaining(['report.html', 'report.md', 'report.json', 'report.schema.json', 'manifest.json']),
    );
    expect(saved.entries.some((name) => /^(?:excerpts|logs)\/logs\/user\/ip-1\//.test(name))).toBe(true);
    expect(saved.entries.some((name) => /^resources\/.*\.csv$/.test(name))).toBe(true);
    for (const [name, text] of entries) {
      for (const value of hidden) {
        expect(text.includes(value), `${value} in ${name}`).toBe(false);
        expect(name).not.toContain(value);
      }
    }
    const manifest = JSON.parse(entries.get('manifest.json') ?? '{}');
    expect(manifest.sources.length).toBeGreaterThan(20);
    expect(manifest.sources[0]).toMatchObject({
      file: expect.any(String),
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('whole files keep their lines', async () => {
    const saved = await save('w.zip', 'zip', { options: { ...all, wholeFiles: true, lines: lines.slice(0, 1) } });
    const entries = await unzip(readFileSync(saved.path));
    const name = saved.entries.find((entry) => /^logs\/.*hostile/.test(entry)) ?? '';
    expect(entries.get(name)?.split('\n')).toHaveLength(hostile.length + 1);
  });
});
