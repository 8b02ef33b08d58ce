/** Views with graphs: each is opened once, then checked for several things, and by axe. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSample } from '../electron/sample/sample.ts';
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

/** Returns what the button of a graph saves, as text. */
async function saved(window: PostrunWindow, name: string | RegExp, kind: 'PNG' | 'SVG' | 'CSV'): Promise<string> {
  await window.page.getByRole('button', { name }).click();
  const download = window.page.waitForEvent('download');
  await window.page.getByRole('menuitem', { name: kind }).click();
  return readFile(await (await download).path(), 'latin1');
}

test('lanes: a range is summed up, each figure leads on, and the graph is saved', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/lanes');
  const lanes = page.getByRole('slider', { name: /^Lanes of processes/ });
  await lanes.focus();
  await window.press('ArrowDown', 'ArrowRight');
  await expect(lanes).toHaveAttribute('aria-valuetext', /\d+ attempts?; .+ \d\d:\d\d:\d\d/);
  expect(await accessibilityFaults(window.page)).toEqual([]);

  const svg = await saved(window, 'Save Lanes', 'SVG');
  expect(svg).toMatch(/^<svg [^>]*><title>Lanes<\/title>.*10\.0\.0\./s);
  expect(await saved(window, 'Save Lanes', 'PNG')).toMatch(/^.PNG/);
  const rows = (await saved(window, 'Save Lanes', 'CSV')).trim().split('\r\n');
  expect(rows[0]).toBe('node,process,pid,mini_batch,attempt,start,end,duration_seconds,outcome');
  expect(rows).toHaveLength(app.run.truth.attempts.length + 1);

  const box = await page.locator('.lanes__area').boundingBox();
  if (box === null) throw new Error('no lanes');
  await page.mouse.move(box.x + box.width * 0.2, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 60, { steps: 3 });
  await page.mouse.move(box.x + box.width * 0.9, box.y + 60);
  await page.mouse.up();
  await window.idle();
  const summary = page.getByRole('region', { name: 'Summary of the range' });
  for (const figure of ['Attempts', 'Busy time', 'CPU', 'Memory', 'Errors', 'Lines']) {
    await expect(summary).toContainText(figure);
  }
  await summary
    .getByRole('link', { name: /%.*%.*%/ })
    .first()
    .click();
  await window.expectPlace(/^#\/resources/);
});

test('resources: several metrics below each other, and keys say the samples of each graph', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/resources');
  await page.getByRole('button', { name: 'More metrics below this one' }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Network received/ }).click();
  await window.idle();
  await window.expectPlace(/metric=cpu_percent%0Anetwork_received_bytes/);
  const network = page.getByRole('region', { name: 'Network received' });
  await network.getByRole('grid', { name: 'Network received of each node' }).focus();
  await window.press('Home', 'ArrowRight');
  await expect(network.getByRole('status')).toHaveText(/\d\d:\d\d:\d\d.*\/s$/);
  expect(await accessibilityFaults(window.page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove Network received' }).click();
  await expect(network).toHaveCount(0);

  await page.getByRole('toolbar', { name: 'Graphs' }).getByRole('button', { name: 'Heat map' }).click();
  await window.idle();
  await page.getByRole('slider', { name: /^Heat map of CPU/ }).focus();
  await window.press('ArrowDown', 'Home');
  await expect(page.getByRole('region', { name: 'CPU' }).getByRole('status')).toHaveText(
    /^10\.0\.0\.\d+, .*: [\d.]+ %$/,
  );
  expect(await saved(window, 'Save Heat map of CPU', 'SVG')).toContain('<title>Heat map of CPU</title>');
  const [head] = (await saved(window, 'Save Heat map of CPU', 'CSV')).split('\r\n');
  expect(head?.split(',').toSorted()).toEqual(['time', ...app.run.truth.nodes.map(({ node }) => node)].toSorted());
});

test('what happened: quartiles by node, and graphs that are saved and walked through', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/findings');
  const figures = page.getByRole('region', { name: 'Figures by node' });
  await expect(figures).toContainText(/Duration of \d+ attempts: median .+, half of them .+ to .+\./);
  const table = figures.getByRole('grid', { name: 'Duration by node' });
  await expect(table.getByRole('row')).toHaveCount(app.run.truth.nodes.length + 2);
  await figures.getByRole('button', { name: 'Items' }).click();
  await expect(figures.getByRole('grid', { name: 'Items by node' })).toContainText('All attempts');
  expect(await saved(window, 'Save Life-cycle', 'CSV')).toMatch(/^kind,name,from,to,message\r\nphase,/);
  expect(await saved(window, 'Save Error budget', 'CSV')).toMatch(/^time,items failed\r\n/);
  await page.getByRole('slider', { name: /^Failed items over time/ }).focus();
  await window.press('Home');
  await expect(page.getByRole('slider', { name: /^Failed items over time/ })).toHaveAttribute(
    'aria-valuetext',
    /: \d+ items? failed$/,
  );
  await window.goTo('Overview');
  await page.getByRole('slider', { name: /^Progress over time/ }).focus();
  await window.press('End');
  await expect(page.getByRole('slider', { name: /^Progress over time/ })).toHaveAttribute(
    'aria-valuetext',
    /\d+ finished, .* failed$/,
  );
});

test('compare: charts over each other, better and worse in words, nodes by name', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const dir = await mkdtemp(join(tmpdir(), 'postrun-e2e-compare-'));
  try {
    const other = join(dir, 'healthy');
    await writeSample(other, { nodes: 3, processes: 2, miniBatches: 24, failure: 'none', seed: 5 });
    await window.open(`#/compare?with=${encodeURIComponent(other)}`);
    const comparison = page.getByRole('region', { name: 'Comparison' });
    const charts = comparison.getByRole('region', { name: 'Charts of both runs' });
    await expect(charts.getByRole('figure')).toHaveCount(3);
    for (const run of ['before', 'after']) await expect(charts.getByRole('figure').first()).toContainText(run);
    await expect(comparison.getByRole('region', { name: 'Figures' })).toContainText(/[▲▼↑↓+−-].*(?:better|worse)/);
    await expect(comparison.getByRole('region', { name: 'Nodes' })).toContainText(/only (?:before|after)/);
    expect(await accessibilityFaults(window.page)).toEqual([]);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

test('a window of 640 × 400 has one column, and nothing is cut at its right', async ({ app }) => {
  test.setTimeout(120_000);
  const window = new PostrunWindow(app);
  await app.page.setViewportSize({ width: 640, height: 400 });
  const cut: string[] = [];
  for (const place of ['overview', 'lanes', 'resources', 'errors', 'findings', 'compare', 'report']) {
    await window.open(`#/${place}`);
    const found = await app.page.evaluate(() => {
      const scrolls = (element: Element | null): boolean =>
        element !== null &&
        ((element.scrollWidth > element.clientWidth && /auto|scroll/.test(getComputedStyle(element).overflowX)) ||
          scrolls(element.parentElement));
      return [...document.querySelectorAll('button, a, h2, h3, label, input, .status-bar > *, [role="toolbar"] span')]
        .filter((element) => {
          const { right, width, height } = element.getBoundingClientRect();
          return width > 1 && height > 1 && right > document.documentElement.clientWidth + 1 && !scrolls(element);
        })
        .map((element) => `${element.tagName} ${element.className}: ${element.textContent}`);
    });
    cut.push(...found.map((each) => `${place} ${each}`));
  }
  expect(cut).toEqual([]);
});
