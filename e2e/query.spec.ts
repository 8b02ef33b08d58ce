/**
 * Query and Runs: the rows of a statement match the run, lead to their lines, and stay; runs are
 * listed.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

// A separate run, so that the list holds no runs of other specs, some of which are gone.
test.use({ sample: { nodes: 2, processes: 2, miniBatches: 24, failure: 'run_exception', seed: 5 } });

test('a statement is completed, run, shown as a table, and its rows lead to their lines', async ({ app }) => {
  test.slow();
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/query');
  const box = page.getByRole('textbox', { name: 'SQL' });
  await box.fill('');
  await box.pressSequentially('SELECT mini_batch, outcome, file, line FROM att');
  await page.getByRole('option', { name: /^attempts/ }).click();
  await expect(box).toHaveValue('SELECT mini_batch, outcome, file, line FROM attempts');
  await box.press('Control+Enter');
  await window.idle();
  const table = page.getByRole('grid', { name: 'Result' });
  await expect(table).toHaveAttribute('aria-rowcount', String(app.run.truth.attempts.length + 1));
  // It is in the history, and still there after a visit to another view.
  await page.getByRole('button', { name: 'History of queries' }).click();
  await expect(page.getByRole('menuitem', { name: /FROM attempts/ })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await table.getByRole('link').first().click();
  await window.idle();
  await window.expectPlace(/^#\/logs.*line=/);
  await page.goBack();
  await window.idle();
  await expect(page.getByRole('grid', { name: 'Result' })).toBeVisible();
});

test('what is wrong is told with its place, and nothing is written', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/query');
  const box = page.getByRole('textbox', { name: 'SQL' });
  for (const [sql, words] of [
    ['SELECT nod FROM lines', /no such column: nod/i],
    ['DROP TABLE lines', /refused/],
  ] as const) {
    await box.fill(sql);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByText(words).first()).toBeVisible();
  }
  // An endless statement can be stopped, and the window continues.
  await box.fill('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByText('The query was stopped').first()).toBeVisible();
  await box.fill('SELECT 1 AS one');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Result' }).getByRole('columnheader', { name: 'one' })).toBeVisible();
});

test('a result with a time and numbers is drawn on the time axis', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/query');
  await page.getByRole('button', { name: 'Worked questions' }).click();
  await page.getByRole('menuitem', { name: /finished each minute/ }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('button', { name: 'Over time' }).click();
  await expect(page.locator('.query__plot canvas').first()).toBeVisible();
  await expect(page.locator('.query__legend')).toContainText('finished');
});

test('runs that were indexed are listed', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/runs');
  const table = page.getByRole('grid', { name: 'Runs' });
  await expect(table.getByRole('row').nth(1)).toContainText('failed');
  await page.getByRole('button', { name: /error groups?$/ }).click();
  await expect(page.getByRole('grid', { name: 'Error groups across runs' }).getByRole('row').nth(1)).toContainText(
    'v1:',
  );
  // One query covers the listed runs, and a row leads to the line of its run.
  await page.getByRole('button', { name: /^Query \d+ runs?$/ }).click();
  await window.idle();
  await expect(page.getByRole('button', { name: /^Over \d+ runs?$/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'SQL' }).fill('SELECT run, mini_batch, file, line FROM attempts');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await window.idle();
  const result = page.getByRole('grid', { name: 'Result' });
  await expect(result.getByRole('row').nth(1)).toBeVisible();
  await result.getByRole('row').nth(1).dblclick();
  await window.idle();
  await window.expectPlace(/^#\/logs.*line=/);
  await page.goBack();
  await window.idle();
  await page.getByRole('button', { name: /^Over \d+ runs?$/ }).click();
  await expect(page.getByRole('button', { name: /^Over \d+ runs?$/ })).toHaveCount(0);
});

test('the run is exported as a download, with what is to be hidden hidden', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/query');
  await page.getByRole('button', { name: 'Export the run' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the run' });
  await dialog.getByRole('radio', { name: 'CSV' }).check();
  for (const table of ['lines', 'samples', 'events'])
    await dialog.getByRole('checkbox', { name: table, exact: true }).uncheck();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/-data-set\.zip$/);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  // A zip stores the names of its entries uncompressed.
  const names = bytes.toString('latin1');
  expect(names).toContain('manifest.json');
  expect(names).toMatch(/attempts\/run=[^/]+\/part-0\.csv/);
  expect(names).not.toContain('lines/run=');
});
