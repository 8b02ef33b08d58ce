/**
 * The content of a list or a table can be selected, copied and saved: all of it, not only the part
 * drawn.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test.use({
  contextOptions: { permissions: ['clipboard-read', 'clipboard-write'] },
  viewport: { width: 1280, height: 800 },
});

const clipboard = (window: PostrunWindow) => window.page.evaluate(() => navigator.clipboard.readText());

async function copied(window: PostrunWindow, chord = 'ControlOrMeta+c'): Promise<string> {
  await window.page.evaluate(() => navigator.clipboard.writeText('nothing yet'));
  await window.page.keyboard.press(chord);
  await expect.poll(() => clipboard(window)).not.toBe('nothing yet');
  return clipboard(window);
}

async function saved(window: PostrunWindow, item: RegExp): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([
    window.page.waitForEvent('download'),
    window.page.getByRole('menuitem', { name: item }).click(),
  ]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('four hits are selected with Shift and copied with file and line, as they stand in the files', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs?q=error');
  await window.hits.locator('[data-index="0"] .line__number').click();
  await window.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(window.hits.getByRole('row', { selected: true })).toHaveCount(4);
  const lines = (await copied(window)).split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    const [, file = '', number = '', text] = /^([^:]+):(\d+):(.*)$/s.exec(line) ?? [];
    const content = readFileSync(join(app.run.folder, file), 'utf8').split(/\r?\n/);
    expect(content[Number(number) - 1]).toBe(text);
  }
  const plain = (await copied(window, 'ControlOrMeta+Shift+c')).split('\n');
  expect(plain).toEqual(lines.map((line) => line.replace(/^[^:]+:\d+:/, '')));
});

test('hits are added and taken out with Ctrl, a range with Shift and click', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs?q=error');
  const row = (index: number) => window.hits.locator(`[data-index="${index}"] .line__number`);
  await row(1).click();
  await window.idle();
  await row(4).click({ modifiers: ['Shift'] });
  await expect(window.hits.getByRole('row', { selected: true })).toHaveCount(4);
  await row(2).click({ modifiers: ['ControlOrMeta'] });
  await row(6).click({ modifiers: ['ControlOrMeta'] });
  await expect(window.hits.getByRole('row', { selected: true })).toHaveCount(4);
  expect((await copied(window)).split('\n')).toHaveLength(4);
  await window.press('Escape');
  await expect(window.hits.getByRole('row', { selected: true })).toHaveCount(1);
});

test('Ctrl+A selects all hits, not the text of the page, and all are copied', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs?q=*o*');
  const total = await window.found();
  expect(total).toBeGreaterThan(200);
  await window.hits.locator('[data-index="0"] .line__number').click();
  await window.press('ControlOrMeta+a');
  expect(await window.page.evaluate(() => document.getSelection()?.toString())).toBe('');
  expect((await copied(window)).split('\n')).toHaveLength(total);
});

test('lines of a file are copied, those folded away with them', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs');
  await window.lines.locator('[data-index="2"] .line__number').click();
  await window.press('ControlOrMeta+a');
  const lines = (await copied(window, 'ControlOrMeta+Shift+c')).split('\n');
  const label = (await window.lines.getAttribute('aria-label')) ?? '';
  const content = readFileSync(join(app.run.folder, label.replace('Lines of ', '')), 'utf8').replace(/\r?\n$/, '');
  expect(lines).toEqual(content.split(/\r?\n/));
});

test('all hits are saved as text, CSV and JSON', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/logs?q=*o*');
  const total = await window.found();
  await window.hits.locator('[data-index="0"] .line__number').click();
  const save = async (as: string) => {
    await window.page.keyboard.press('ControlOrMeta+s');
    return saved(window, new RegExp(`^Save all .* as ${as}`));
  };
  const text = await save('text');
  expect(text.name).toBe('hits.txt');
  expect(text.text.trimEnd().split('\n')).toHaveLength(total);
  const json: { file: string; line: number; text: string }[] = JSON.parse((await save('JSON')).text);
  expect(json).toHaveLength(total);
  expect(json.map((row) => `${row.file}:${row.line}:${row.text}`)).toEqual(text.text.trimEnd().split('\n'));
  const csv = (await save('CSV')).text;
  expect(csv.split('\r\n')[0]).toBe('file,line,timestamp,level,node,process,pid,miniBatchId,text');
});

test('mini-batches are copied as cells and saved whole, in the order of the table', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/mini-batches');
  const table = window.page.getByRole('grid', { name: 'Mini-batches' });
  await table.locator('[data-index="0"]').click({ position: { x: 300, y: 10 } });
  await window.idle();
  await window.page.keyboard.press('Shift+ArrowDown');
  const rows = (await copied(window)).split('\r\n');
  expect(rows).toHaveLength(2);
  expect(rows[0]?.split('\t').length).toBeGreaterThan(8);
  await table.locator('[data-index="1"] [role="gridcell"]').nth(5).click({ button: 'right' });
  const part = await saved(window, /^Save 2 selected mini-batches as JSON/);
  expect(JSON.parse(part.text)).toHaveLength(2);
  await window.press('Escape', 'ControlOrMeta+s');
  const { text } = await saved(window, /^Save all .* mini-batches as CSV/);
  expect(text.trim().split('\r\n')).toHaveLength(app.run.truth.miniBatches.length + 1);
});

test('files and problems have the same, in a menu of the table', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/files');
  await window.page.getByRole('button', { name: /^Files: copy/ }).click();
  const { name, text } = await saved(window, /^Save all .* files as JSON/);
  expect(name).toBe('files.json');
  const files: { File: string }[] = JSON.parse(text);
  expect(files.length).toBe(
    Number(await window.page.getByRole('grid', { name: 'Files' }).getAttribute('aria-rowcount')) - 1,
  );
});

test('a table is searched with Ctrl+F and gone through with Ctrl+G, also in rows that are not drawn', async ({
  app,
}) => {
  const window = new PostrunWindow(app);
  await window.open('#/files');
  const table = window.page.getByRole('grid', { name: 'Files' });
  await table.focus();
  await window.press('ControlOrMeta+f');
  const box = window.page.getByRole('textbox', { name: 'Find in this table' });
  await box.fill('70_driver_log');
  await window.press('Enter');
  await expect(table.getByRole('row', { selected: true })).toContainText('70_driver_log');
  await window.press('Escape', 'ControlOrMeta+g');
  await window.page.getByRole('textbox', { name: 'Go to row' }).fill('3');
  await window.press('Enter');
  await expect(table.getByRole('row', { selected: true })).toHaveAttribute('data-index', '2');
});

/**
 * Tables whose rows are fetched by range: their view, their name, and a column that shows a text
 * unchanged.
 */
