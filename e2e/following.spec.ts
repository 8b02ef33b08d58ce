/** A folder that grows while its run is open: new lines are offered, read, and followed. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test.use({ sourceForm: 'folder', sample: { nodes: 1, processes: 2, miniBatches: 40, megabytes: 2, seed: 5 } });

test('a folder that has grown is offered, read, and followed', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const status = page.locator('.status-bar__growth');
  const [node] = app.run.truth.nodes;
  const path = `logs/user/${node?.node ?? ''}/Process-2.txt`;
  const log = join(app.run.folder, path);
  const count = readFileSync(log, 'utf8').split('\n').length - 1;
  const line = (text: string) => `2020-05-06 07:00:00,000|INFO|1|2|x|run()|${text}\n`;

  await window.open('#/logs');
  await page.getByRole('textbox', { name: 'Filter the files' }).fill('user log process-2');
  await page.getByRole('treeitem', { name: /^User log/ }).click();
  await window.idle();
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText(path);
  await window.lines.focus();
  await window.press('Shift+G');
  const last = await window.lines.locator('.is-active').innerText();
  await window.searchFor('gooseberry');
  expect(await window.found()).toBe(0);

  // Offered, but not read until somebody asks.
  appendFileSync(log, line('gooseberry one'));
  await expect(status).toContainText('1 file grew');
  expect(await window.found()).toBe(0);
  await status.getByRole('button', { name: 'Read' }).click();
  await expect.poll(() => window.found()).toBe(1);
  await window.idle();
  await expect(window.hits).toContainText('gooseberry one');
  // The view was at the end of the file and still is; the selection stays.
  await expect(window.lines.getByRole('row').last()).toContainText('gooseberry one');
  expect(await window.lines.locator('.is-active').innerText()).toBe(last);
  await expect(status.getByRole('button', { name: 'Read' })).toHaveCount(0);

  // Followed: read as it arrives, including a new file.
  await status.getByRole('button', { name: 'Follow' }).click();
  await expect(status.getByRole('button', { name: 'Following', pressed: true })).toBeVisible();
  for (let k = 0; k < 60; k++) appendFileSync(log, line(`gooseberry again ${k}`));
  writeFileSync(join(app.run.folder, 'logs/user/late.txt'), 'gooseberry late\n');
  await expect.poll(() => window.found()).toBe(62);
  await window.idle();
  await expect(window.lines.getByRole('row').last()).toContainText('gooseberry again 59');
  await page.getByRole('textbox', { name: 'Filter the files' }).fill('late.txt');
  await expect(page.getByRole('treeitem', { name: /late\.txt/ })).toBeVisible();

  // A person who looks at another place stays there.
  await window.lines.focus();
  await window.press('g');
  const first = await window.lines.getByRole('row').first().innerText();
  appendFileSync(log, line('gooseberry at last'));
  await expect.poll(() => window.found()).toBe(63);
  await window.idle();
  expect(await window.lines.getByRole('row').first().innerText()).toBe(first);
  expect(count).toBeGreaterThan(100);

  await window.press('t');
  await expect(status.getByRole('button', { name: 'Follow', exact: true })).toBeVisible();
});
