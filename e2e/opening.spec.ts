/**
 * Not everything that a person opens is a run. Each gets a clear answer, and whatever can be read
 * is read.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSample } from '../electron/sample/sample.ts';
import { expect, openAnew, test } from './fixtures/app.ts';
import { cutCopy, emptyFolder, encryptedCopy, fakeZip } from './pages/bad-sources.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

let dir = '';
test.beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-e2e-open-'));
});
test.afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('what cannot be opened says why and what to do', async ({ app }) => {
  const window = new PostrunWindow(app);
  const alert = app.page.getByRole('alert');
  const cases: [string, RegExp][] = [
    [join(dir, 'nowhere.zip'), /no file or folder of this name/i],
    [fakeZip(dir), /zip/i],
    [encryptedCopy(app.run.path, join(dir, 'secret.zip')), /encrypted|password/i],
    [emptyFolder(dir), /no files|empty/i],
  ];
  for (const [path, message] of cases) {
    await window.openPath(path);
    await expect(alert).toContainText(message);
    await expect(alert).toContainText(path);
    await expect(app.page.getByRole('button', { name: 'Try again' })).toBeVisible();
  }
  // From there, a correct path opens; quotes around it are removed.
  await app.page.getByRole('textbox', { name: /Path of a logs zip/ }).fill(`"${app.run.path}"`);
  await window.press('Enter');
  await expect(window.headline).toHaveText(/The run failed/);
});

test('a zip that was cut short is read as far as it goes', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.openPath(cutCopy(app.run.path, join(dir, 'cut.zip')), 'problems');
  await expect(app.page.getByRole('grid', { name: 'Problems' })).toContainText(/cut|short|broke|damaged/i);
  await window.goTo('Files');
  await expect(app.page.getByRole('grid', { name: 'Files' }).getByRole('row').nth(1)).toBeVisible();
});

test('several runs in one folder are a choice', async ({ app }) => {
  const window = new PostrunWindow(app);
  await writeSample(join(dir, 'both', 'first'), { nodes: 1, processes: 1, miniBatches: 4, failure: 'none', seed: 1 });
  await writeSample(join(dir, 'both', 'second'), { nodes: 1, processes: 1, miniBatches: 4, failure: 'none', seed: 2 });
  await window.openPath(join(dir, 'both'));
  const runs = app.page.getByRole('region', { name: 'Runs found' }).getByRole('button');
  await expect(runs).toHaveCount(2);
  await runs.nth(1).click();
  await window.idle();
  await expect(window.headline).toHaveText('The run succeeded');
  await window.expectPlace(/root=second/);
});

test('indexing can be stopped and goes on where it was', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const path = join(dir, 'large');
  await writeSample(path, { nodes: 4, processes: 2, miniBatches: 400, megabytes: 80, failure: 'none', seed: 5 });
  await openAnew(page, `${app.url}&testing=1#/overview?open=${encodeURIComponent(path)}`);
  const status = page.getByRole('contentinfo');
  await status.getByRole('button', { name: 'Cancel' }).click();
  await expect(status).toContainText('Indexing is stopped');
  await expect(page.getByText('Indexing is not complete')).toBeVisible();
  await status.getByRole('button', { name: 'Resume' }).click();
  await expect(status).toContainText('Indexed 100 %', { timeout: 120_000 });
  await window.idle();
  await expect(window.headline).toHaveText('The run succeeded');
});
