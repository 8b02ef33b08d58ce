/**
 * Reports as a person makes and gets them: from the view and the command line, and opened on a
 * machine without a network.
 */
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { writeSample } from '../electron/sample/sample.ts';
import { expect, test } from './fixtures/app.ts';
import { schemaFaults } from './fixtures/json-schema.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const cli = fileURLToPath(new URL('../dist/electron/cli.js', import.meta.url));
const postrun = async (...args: string[]) =>
  (await promisify(execFile)(process.execPath, [cli, ...args], { maxBuffer: 50_000_000 })).stdout;

const secret = 'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg';
const hostile = [
  '<script>document.title="broken"</script><img src="http://evil.example/x" onerror="document.title=1">',
  '<style>body{display:none}</style></code></li></ol><a href="http://evil.example/">x</a>',
  `\u202e\u001b[31m\u0000 https://a.blob.core.windows.net/c?sig=${secret} from 10.0.0.5`,
];

/** Makes reports of a run with hostile lines on the command line. */
async function makeReports(): Promise<{
  dir: string;
  run: string;
  html: string;
  json: string;
  cleanUp: () => Promise<void>;
}> {
  const dir = await mkdtemp(join(tmpdir(), 'postrun-e2e-report-'));
  const run = join(dir, 'run');
  await writeSample(run, { nodes: 2, processes: 2, miniBatches: 24, failure: 'run_exception', seed: 3 });
  const log = 'logs/user/stdout/10.0.0.5/evil.txt';
  const evil = join(run, 'evil.txt');
  await appendFile(evil, `${hostile.map((line) => `2020-05-06 05:50:40,118|User|ERROR|282|${line}`).join('\n')}\n`);
  const options = ['--case-dir', join(dir, 'data'), '--note', `See <b>${log}</b>`];
  const lines = hostile.flatMap((_, k) => ['--line', `evil.txt:${k + 1}`]);
  const [html, json] = [join(dir, 'r.html'), join(dir, 'r.json')];
  for (const file of [html, json])
    await postrun(
      'report',
      run,
      '-o',
      file,
      '--scope',
      'run',
      '--sections',
      'verdict,environment,counts,timeline,batches,signatures,stragglers,resources,quotes,missing',
      ...lines,
      ...options,
    );
  return { dir, run, html, json, cleanUp: () => rm(dir, { recursive: true, force: true }) };
}

