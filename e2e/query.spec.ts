/** Query and Runs: a statement's rows are those of the run, lead to their lines, and stay; runs are listed. */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

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
  // It is in the history, and still there after a look at another view.
  await page.getByRole('button', { name: 'Earlier queries' }).click();
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
});
