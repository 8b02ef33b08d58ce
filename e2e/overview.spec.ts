/** The answer first: the root cause is on the first page, with links onward. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('the card names exception, frame with its code, place, count and time', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/overview');
  const card = app.page.getByRole('region', { name: 'Root cause' });
  await expect(card.getByRole('heading', { level: 3 })).toContainText(/Error|Exception/);
  await expect(card.locator('.root-cause__frame')).toContainText(/\.py:\d+ in \S+/);
  await expect(card.locator('.root-cause__frame code')).not.toBeEmpty();
  for (const fact of ['Node', 'Process', 'Mini-batch', 'Happened', 'Since']) {
    await expect(card.getByText(fact, { exact: true })).toBeVisible();
  }
  await expect(card.getByRole('figure', { name: 'Attempts over time' })).toBeVisible();
});

test('the curve beside the card is as high as the card', async ({ app }) => {
  const window = new PostrunWindow(app);
  await app.page.setViewportSize({ width: 1920, height: 1080 });
  await window.open('#/overview');
  const cause = app.page.getByRole('region', { name: 'Root cause' });
  const picture = cause.getByRole('figure').locator('svg.plot__picture');
  await expect(picture).toBeVisible();
  const [card, curve] = [await cause.locator('.root-cause__card').boundingBox(), await picture.boundingBox()];
  const bottom = (box: typeof card) => (box === null ? Number.NaN : box.y + box.height);
  expect(Math.abs(bottom(card) - bottom(curve))).toBeLessThan(4);
});

test('one key leads from the cause to its lines, group, lane, graph and report', async ({ app }) => {
  test.setTimeout(240_000);
  const window = new PostrunWindow(app);
  const places = {
    1: /^#\/logs\?.*node=.*pid=/,
    2: /^#\/errors\?.*error=v1:/,
    3: /^#\/lanes\?.*process=/,
    4: /^#\/resources\?/,
    5: /^#\/report/,
  };
  for (const [key, place] of Object.entries(places)) {
    await window.open('#/overview');
    await expect(app.page.getByRole('navigation', { name: 'From the root cause to' })).toBeVisible();
    await window.press(key);
    await window.expectPlace(place);
  }
});

test('a plot is read by keys and saved as PNG, SVG and CSV', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/overview');
  const plot = app.page.getByRole('slider', { name: /^Attempts over time/ });
  await plot.focus();
  await window.press('End', 'ArrowLeft');
  await expect(plot).toHaveAttribute('aria-valuetext', /\d\d:\d\d:\d\d: .*attempts ended \d+/);
  for (const kind of ['PNG', 'SVG', 'CSV']) {
    await app.page.getByRole('button', { name: 'Save Attempts over time' }).click();
    const download = app.page.waitForEvent('download');
    await app.page.getByRole('menuitem', { name: kind }).click();
    expect((await download).suggestedFilename()).toMatch(new RegExp(`-Attempts-over-time\\.${kind.toLowerCase()}$`));
  }
});

test('logs of no run say what is there, and nothing of mini-batches', async ({ app }) => {
  const window = new PostrunWindow(app);
  const dir = await mkdtemp(join(tmpdir(), 'postrun-e2e-foreign-'));
  try {
    const lines = ['INFO app started', 'ERROR no connection to 10.1.2.3:5432', 'ERROR no connection to 10.1.2.4:5432'];
    await writeFile(join(dir, 'app.log'), lines.map((line, i) => `2024-03-01 10:00:0${i},123 ${line}\n`).join(''));
    await window.openPath(dir);
    const view = app.page.getByRole('region', { name: 'Overview of the run' });
    await expect(view.getByRole('heading', { level: 2 })).toHaveText('Logs, but not of a ParallelRunStep run');
    await expect(view).toContainText('1 file, 3 lines');
    await expect(view.getByRole('region', { name: 'Error groups' })).toContainText('2 times');
    await expect(view.getByRole('region', { name: 'Levels' })).toContainText('Error');
    await expect(view).not.toContainText(/mini-batch/i);
    expect(await accessibilityFaults(app.page)).toEqual([]);
    const templates = view.getByRole('region', { name: 'Templates' });
    await templates.getByRole('button', { name: /^no connection to/ }).click();
    await window.idle();
    expect(await window.found()).toBe(2);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

const places = [
  'overview',
  'mini-batches',
  'lanes',
  'resources',
  'errors',
  'findings',
  'files',
  'compare',
  'report',
  'problems',
  'logs',
];

for (const [width, height] of [
  [1280, 800],
  [1024, 768],
] as const) {
  test(`nothing but scrollers scrolls, whatever is brought into view, at ${width} × ${height}`, async ({ app }) => {
    test.setTimeout(240_000);
    const window = new PostrunWindow(app);
    await app.page.setViewportSize({ width, height });
    for (const place of places) {
      await window.open(`#/${place}`);
      const moved = await app.page.evaluate(() => {
        for (const element of document.querySelectorAll('h2, h3, th, td, .hidden-label, a, button, label, input')) {
          element.scrollIntoView({ block: 'start' });
        }
        const at = (element: Element) => `${element.tagName}.${element.className} ${element.scrollTop}`;
        return [
          document.documentElement,
          document.body,
          document.querySelector('#root'),
          document.querySelector('.app'),
        ]
          .filter((element) => element !== null && element.scrollTop !== 0)
          .map((element) => (element === null ? '' : at(element)));
      });
      expect(moved, place).toEqual([]);
      await expect(app.page.locator('.header')).toBeInViewport({ ratio: 1 });
      await expect(app.page.locator('.status-bar')).toBeInViewport({ ratio: 1 });
    }
  });
}

test('the anchors of What happened move only its own part', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/findings');
  for (const part of ['Stragglers', 'Run again', 'How counted']) {
    await app.page
      .getByRole('navigation', { name: 'Parts of what happened' })
      .getByRole('button', { name: new RegExp(`^${part}`) })
      .click();
    await window.idle();
    expect((await app.page.locator('.header').boundingBox())?.y).toBe(0);
    await expect(window.strip).toBeInViewport({ ratio: 1 });
  }
});

test('the card breaks no rule of accessibility', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/overview');
  expect(await accessibilityFaults(app.page)).toEqual([]);
});
