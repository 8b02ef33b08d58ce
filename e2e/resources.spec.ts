/**
 * Graphs: the same time axis as the strip, every way of drawing, values as a table, and the lines
 * of a moment.
 */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('a graph for each node stands under the time strip, and the cursor is one', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const { truth } = app.run;
  await window.open('#/resources');
  const rows = page.getByRole('grid', { name: 'CPU of each node' });
  await expect(rows.getByRole('row')).toHaveCount(truth.nodes.length);
  const strip = await window.strip.boundingBox();
  const plot = await page.locator('.time-plot .u-over').first().boundingBox();
  if (strip === null || plot === null) throw new Error('strip or plot is not there');
  // The strip spans the column; its plot area begins 64 px in.
  expect(Math.abs(plot.x - (strip.x + 64))).toBeLessThan(1);
  expect(Math.abs(plot.width - (strip.width - 80))).toBeLessThan(1);

  await page.mouse.move(plot.x + plot.width * 0.4, plot.y + plot.height / 2);
  await window.idle();
  await expect(rows.locator('.series-row__cursor').first()).toHaveText(/%|no sample/);
  const lines = page.locator('.time-cursor');
  await expect.poll(() => lines.count()).toBeGreaterThan(1);
  const spread = async () => {
    const xs = await lines.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
    return Math.max(...xs) - Math.min(...xs);
  };
  await expect.poll(spread).toBeLessThan(1);
});

test('metrics, ways of drawing, and the table of values', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const { truth } = app.run;
  await window.open('#/resources');
  const bar = page.getByRole('toolbar', { name: 'Graphs' });
  await bar.getByRole('button', { name: /^Metric/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Network received/ }).click();
  await window.idle();
  await expect(page.getByRole('grid', { name: 'Network received of each node' })).toContainText('/s');
  await bar.getByRole('button', { name: 'Table' }).click();
  const table = page.getByRole('grid', { name: 'Network received at the cursor' });
  await expect(table.getByRole('row')).toHaveCount(truth.nodes.length + 1);
  await bar.getByRole('button', { name: 'Band' }).click();
  await window.idle();
  await expect(page.getByText(`min to max of ${truth.nodes.length} nodes`)).toBeVisible();
  await bar.getByRole('button', { name: 'Heat map' }).click();
  await bar.getByRole('button', { name: 'By process' }).click();
  await window.idle();
  const heat = page.getByRole('slider', { name: /^Heat map of/ });
  await heat.focus();
  await window.press('ArrowDown', 'ArrowDown');
  await window.expectPlace(/process=/);
  await bar.getByRole('button', { name: 'Processes', exact: true }).click();
  await window.idle();
  // The chosen node's processes in one graph, with their table as the legend.
  const legend = page.getByRole('grid', { name: /at the cursor$/ });
  await expect(legend.getByRole('row', { selected: true })).toHaveCount(1);
});

test('drag is the range, double click lets go, and the cursor leads to its lines', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/resources');
  const plot = await page.locator('.time-plot .u-over').first().boundingBox();
  if (plot === null) throw new Error('no plot');
  const y = plot.y + plot.height / 2;
  const at = (share: number) => plot.x + plot.width * share;
  await page.mouse.move(at(0.3), y);
  await page.mouse.down();
  await page.mouse.move(at(0.4), y);
  await page.mouse.move(at(0.6), y);
  await page.mouse.up();
  await window.idle();
  await window.expectPlace(/zoom=\d+-\d+/);
  await page.mouse.dblclick(at(0.5), y + 60);
  await window.idle();
  await window.expectPlace(/^(?!.*zoom=)/);
  await page.mouse.click(at(0.5), y);
  await window.idle();
  await window.expectPlace(/on=[\d.]+.*at=\d+/);
  await page.getByRole('button', { name: /^Lines at .* ± 30 s$/ }).click();
  await window.idle();
  await window.expectPlace(/^#\/logs\?node=[\d.]+&from=\d+&to=\d+/);
  expect(await window.found()).toBeGreaterThan(0);
});
