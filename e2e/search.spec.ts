/**
 * Search beyond the first hit: saved searches, several colours, from a hit to its surroundings, the
 * plan.
 */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('a search that is kept comes back from the menu', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open();
  await window.searchFor('traceback');
  const found = await window.found();
  await page.getByRole('button', { name: 'Keep this search' }).click();
  await window.idle();
  await page.reload();
  await window.idle();
  await page.getByRole('button', { name: 'Clear the search text' }).click();
  await page.getByRole('button', { name: 'Searches: kept and recent' }).click();
  await page.getByRole('menuitem', { name: 'traceback' }).first().click();
  await window.idle();
  expect(await window.found()).toBe(found);
  await expect(page.getByRole('button', { name: 'Saved: do not keep it' })).toHaveAttribute('aria-pressed', 'true');
});

test('several searches stay coloured, with counts, places on the ruler, and steps through all files', async ({
  app,
}) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs?q=traceback');
  const count = await window.found();
  await page.getByRole('button', { name: /^Colour it/ }).click();
  await window.searchFor('keyerror');
  const other = await window.found();
  await page.getByRole('button', { name: /^Colour it/ }).click();
  await window.searchFor('');
  await page.getByRole('button', { name: 'Coloured words' }).click();
  await window.idle();
  const panel = page.getByRole('dialog', { name: 'Coloured words' });
  await expect(panel.getByRole('listitem').nth(0)).toContainText(String(count));
  await expect(panel.getByRole('listitem').nth(1)).toContainText(String(other));

  const files = new Set<string>();
  for (let step = 0; step < count; step++) {
    await panel.getByRole('button', { name: 'Next line with it, in any file' }).first().click();
    await window.idle();
    await expect(window.lines.locator('.is-active .line-text__colour--1').first()).toHaveText(/traceback/i);
    files.add(
      (await page.getByRole('region', { name: 'Lines' }).locator('header').innerText()).split(' lines')[0] ?? '',
    );
    if (files.size > 1) break;
  }
  expect(files.size).toBeGreaterThan(1);
  await page.keyboard.press('Escape');

  const told = [...(await window.ruler(16))];
  expect(told.some((part) => part.includes('“traceback”'))).toBe(true);
});

test('from a hit to the lines around it: those of its process, by lines and by seconds', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs?q=traceback&kind=worker,user');
  const hit = window.hits.getByRole('row').nth(1).locator('.line__number');
  await hit.click();
  await window.idle();
  await hit.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Same process, lines around it' }).click();
  await window.idle();
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText('files merged');
  await expect(window.lines.locator('.is-active')).toContainText(/traceback/i);
  await expect(window.search).toHaveValue('');

  await window.lines.focus();
  await window.press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Same process ± 10 s' }).click();
  await window.idle();
  await window.expectPlace(/pid=\d+.*from=\d+&to=\d+/);
  expect(await window.found()).toBeGreaterThan(1);
});

test('the search is cut to a range of the histogram, and the plan is a click away', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs?q=task');
  const before = await window.found();
  const strip = await window.strip.boundingBox();
  if (strip === null) throw new Error('There is no strip.');
  await page.mouse.move(strip.x + strip.width * 0.4, strip.y + 30);
  await page.mouse.down();
  await page.mouse.move(strip.x + strip.width * 0.5, strip.y + 30, { steps: 4 });
  await page.mouse.up();
  await window.idle();
  await window.press('x');
  await window.expectPlace(/from=\d+&to=\d+/);
  expect(await window.found()).toBeLessThan(before);

  await page
    .getByRole('button', { name: /How the search was done/ })
    .or(page.locator('.search-count__facts'))
    .click();
  const plan = page.getByRole('dialog', { name: 'How the search was done' });
  await expect(plan).toContainText('Blocks of the index that could match');
  await expect(plan).toContainText('task');
});
