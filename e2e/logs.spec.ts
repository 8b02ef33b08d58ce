/**
 * The Logs view: the tree, the lines of a file, find, marks, coloured words, several files merged,
 * hits and lines together.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

test('the tree leads to a file, whose lines are those of the file', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const [node] = app.run.truth.nodes;
  if (node === undefined) throw new Error('The sample has no node.');
  await window.open('#/logs');
  const tree = page.getByRole('tree');
  await expect(tree.getByRole('treeitem').first()).toContainText('Whole run');
  await page.getByRole('textbox', { name: 'Filter the files' }).fill(`${node.node} system log process-2`);
  await tree.getByRole('treeitem', { name: /^System log/ }).click();
  await window.idle();

  const path = `logs/sys/worker/${node.node}/Process-2.txt`;
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText(path);
  const lines = readFileSync(join(app.run.folder, path), 'utf8').split('\n');
  await expect(window.lines.getByRole('row').nth(1)).toContainText(lines[1] ?? '');

  await window.press('Control+g');
  await page.keyboard.type('8');
  await window.press('Enter');
  await expect(window.lines.locator('.is-active')).toContainText(lines[7] ?? '');

  await window.press('Control+c');
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toBe(`${path}:8:${lines[7]}`);
  await window.press('Shift+ArrowDown', 'Control+Shift+c');
  await expect.poll(clipboard).toBe(`${lines[7]}\n${lines[8]}`);
});

test('find counts what is in the file and steps through it', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const text = readFileSync(join(app.run.folder, 'logs/sys/master.txt'), 'utf8').split('\n');
  const expected = text.flatMap((line, index) => (line.toLowerCase().includes('task') ? [index + 1] : []));
  expect(expected.length).toBeGreaterThan(3);
  await window.open('#/logs');
  await page.getByRole('treeitem', { name: /^Master log/ }).click();
  await window.idle();
  await window.press('/');
  await page.keyboard.type('task');
  await window.idle();
  const bar = page.getByRole('search', { name: 'Find in these lines' });
  await window.press('Enter');
  await expect(bar.getByRole('status')).toContainText(`of ${expected.length.toLocaleString('en')}`);
  await window.press('Enter');
  const from = expected.findIndex((line) => line > 1);
  await expect(window.lines.locator('.is-active')).toContainText(text[(expected[from + 1] ?? 1) - 1] ?? '');
  await window.press('Escape', 'g', 'e');
  await expect(window.lines.locator('.is-active')).toContainText('ERROR');
});

test('marks and coloured words are kept for this run', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs');
  await page.getByRole('treeitem', { name: /^Master log/ }).click();
  // A key acts on the present line, so each waits until it is there.
  await window.idle();
  await window.press('j', 'j');
  await window.press('m');
  await window.press('G');
  await window.press('m');
  await page.getByRole('button', { name: 'Coloured words' }).click();
  await page.getByRole('textbox', { name: 'Text to colour' }).fill('task');
  await window.press('Enter', 'Escape');
  await expect(window.lines.locator('.line-text__colour--1').first()).toHaveText(/task/i);

  await page.reload();
  await window.idle();
  await expect(window.lines.locator('.line-text__colour--1').first()).toBeVisible();
  await page.getByRole('button', { name: 'Marked lines' }).click();
  const panel = page.getByRole('dialog', { name: 'Marked lines' });
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await panel.getByRole('textbox').first().fill('look here');
  await panel.getByRole('link').first().click();
  await window.idle();
  await page.keyboard.press('Escape');
  await expect(window.lines.locator('.is-active')).toContainText('3');
  await window.lines.focus();
  await window.press(']');
  await expect(window.lines.locator('.is-active').getByRole('img', { name: 'Marked' })).toBeVisible();
});

test('files of a node are merged by time, with the columns that tell them apart', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const [node] = app.run.truth.nodes;
  if (node === undefined) throw new Error('The sample has no node.');
  await window.open('#/logs');
  const branch = page.getByRole('treeitem', { name: new RegExp(`^${node.node.replaceAll('.', '\\.')} `) });
  await branch.click();
  await window.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText('files merged');
  const times = await window.lines.locator('time').allInnerTexts();
  expect(times.length).toBeGreaterThan(5);
  expect(times).toEqual(times.toSorted());
  await expect(window.lines.getByRole('columnheader')).toHaveText(
    ['Mark', 'Line', 'Time', 'Node', 'Process', 'Log', 'Batch', 'Level', 'Text'].map((name) => new RegExp(name)),
  );
  await page.getByRole('button', { name: 'Back to one file' }).click();
  await window.idle();
  await expect(page.getByRole('region', { name: 'Lines' })).not.toContainText('files merged');
});

test('merged lines have the hits of the filter coloured, and hits and marks beside them', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  // Take a node that has hits: a hit in a file outside the merged ones appears in its own file.
  await window.open('#/logs?q=traceback');
  const first = await window.hits.getByRole('row').nth(1).innerText();
  const node = app.run.truth.nodes.find((each) => first.includes(each.node));
  if (node === undefined) throw new Error('The first hit is of no node.');
  await window.open('#/logs');
  await page.getByRole('treeitem', { name: new RegExp(`^${node.node.replaceAll('.', '\\.')} `) }).click();
  await window.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText('files merged');
  await window.searchFor('traceback');
  await window.press('F4');
  const active = window.lines.locator('.is-active');
  await expect(active.locator('mark').first()).toHaveText(/traceback/i);
  await window.lines.focus();
  await window.press('m');
  const told = [...(await window.ruler(5))].map((part) => part.replace(/^\d+ /, ''));
  expect(told).toEqual(expect.arrayContaining(['hits of the filter', 'lines of errors', 'marked line']));
});

test('hits and the lines around them move together, and a traceback is one item', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs?q=traceback');
  const first = window.hits.getByRole('row').nth(1).locator('.line__number');
  await first.click();
  await window.idle();
  const active = window.lines.locator('.is-active');
  await expect(active).toContainText(/traceback/i);
  await window.expectPlace(/line=/);
  const before = await page.evaluate(() => location.hash);
  await window.press('F4');
  await expect.poll(() => page.evaluate(() => location.hash)).not.toBe(before);
  await expect(active).toContainText(/traceback/i);
  await expect(active.locator('mark').first()).toHaveText(/traceback/i);
  await window.press('Shift+F4');
  await expect.poll(() => page.evaluate(() => location.hash)).toBe(before);

  // The drawer has the whole traceback.
  await window.lines.focus();
  await window.press('Enter');
  await expect(window.detail.getByRole('heading', { name: /^Traceback/ })).toBeVisible();
  // The drawer takes its height from the lines; the current one stays in view.
  await expect(active).toBeInViewport();

  await page.getByRole('button', { name: 'Fold all tracebacks' }).click();
  await window.idle();
  await expect(window.lines.getByRole('button', { name: /⋯ \d+ lines?/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Unfold all tracebacks' }).click();
  await window.idle();
  await expect(window.lines.getByRole('button', { name: /⋯/ })).toHaveCount(0);
  const records = page.getByRole('button', { name: 'Only the first line of each record' });
  await records.click();
  await window.idle();
  await expect(window.lines.getByRole('button', { name: /⋯ \d+ lines?/ }).first()).toBeVisible();
  await expect(records).toHaveAttribute('aria-pressed', 'true');
  await records.click();
  await window.idle();
  await expect(window.lines.getByRole('button', { name: /⋯/ })).toHaveCount(0);
});
