/**
 * The main job by keyboard alone: open, search, step through hits, filter, mini-batch, report. The
 * pointer is never used.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('from the start screen to a saved report without a pointer', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const type = async (text: string) => {
    await page.keyboard.type(text);
    await window.idle();
  };
  /** Presses Tab until something has the focus, as a person does; fails if it is never reached. */
  const tabTo = async (what: RegExp) => {
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(() => {
        const element = document.activeElement;
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : null;
        return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? '';
      });
      if (what.test(name.trim())) return;
    }
    throw new Error(`Tab never reaches ${what}.`);
  };

  await test.step('open', async () => {
    await window.open('#/open');
    // The box has the focus from the start.
    await expect(page.getByRole('textbox', { name: /path/i })).toBeFocused();
    await page.keyboard.press('ControlOrMeta+a');
    await type(app.run.path);
    await window.press('Enter');
    await expect(window.headline).toHaveText(/The run failed/);
  });

  await test.step('search and step to the next hit', async () => {
    await window.press('ControlOrMeta+Shift+F');
    await type('traceback');
    await window.press('Enter');
    await window.expectPlace(/^#\/logs\?q=traceback/);
    await window.press('F4');
    await expect(window.lines.locator('.is-active')).toContainText(/traceback/i);
    const first = await page.evaluate(() => location.hash);
    await window.press('F4');
    await expect.poll(() => page.evaluate(() => location.hash)).not.toBe(first);
  });

  const all = await window.found();
  await test.step('filter by a node', async () => {
    const hit = await window.hits.getByRole('row').nth(1).innerText();
    const node = app.run.truth.nodes.find((each) => hit.includes(each.node))?.node ?? '';
    await page.keyboard.press('ControlOrMeta+Shift+F');
    await tabTo(/^Node/);
    await window.press('Enter');
    await type(node);
    await tabTo(new RegExp(`^Only ${node.replaceAll('.', '\\.')}`));
    await window.press('Enter', 'Escape');
    await expect(window.chips).toContainText(node);
    expect(await window.found()).toBeLessThanOrEqual(all);
  });

  await test.step('a mini-batch that failed', async () => {
    await window.press('Alt+f', 'Alt+3');
    await expect(
      page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Mini-batches' }),
    ).toHaveAttribute('aria-current', 'page');
    await tabTo(/^\d+ failed$/);
    await window.press('Enter');
    await tabTo(/^Mini-batches$/);
    await window.press('Home', 'Enter');
    await expect(window.detail).toContainText('It failed after');
  });

  await test.step('the report is saved', async () => {
    await window.press('Alt+0');
    await window.expectPlace(/^#\/report/);
    const download = page.waitForEvent('download');
    await tabTo(/^Download$/);
    await window.press('Enter');
    expect(await readFile(await (await download).path(), 'utf8')).toContain('The run failed');
  });
});
