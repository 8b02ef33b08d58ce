/** Handling of the window: what one key reaches, what stays in place, what fits at any size. */
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('the palette goes to a mini-batch, a node, a file and a search that was made before', async ({ app }) => {
  test.slow();
  const window = new PostrunWindow(app);
  const go = async (text: string, option: RegExp) => {
    await window.press('F1');
    await window.page.getByRole('combobox', { name: 'Command' }).fill(text);
    // Files and mini-batches join the options as they arrive.
    await window.idle();
    const found = window.page.getByRole('option', { name: option }).first();
    await found.click();
    await window.idle();
  };
  await window.open('#/overview');
  await go('mini-batch 7', /Mini-batch 7$/);
  await expect(window.detail).toContainText('Mini-batch');
  await window.expectPlace(/mini-batch=7/);
  const node = app.run.truth.nodes[0]?.node ?? '';
  await go(node, new RegExp(`^Node ${node.replaceAll('.', '\\.')}$`));
  await window.expectPlace(/detail=node/);
  await go('70_driver', /70_driver_log/);
  await window.expectPlace(/^#\/logs/);
  await window.searchFor('warning');
  await window.press('Enter');
  await window.searchFor('');
  await go('warning', /^Search warning$/);
  await expect(window.search).toHaveValue('warning');
});

test('from the search box Enter goes to the hits and Ctrl+Enter to the lines', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/overview');
  await window.searchFor('error');
  await window.press('Enter');
  await expect(window.hits).toBeFocused();
  await window.goTo('Overview');
  await window.search.focus();
  await window.press('ControlOrMeta+Enter');
  await expect(window.lines).toBeFocused();
});

test('nothing moves when the chip of a filter comes', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/mini-batches');
  const view = window.page.locator('main');
  const before = await view.boundingBox();
  await window.filterBy('Kind', 'User');
  await expect(window.chips.getByRole('listitem')).toHaveCount(1);
  expect(await view.boundingBox()).toEqual(before);
});

test('the rail says its names in a wide window, and a key folds it', async ({ app }) => {
  const window = new PostrunWindow(app);
  await app.page.setViewportSize({ width: 1280, height: 800 });
  await window.open('#/overview');
  const name = window.page.locator('.rail__name', { hasText: 'Mini-batches' });
  await expect(name).toHaveCount(0);
  await app.page.setViewportSize({ width: 1400, height: 900 });
  await expect(name).toBeVisible();
  await window.press('Alt+r');
  await expect(name).toHaveCount(0);
  await window.open('#/logs');
  await expect(name).toHaveCount(0);
  await window.press('Alt+r');
  await expect(name).toBeVisible();
});

test('the drawer stands at the right, beside the time axis', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/mini-batches?mini-batch=7&detail=miniBatch&drawer=1');
  await window.press('ControlOrMeta+Shift+j');
  const drawer = await window.detail.boundingBox();
  const main = await window.page.locator('main').boundingBox();
  const strip = await window.strip.boundingBox();
  if (drawer === null || main === null || strip === null) throw new Error('Something is not drawn.');
  expect(drawer.x).toBeGreaterThanOrEqual(main.x + main.width - 1);
  expect(strip.width).toBeCloseTo(main.width, 0);
  await window.open('#/mini-batches?mini-batch=7&detail=miniBatch&drawer=1');
  expect((await window.detail.boundingBox())?.x).toBe(drawer.x);
});

test('hits are searched within, and their fields counted', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs?q=error');
  const all = await window.found();
  await window.page.getByRole('textbox', { name: 'Search within these hits' }).fill('traceback');
  await window.press('Enter');
  await expect(window.search).toHaveValue('error traceback');
  expect(await window.found()).toBeLessThan(all);
  await window.searchFor('error');
  await window.page.getByRole('button', { name: 'Statistics of the hits' }).click();
  const panel = window.page.getByRole('dialog', { name: 'Statistics of the hits' });
  await expect(panel.getByRole('region', { name: 'Level' })).toContainText('Error');
  const node = app.run.truth.nodes[0]?.node ?? '';
  await panel
    .getByRole('region', { name: 'Node' })
    .getByRole('button', { name: new RegExp(node) })
    .click();
  await expect(window.chips).toContainText(node);
});

for (const view of ['overview', 'logs?q=error', 'mini-batches', 'files'])
  test(`at 640 × 400 nothing of ${view} is cut at the right`, async ({ app }) => {
    await app.page.setViewportSize({ width: 640, height: 400 });
    const window = new PostrunWindow(app);
    await window.open(`#/${view}`);
    const width = await window.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(640);
    for (const name of ['Node', 'PID', 'Mini-batch', 'Kind', 'Level']) {
      const button = window.page.locator('.facet-bar').getByRole('button', { name: new RegExp(`^${name}`) });
      const box = await button.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 0), name).toBeLessThanOrEqual(640);
    }
  });

test("selected rows, a table's find and the menu of a head break no rule of accessibility", async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/files');
  const table = window.page.getByRole('grid', { name: 'Files' });
  await table.focus();
  await window.press('ControlOrMeta+a', 'ControlOrMeta+f');
  expect(await accessibilityFaults(app.page, 'table', '.virtual-table')).toEqual([]);
  await window.press('Escape');
  await table.getByRole('columnheader').nth(1).click({ button: 'right' });
  await expect(window.page.locator('.popover')).toBeVisible();
  expect(await accessibilityFaults(app.page, 'menu', '.popover')).toEqual([]);
});
