import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from './fixtures/app.ts';
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
  '#/open',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no view breaks a rule of accessibility, ${colorScheme}`, async ({ app }) => {
    // Axe itself takes seconds for each view.
    test.setTimeout(240_000);
    const window = new PostrunWindow(app);
    await app.page.emulateMedia({ colorScheme });
    const faults: string[] = [];
    for (const place of places) {
      await window.open(place);
      const { violations } = await new AxeBuilder({ page: app.page }).analyze();
      for (const { id, nodes } of violations) {
        for (const node of nodes.slice(0, 3)) faults.push(`${place} ${id}: ${node.html.slice(0, 200)}`);
      }
    }
    expect(faults).toEqual([]);
  });
}

test('every part of the window is reached by F6', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/files?q=task&kind=worker');
  const region = () =>
    app.page.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-region]')?.dataset.region ?? '');
  const visited = new Set<string>();
  for (let i = 0; i < 8; i++) {
    await app.page.keyboard.press('F6');
    visited.add(await region());
  }
  expect([...visited].sort()).toEqual(['filter', 'filters', 'header', 'rail', 'status', 'time', 'view']);
});
