/**
 * The views of analysis as a person uses them: error groups, findings, what if, what to run again,
 * and the comparison of two runs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSample } from '../electron/sample/sample.ts';
import { expect, test } from './fixtures/app.ts';
import { accessibilityFaults } from './pages/accessibility.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('the root cause is the first group of errors, and leads to its line', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/errors');
  const groups = app.page.getByRole('grid', { name: 'Error groups' });
  await expect(groups.getByRole('row').first()).toContainText('Root cause');
  const detail = app.page.getByRole('region', { name: 'Detail of the group' });
  await expect(detail.getByText('Root cause')).toBeVisible();
  const example = detail.getByRole('region', { name: 'Example' }).getByRole('link').first();
  const place = await example.innerText();
  expect(place).toMatch(/^\S+:\d+$/);
  await example.click();
  await window.idle();
  await window.expectPlace(/^#\/logs\?.*line=\d+:\d+/);
  await expect(window.lines).toBeVisible();
});

test('groups are walked by keys, and a node of one filters everything', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/errors');
  const groups = app.page.getByRole('grid', { name: 'Error groups' });
  await groups.focus();
  await window.press('j');
  await window.expectPlace(/error=v1:/);
  const node = app.page.getByRole('region', { name: 'Nodes', exact: true }).getByRole('button').first();
  await node.click();
  await window.idle();
  await window.expectPlace(/node=/);
  await expect(node).toHaveAttribute('aria-pressed', 'true');
});

test('the lines of a group are all there and lead to the logs', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/errors');
  const lines = app.page.getByRole('grid', { name: 'Lines of this group' });
  await lines.focus();
  await window.press('j', 'Enter');
  await window.expectPlace(/^#\/logs\?.*line=\d+:\d+/);
});

test('what is missing comes first, and every part says how it was counted', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/findings');
  const body = app.page.getByRole('region', { name: 'What happened' });
  await expect(body.getByRole('heading', { level: 2 }).first()).toHaveText('Missing evidence');
  await body.getByRole('button', { name: 'How counted? Stragglers' }).click();
  await expect(app.page.getByRole('dialog')).toContainText('postrun stragglers');
});

test('a shorter timeout cuts more attempts', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/findings');
  const part = app.page.getByRole('region', { name: 'What if' });
  const cut = part.locator('dd').first();
  const before = await cut.innerText();
  await part.getByRole('slider', { name: 'Timeout T' }).focus();
  await window.press('Home');
  await expect(cut).not.toHaveText(before);
  await part.getByRole('button', { name: 'As configured' }).click();
  await window.idle();
  await expect(cut).toHaveText(before);
});

test('what to run again is copied as ids, one a line', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/findings');
  const part = app.page.getByRole('region', { name: 'What to run again', exact: true });
  const said = Number(/([\d,]+) mini-batch/.exec(await part.innerText())?.[1]?.replaceAll(',', ''));
  expect(said).toBeGreaterThan(0);
  await part.getByRole('button', { name: 'Copy ids' }).click();
  await window.idle();
  const ids = await app.page.evaluate(() => navigator.clipboard.readText());
  expect(ids.split('\n')).toHaveLength(said);

  const download = app.page.waitForEvent('download');
  await part.getByRole('button', { name: 'Save as' }).click();
  await app.page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/-run-again\.csv$/);
});

test('two runs are held against each other', async ({ app }) => {
  const window = new PostrunWindow(app);
  const dir = await mkdtemp(join(tmpdir(), 'postrun-e2e-other-'));
  try {
    const other = join(dir, 'healthy');
    await writeSample(other, { nodes: 2, processes: 2, miniBatches: 24, failure: 'none', seed: 5 });
    await window.open('#/compare');
    await app.page.getByRole('textbox', { name: 'Path of the other run' }).fill(other);
    await window.press('Enter');
    const comparison = app.page.getByRole('region', { name: 'Comparison' });
    await expect(comparison.getByRole('region', { name: 'Before' })).toContainText('healthy');
    await window.expectPlace(/with=.*healthy/);
    await app.page.reload();
    await window.idle();
    await expect(comparison.getByRole('region', { name: 'Before' })).toContainText('healthy');
    const errors = comparison.getByRole('region', { name: 'Errors' });
    await expect(errors.getByText('New', { exact: true }).first()).toBeVisible();
    await app.page.getByRole('button', { name: 'Swap' }).click();
    await window.idle();
    await expect(errors.getByText('Gone', { exact: true }).first()).toBeVisible();
    await expect(errors.getByText('New', { exact: true })).toHaveCount(0);
    await errors.getByRole('link').first().click();
    await window.expectPlace(/^#\/errors\?.*error=v1:/);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
});

test('analysis breaks no rule of accessibility', async ({ app }) => {
  test.slow();
  const window = new PostrunWindow(app);
  const faults: string[] = [];
  for (const place of ['#/errors', '#/errors?node=10.9.9.9', '#/findings', '#/compare']) {
    await window.open(place);
    faults.push(...(await accessibilityFaults(app.page, place)));
  }
  expect(faults).toEqual([]);
});