test('the HTML opens offline: no request, no error, nothing runs, no rule of accessibility broken', async ({
  browser,
}) => {
  const reports = await makeReports();
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ offline: true, colorScheme });
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => faults.push(`${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith('file:') || request.url().includes('evil'))
          faults.push(`request: ${request.url()}`);
      });
      await page.goto(pathToFileURL(reports.html).href);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Run /);
      await expect(page.getByText('<script>document.title="broken"</script>').first()).toBeVisible();
      expect(await page.title()).toMatch(/^Run /);
      // A reference links to its file in the table of quoted files.
      await page.locator('#quotes a').first().click();
      await expect(page.locator(':target')).toHaveText('evil.txt');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      // Axe is a script, which the report's own policy would block, so it checks the same page
      // without that policy.
      const open = await context.newPage();
      await open.setContent(
        (await readFile(reports.html, 'utf8')).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ''),
      );
      if (colorScheme === 'light') expect(await accessibilityFaults(open)).toEqual([]);
      expect(faults).toEqual([]);
      await context.close();
    }
  } finally {
    await reports.cleanUp();
  }
});

test('it prints: every section on paper, in light colours', async ({ browser }) => {
  const reports = await makeReports();
  try {
    const page = await (await browser.newContext({ offline: true, colorScheme: 'dark' })).newPage();
    await page.goto(pathToFileURL(reports.html).href);
    const pdf = await page.pdf({ format: 'A4', printBackground: true });
    expect(pdf.length).toBeGreaterThan(20_000);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    await page.close();
  } finally {
    await reports.cleanUp();
  }
});

test('the JSON fits the published schema, holds no secret, and its references lead back', async () => {
  const reports = await makeReports();
  try {
    const text = await readFile(reports.json, 'utf8');
    expect(text).not.toContain(secret);
    expect(text).not.toContain('10.0.0.5');
    const schema = JSON.parse(await postrun('report', '--schema'));
    expect(schemaFaults(JSON.parse(text), schema)).toEqual([]);
    const found: { reference: string; file: string | null; lines: { text: string }[] }[] = JSON.parse(
      await postrun(
        'open',
        reports.html,
        '--source',
        reports.run,
        '--case-dir',
        join(reports.dir, 'data'),
        '--json',
        '--context',
        '0',
      ),
    );
    expect(found.length).toBeGreaterThan(20);
    expect(found.filter(({ file }) => file === null)).toEqual([]);
    expect(found.find(({ reference }) => reference === 'evil.txt:1')?.lines[0]?.text).toContain(hostile[0]);
  } finally {
    await reports.cleanUp();
  }
});

test('the view: choose, see what is hidden, follow a reference, save', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/report');
  const { page } = app;
  const preview = page.getByRole('region', { name: 'Preview' });
  await expect(preview.getByRole('heading', { name: /^Run / })).toBeVisible();
  await expect(preview.getByText('ip-1').first()).toBeVisible();

  await page.getByRole('textbox', { name: 'Title' }).fill('It failed <b>again</b>');
  await expect(preview.getByRole('heading', { name: 'It failed <b>again</b>' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Picture over time' }).uncheck();
  await expect(preview.getByRole('heading', { name: 'Over time' })).toHaveCount(0);

  await expect(page.getByRole('checkbox', { name: /^Secrets/ })).toBeDisabled();
  await page.getByRole('checkbox', { name: /^IP addresses/ }).uncheck();
  await expect(preview.getByText(/node 10\.\d/).first()).toBeVisible();
  await page.getByRole('checkbox', { name: /^IP addresses/ }).check();
  await expect(preview.getByText(/10\.0\.0\./)).toHaveCount(0);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  const got = await download;
  expect(got.suggestedFilename()).toMatch(/-report\.html$/);
  expect(await readFile(await got.path(), 'utf8')).toContain('It failed &lt;b&gt;again&lt;/b&gt;');
  await page.getByRole('radio', { name: 'Zip with evidence' }).check();
  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await readFile(await (await zip).path())).subarray(0, 2).toString()).toBe('PK');
  // The notice goes by itself, so somebody looks out for it before it comes.
  await Promise.all([
    expect(page.getByText('Copied as Markdown')).toBeVisible(),
    page.getByRole('button', { name: 'Copy Markdown' }).click(),
  ]);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('## What happened');
  await preview.getByRole('link', { name: /:\d+$/ }).first().click();
  await window.expectPlace(/^#\/logs\?.*line=\d+:\d+/);
});

test('the view breaks no rule of accessibility', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/report');
  await expect(app.page.getByRole('region', { name: 'Preview' }).getByRole('heading', { name: /^Run / })).toBeVisible();
  expect(await accessibilityFaults(app.page)).toEqual([]);
});

test('the report prints alone, without the window around it', async ({ app }) => {
  const { page } = app;
  const window = new PostrunWindow(app);
  await window.open('#/report');
  const report = page.locator('.report-preview__page');
  await expect(report).toContainText(/mini-batch/i);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-region="header"]')).toBeHidden();
  await expect(page.getByRole('form', { name: 'Report' })).toBeHidden();
  await expect(report).toBeVisible();
  // Its whole height, not the part that the window shows.
  const { shown, whole } = await report.evaluate((element) => ({
    shown: element.getBoundingClientRect().height,
    whole: element.shadowRoot?.firstElementChild?.scrollHeight ?? 0,
  }));
  expect(shown).toBeGreaterThanOrEqual(whole - 1);
});
