/**
 * Every view is accessible: axe finds no fault, and F6 reaches every part of the window. The specs
 * of single views test their own keys.
 */
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

const places = [
  '#/overview',
  '#/overview?q=task&node!=10.0.0.9&level=warning',
  '#/logs?q=task',
  '#/logs',
  '#/mini-batches',
  '#/lanes',
  '#/resources',
  '#/errors',
  '#/files',
  '#/files?q=nothing-has-this',
  '#/problems',
  '#/query',
  '#/runs',
  '#/open',
];

test('no view breaks a rule of accessibility', async ({ app }) => {
  // Axe takes seconds for each view.
  test.slow();
  const window = new PostrunWindow(app);
  const faults: string[] = [];
  for (const place of places) {
    await window.open(place);
    faults.push(...(await accessibilityFaults(app.page, place)));
  }
  expect(faults).toEqual([]);
});

test('every part of the window is reached by F6', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/files?q=task&kind=worker');
  const region = () =>
    app.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region ?? '');
  const visited = new Set<string>();
  for (let i = 0; i < 8; i++) {
    await window.press('F6');
    visited.add(await region());
  }
  expect([...visited].sort()).toEqual(['filter', 'filters', 'header', 'rail', 'status', 'time', 'view']);
});
