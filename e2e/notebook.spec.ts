/**
 * Marks, notes, highlighted words and saved searches belong to the case, not to the browser in
 * which they were made.
 */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('what one window puts down, another one finds, and so does the report', async ({ app }) => {
  test.slow();
  const window = new PostrunWindow(app);
  await window.open('#/logs');
  await window.lines.locator('[data-index="3"] .line__number').click();
  await window.press('m');
  await window.page.getByRole('button', { name: /^Marked lines/ }).click();
  await window.page.getByRole('textbox', { name: 'Note to line 4' }).fill('it begins here');
  await window.press('Escape');
  await window.searchFor('warning');
  await window.page.getByRole('button', { name: 'Keep this search' }).click();
  await window.page.getByRole('button', { name: /^Colour it, also/ }).click();
  await window.idle();

  // None of it is in the browser.
  const page = await window.page.context().newPage();
  await window.page.evaluate(() => localStorage.clear());
  await page.goto(`${app.url}&testing=1#/logs`);
  const second = new PostrunWindow({ ...app, page });
  await second.idle();
  await expect(second.lines.locator('[data-index="3"] .line__mark')).toBeVisible();
  await page.getByRole('button', { name: 'Searches: kept and recent' }).click();
  await expect(page.getByRole('menuitem', { name: 'warning' })).toBeVisible();
  await page.keyboard.press('Escape');
  await second.goTo('Report');
  await expect(page.getByRole('region', { name: 'Preview' })).toContainText('it begins here');
  await page.close();

  // Removed there, it is gone here.
  await window.lines.locator('[data-index="3"] .line__number').click();
  await window.press('m');
  await expect(window.lines.locator('[data-index="3"] .line__mark')).toHaveCount(0);
});
