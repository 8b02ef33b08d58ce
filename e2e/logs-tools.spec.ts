/**
 * Counts over all lines of a search: a number in them, their templates, and the values of a
 * template's variable parts.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

// Includes background lines of the workers: heartbeats, leases, storage.
test.use({
  sample: { nodes: 2, processes: 2, miniBatches: 24, failure: 'run_exception', seed: 3, megabytes: 2 },
});

const RSS = /handles \d+, rss (\d+) MB/;

/** Returns all lines of the run's text files. */
function linesOf(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt'))
    .flatMap((name) =>
      readFileSync(join(folder, name), 'utf8')
        .split('\n')
        .map((text) => ({ file: name.replaceAll('\\', '/'), text })),
    );
}

test('a number of a line is charted over all lines that have it, by node, as figures and as CSV', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const wanted = linesOf(app.run.folder).flatMap(({ text }) => {
    const found = RSS.exec(text)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
  const sorted = wanted.toSorted((a, b) => a - b);
  const median = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  const write = (value: number | undefined) => (value ?? 0).toLocaleString('en-US');
  await window.open('#/logs?q=/rss%20\\d%2B%20MB/');
  await window.hits.getByRole('row').nth(1).locator('.line__number').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Chart .*rss \d+ MB/ }).click();
  await window.idle();
  const panel = page.getByRole('region', { name: 'A number from lines' });
  await expect(panel.getByRole('status')).toContainText(`${write(wanted.length)} numbers`);
  await expect(panel.getByRole('status')).toContainText(
    `min ${write(sorted[0])}median ${write(median)}p95 ${write(sorted[Math.ceil(sorted.length * 0.95) - 1])}max ${write(sorted.at(-1))}`,
  );
  await window.expectPlace(/numbers=/);
  // On the shared axis: the plot begins where the strip's does, and a drag zooms both.
  const chart = panel.getByRole('slider', { name: 'Numbers over time' });
  const box = await chart.boundingBox();
  const strip = await window.strip.boundingBox();
  if (box === null || strip === null) throw new Error('The chart is not drawn.');
  expect([box.x, box.width]).toEqual([strip.x, strip.width]);
  await chart.focus();
  await window.press('ArrowRight');
  await expect(chart).toHaveAttribute('aria-valuetext', /: (?:\d|\d+ numbers: min)/);
  expect(await accessibilityFaults(page, 'numbers', '.numbers-panel')).toEqual([]);

  await panel.getByRole('combobox', { name: 'Group the numbers' }).selectOption('by node');
  await panel.getByRole('button', { name: 'Figures' }).click();
  await window.idle();
  const figures = panel.getByRole('grid', { name: 'Figures of the numbers' });
  for (const { node } of app.run.truth.nodes) await expect(figures).toContainText(node);
  await panel.getByRole('button', { name: 'Histogram' }).click();
  await expect(panel.getByRole('figure')).toBeVisible();
  await panel.getByRole('button', { name: 'Over time' }).click();
  await panel.getByRole('button', { name: /^Save / }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ]);
  const csv = readFileSync(await download.path(), 'utf8').split('\r\n');
  for (const { node } of app.run.truth.nodes) expect(csv[0]).toContain(node);
  expect(csv.length).toBeGreaterThan(2);

  // A custom pattern; an invalid one says so.
  const pattern = panel.getByRole('textbox', { name: /^Regular expression/ });
  await pattern.fill('rss (');
  await pattern.press('Enter');
  await expect(panel).toContainText('The regular expression is not valid');
  await pattern.fill('threads (\\d+)');
  await pattern.press('Enter');
  await expect(panel.getByRole('status')).toContainText(`${write(wanted.length)} numbers`);
  await page.reload();
  await window.idle();
  await expect(panel.getByRole('status')).toContainText('numbers');
  await panel.getByRole('button', { name: 'Close the chart of numbers' }).click();
  await expect(panel).toHaveCount(0);
});

test('hits are counted by template and by the values of its variable parts, each a click from being the search', async ({
  app,
}) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const lines = linesOf(app.run.folder);
  const renewed = lines.filter(({ text }) => text.includes('Renewed the lease'));
  await window.open('#/logs?q=heartbeat');
  const all = await window.found();
  await page.getByRole('button', { name: 'Statistics of the hits' }).click();
  await window.idle();
  const panel = page.getByRole('dialog', { name: 'Statistics of the hits' });
  const templates = panel.getByRole('region', { name: 'Template' });
  const lease = templates.getByRole('listitem').filter({ hasText: 'Renewed the lease' }).first();
  await expect(lease).toContainText(renewed.length.toLocaleString('en-US'));
  await lease.getByRole('button', { name: /^Show the values/ }).click();
  await window.idle();
  const seconds = lease.getByRole('region', { name: 'Values of <number>' });
  const [first] = await seconds.getByRole('listitem').all();
  const [value = '', count = ''] = ((await first?.innerText()) ?? '').split('\n');
  const own = renewed.filter(({ text }) => text.includes(`again in ${value} seconds`));
  expect(count).toBe(own.length.toLocaleString('en-US'));
  expect(await accessibilityFaults(page, 'statistics', '.hits-statistics')).toEqual([]);
  await lease
    .getByRole('button', { name: /Renewed the lease/ })
    .last()
    .click();
  await window.idle();
  expect(await window.found()).toBe(renewed.length);
  expect(renewed.length).toBeLessThan(all);
});
