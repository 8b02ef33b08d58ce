/** Two files, and two attempts, side by side. */
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

// Includes background lines of the workers: heartbeats, leases, storage.
test.use({
  sample: { nodes: 2, processes: 2, miniBatches: 24, failure: 'run_exception', seed: 3, megabytes: 2 },
});

test('two files stand side by side, scroll together by time or apart, and are kept in the address', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs');
  await page.getByRole('treeitem', { name: /^Master log/ }).click();
  await window.idle();
  const worker = page.getByRole('textbox', { name: 'Filter the files' });
  await worker.fill('system log process-2');
  await page
    .getByRole('treeitem', { name: /^System log/ })
    .first()
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show it beside the open file' }).click();
  await window.idle();
  const second = page.getByRole('region', { name: 'Second file' });
  const grid = second.getByRole('grid');
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  await window.expectPlace(/beside=\d+:1/);
  await expect(page.getByRole('region', { name: 'Lines', exact: true })).toContainText('logs/sys/master.txt');

  // At the end of the first file, the second has followed to about the same moment.
  const before = await grid.getByRole('row').first().getAttribute('aria-rowindex');
  await window.lines.focus();
  await window.press('End');
  await expect.poll(() => grid.getByRole('row').first().getAttribute('aria-rowindex')).not.toBe(before);
  await second.getByRole('button', { name: 'Scroll both by time' }).click();
  await window.expectPlace(/beside-lock=off/);
  await window.idle();
  const place = await grid.getByRole('row').first().getAttribute('aria-rowindex');
  await window.lines.focus();
  await window.press('Home');
  expect(await grid.getByRole('row').first().getAttribute('aria-rowindex')).toBe(place);
  expect(await accessibilityFaults(page, 'beside', '.logs__beside')).toEqual([]);

  await page.reload();
  await window.idle();
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  await second.getByRole('button', { name: 'Swap both files' }).click();
  await window.idle();
  await expect(second).toContainText('logs/sys/master.txt');
  await window.press('Alt+b');
  await expect(second).toHaveCount(0);
});

test('two attempts stand side by side: figures, phases, and lines aligned by template', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const retried = app.run.truth.miniBatches.find((batch) => batch.attempts > 1);
  if (retried === undefined) throw new Error('No mini-batch of the sample was retried.');
  const { miniBatchId } = retried;
  await window.open(`#/mini-batches?mini-batch=${miniBatchId}&detail=miniBatch&drawer=1`);
  await window.detail.getByRole('button', { name: 'Compare attempt 1' }).click();
  await page.getByRole('menuitem', { name: 'With attempt 2' }).click();
  await window.idle();
  const pair = page.getByRole('region', { name: 'Two attempts' });
  await expect(pair.getByRole('heading')).toContainText(`attempt 1 and mini-batch ${miniBatchId}, attempt 2`);
  await expect(pair.getByRole('row', { name: /^Outcome/ })).toContainText('Failed');
  const lines = pair.getByRole('grid', { name: 'Lines of both attempts' });
  const got = lines
    .getByRole('row')
    .filter({ hasText: `Got task ${miniBatchId}.` })
    .first();
  // The pick-up is in both, as one row.
  expect((await got.innerText()).split(`Got task ${miniBatchId}.`)).toHaveLength(3);
  expect(await accessibilityFaults(page, 'attempts', '.compare-attempts')).toEqual([]);
  await page.reload();
  await window.idle();
  await expect(pair).toBeVisible();

  // A good attempt beside a bad one, from the drawer.
  await window.open(`#/mini-batches?mini-batch=${miniBatchId}&detail=miniBatch&drawer=1`);
  await window.detail.getByRole('button', { name: 'Compare attempt 1' }).click();
  await page.getByRole('menuitem', { name: 'With a good attempt of the same process' }).click();
  await window.idle();
  const outcome = pair.getByRole('row', { name: /^Outcome/ });
  await expect(outcome).toContainText('Succeeded');
  await expect(outcome).toContainText('Failed');
  await expect(outcome).toContainText('differs');
  await lines.focus();
  await window.press('End', 'Enter');
  await window.expectPlace(/line=\d+:\d+/);
  // All mini-batches again, also when coming from another view by the rail.
  await window.goTo('Overview');
  await window.goTo('Mini-batches');
  await expect(page.getByRole('grid', { name: 'Mini-batches' })).toBeVisible();
});

for (const width of [1024, 640])
  test(`at ${width} wide nothing lies over anything else in the bars of Logs`, async ({ app }) => {
    const window = new PostrunWindow(app);
    await app.page.setViewportSize({ width, height: 768 });
    await window.open('#/logs?q=error&node=10.0.0.4&drawer=1&numbers=rss+(\\d%2B)&beside=2:1');
    const overlaps = await window.page.evaluate(() => {
      const bars = [
        'filter-bar',
        'filter-chips',
        'hits-header',
        'lines-header',
        'numbers-panel__head',
        'status-bar',
        'header',
      ];
      return bars.flatMap((name) =>
        [...document.querySelectorAll(`.${name}`)].flatMap((bar) => {
          const boxes = [...bar.children].map((child) => ({ child, box: child.getBoundingClientRect() }));
          return boxes.flatMap(({ child, box }, k) =>
            boxes.slice(k + 1).flatMap((other) => {
              const isOver =
                box.width > 0 &&
                other.box.width > 0 &&
                Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 1 &&
                Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 1;
              return isOver ? [`${name}: ${child.className} over ${other.child.className}`] : [];
            }),
          );
        }),
      );
    });
    expect(overlaps).toEqual([]);
    expect(await window.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
