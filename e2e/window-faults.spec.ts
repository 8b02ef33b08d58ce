/** Faults that people found by using the window, one spec each. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

const focusedRegion = (window: PostrunWindow) =>
  window.page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region') ?? '');

test('F6 goes through all parts of the window and back, also through those of Logs', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs?q=error');
  const seen: string[] = [];
  for (let step = 0; step < 10; step++) {
    await window.press('F6');
    seen.push(await focusedRegion(window));
  }
  expect(new Set(seen)).toEqual(new Set([...seen.slice(0, seen.indexOf(seen[0] ?? '', 1))]));
  for (const region of ['tree', 'lines', 'hits', 'filter', 'rail']) expect(seen).toContain(region);
  const last = seen.at(-2);
  await window.press('Shift+F6');
  expect(await focusedRegion(window)).toBe(last);
});

test('a query that cannot be read is not searched for ever', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs');
  await window.searchFor('/(/');
  await expect(window.count).toContainText('cannot be read');
  await expect(window.page.getByRole('region', { name: 'Hits' })).not.toContainText('searching');
  await expect(window.page.getByRole('region', { name: 'Hits' })).toContainText('not searched');
});

test('mini-batch:17 and the like find what the control finds, and the strip shows the same', async ({ app }) => {
  const window = new PostrunWindow(app);
  const strip = window.page.locator('.time-strip canvas').first();
  await window.open('#/logs?batch=7');
  const wanted = await window.found();
  const chosen = await strip.screenshot();
  expect(wanted).toBeGreaterThan(0);
  for (const word of ['batch:7', 'minibatch:7', 'mini-batch:7', 'mini_batch:7']) {
    await window.open(`#/logs?q=${word}`);
    expect(await window.found(), word).toBe(wanted);
    if (word === 'batch:7') await expect.poll(async () => (await strip.screenshot()).equals(chosen)).toBe(true);
  }
});

test('the search of a facet takes arrows and Enter', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs');
  await window.page
    .locator('.facet-bar')
    .getByRole('button', { name: /^Mini-batch/ })
    .click();
  await window.idle();
  await window.page.keyboard.type('1');
  await window.idle();
  await window.press('ArrowDown', 'Enter');
  await expect(window.chips.getByRole('listitem')).toHaveCount(1);
  await window.press('Shift+Enter');
  await expect(window.chips.getByRole('listitem')).toContainText('not');
});

test('the start of a mini-batch is when it was picked up first', async ({ app }) => {
  const window = new PostrunWindow(app);
  const retried = app.run.truth.miniBatches.find((batch) => batch.attempts > 1);
  if (retried === undefined) throw new Error('No mini-batch of the sample was retried.');
  const starts = app.run.truth.attempts
    .filter((attempt) => attempt.miniBatchId === retried.miniBatchId)
    .map((attempt) => attempt.startedAt);
  await window.open(`#/mini-batches?batch=${retried.miniBatchId}&clock=written`);
  const start = window.page.getByRole('grid', { name: 'Mini-batches' }).locator('[data-index="0"] [aria-colindex="9"]');
  await expect(start).toContainText(starts.toSorted()[0]?.slice(11, 19) ?? '');
});

test('choosing an outcome among mini-batches searches no lines', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/mini-batches?outcome=failed');
  await expect(window.page.locator('.search-count')).toContainText('Show the lines');
  await window.page.locator('.search-count').getByRole('link').click();
  await window.idle();
  expect(await window.found()).toBeGreaterThan(0);
});

test.describe('without a run', () => {
  test('the box of the start screen has the focus', async ({ app }) => {
    const window = new PostrunWindow(app);
    await window.open('#/open');
    await expect(window.page.getByRole('textbox', { name: /^Path of a logs zip/ })).toBeFocused();
  });
});

test('a match far to the right is scrolled to, and one beyond what is drawn is shown with what is around it', async ({
  app,
}) => {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-long-'));
  try {
    mkdirSync(join(dir, 'logs'));
    const long = `2020-03-19 15:37:07,101 INFO ${'x '.repeat(500)}nearneedle ${'y '.repeat(2_000_000)}farneedle end`;
    writeFileSync(join(dir, 'logs', 'long.txt'), `first\n${long}\n한글 로그 abc\nascii log abc\n`);
    const window = new PostrunWindow(app);
    await window.openPath(dir, 'logs');
    const sees = async (text: string) => {
      const mark = window.page.locator('.is-active mark', { hasText: text });
      await expect(mark).toHaveCount(2);
      const most = window.page.viewportSize()?.width ?? 0;
      for (const each of await mark.all())
        await expect(async () => {
          const box = await each.boundingBox();
          expect(box?.x).toBeGreaterThan(0);
          expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThan(most);
        }).toPass({ timeout: 30_000 });
    };
    await window.searchFor('nearneedle');
    await window.press('F4');
    await window.press('F4');
    await expect(window.hits.locator('.is-active mark')).toHaveText('nearneedle');
    await sees('nearneedle');
    await window.searchFor('farneedle');
    await window.press('F4');
    await expect(window.hits.locator('.is-active mark')).toHaveText('farneedle');
    await sees('farneedle');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('keys go by the place where the layout is not Latin', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs');
  await window.lines.locator('[data-index="1"] .line__number').click();
  // A key acts on the present line.
  await window.idle();
  // `m` on a Hangul and on a Russian keyboard.
  for (const key of ['ㅡ', 'ь']) {
    const press = () =>
      window.page.evaluate((typed) => {
        const event = { key: typed, code: 'KeyM', bubbles: true, cancelable: true };
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', event));
      }, key);
    await press();
    await expect(window.lines.locator('[data-index="1"] .line__mark')).toBeVisible();
    await press();
    await expect(window.lines.locator('[data-index="1"] .line__mark')).toHaveCount(0);
  }
});