const tables = [
  ['mini-batches', 'Mini-batches', 0],
  ['errors', 'Lines of this group', 4],
  ['findings', 'Mini-batches to run again', 0],
  ['findings', /by node$/, 0],
] as const;

for (const [place, name, column] of tables) {
  test(`“${name}” is searched with Ctrl+F and gone through with Ctrl+G`, async ({ app }) => {
    const window = new PostrunWindow(app);
    await window.open(`#/${place}`);
    const table = window.page.getByRole('grid', { name }).first();
    const last = table.locator('[data-index]').last();
    const text = (await last.getByRole('gridcell').nth(column).innerText()).trim();
    await table.focus();
    await window.press('ControlOrMeta+f');
    await window.page.getByRole('textbox', { name: 'Find in this table' }).fill(text);
    await window.press('Enter');
    await expect(table.getByRole('row', { selected: true })).toContainText(text);
    await window.press('Escape', 'ControlOrMeta+g');
    await window.page.getByRole('textbox', { name: 'Go to row' }).fill('1');
    await window.press('Enter');
    await expect(table.getByRole('row', { selected: true })).toHaveAttribute('data-index', '0');
  });
}

test('columns are hidden, resized and moved, and stay so', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/files');
  const table = window.page.getByRole('grid', { name: 'Files' });
  const heads = table.getByRole('columnheader');
  await heads.filter({ hasText: 'Kind' }).click({ button: 'right' });
  await window.page.getByRole('menuitem', { name: 'Hide this column' }).click();
  await expect(heads.filter({ hasText: 'Kind' })).toHaveCount(0);
  const node = heads.filter({ hasText: 'Node' });
  const before = (await node.boundingBox())?.width ?? 0;
  await node.getByRole('button').focus();
  await window.press('Control+ArrowRight', 'Control+ArrowRight', 'Control+Shift+ArrowLeft');
  expect((await node.boundingBox())?.width).toBe(before + 32);
  await expect(heads.first()).toContainText('Node');
  await window.open('#/files');
  await expect(heads.first()).toContainText('Node');
  await expect(heads.filter({ hasText: 'Kind' })).toHaveCount(0);
  await heads.first().click({ button: 'right' });
  await window.page.getByRole('menuitem', { name: 'Reset columns' }).click();
  await expect(heads.first()).toContainText('File');
});

test('a table sorts by a click anywhere on a head', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open('#/files');
  const head = window.page.getByRole('columnheader', { name: 'Size' });
  const box = await head.boundingBox();
  if (box === null) throw new Error('There is no head.');
  await window.page.mouse.click(box.x + 3, box.y + 4);
  await expect(head).toHaveAttribute('aria-sort', 'descending');
});

test('a table that is drawn whole is copied and saved by its button and by a right click', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = window;
  await window.open('#/findings');
  const table = page.getByRole('region', { name: 'Nodes, the slowest first' });
  const nodes = await table.getByRole('rowheader').allInnerTexts();
  expect(nodes.length).toBeGreaterThan(1);
  await table.getByRole('button', { name: 'Copy or save the nodes' }).click();
  const csv = await saved(window, /as CSV/);
  expect(csv.name).toBe('slow-nodes.csv');
  expect(csv.text.split(/\r?\n/)[0]).toBe('Node,Attempts,Median,× all');
  await table.getByRole('columnheader', { name: 'Attempts' }).click({ button: 'right' });
  const { text } = await saved(window, /as JSON/);
  const rows: { Node: string; Attempts: number }[] = JSON.parse(text);
  expect(rows.map((row) => row.Node)).toEqual(nodes);
  for (const row of rows) expect(row.Attempts).toBeGreaterThan(0);
});
