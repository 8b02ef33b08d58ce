/**
 * An address restores its view: the merged files, how graphs and lanes are drawn. Each view also
 * has its key.
 */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('merged files are in the address; back leads to the file before', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const [node] = app.run.truth.nodes;
  if (node === undefined) throw new Error('The sample has no node.');
  const lines = page.getByRole('region', { name: 'Lines' });
  await window.open('#/logs');
  await page.getByRole('treeitem', { name: /^Master log/ }).click();
  await window.idle();
  await page.getByRole('treeitem', { name: new RegExp(`^${node.node.replaceAll('.', '\\.')} `) }).click();
  await window.press('Control+Enter');
  await expect(lines).toContainText('files merged');
  await page.getByRole('button', { name: 'One after the other' }).click();
  await window.expectPlace(/merge=[\d.-]+&merge-order=file&merge-title=10\.0\./);

  await page.reload();
  await window.idle();
  await expect(lines).toContainText(`${node.node} `);
  await expect(lines).toContainText('files merged');
  await expect(page.getByRole('button', { name: 'One after the other' })).toHaveAttribute('aria-pressed', 'true');
  await window.press('Alt+ArrowLeft');
  await expect(lines).not.toContainText('files merged');
  await expect(lines).toContainText('logs/sys/master.txt');
});

test('how graphs and lanes are drawn is in the address', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/resources');
  const bar = page.getByRole('toolbar', { name: 'Graphs' });
  await bar.getByRole('button', { name: /^Metric/ }).click();
  await page.getByRole('menuitemcheckbox', { name: /^Network received/ }).click();
  await bar.getByRole('button', { name: 'Band' }).click();
  await window.idle();
  await window.expectPlace(/graph=band&metric=network_received_bytes/);
  await window.goTo('Lanes');
  await page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: 'L', exact: true }).click();
  await window.expectPlace(/lanes=large/);
  await page.reload();
  await window.idle();
  const large = page.getByRole('toolbar', { name: 'Lanes' }).getByRole('button', { name: 'L', exact: true });
  await expect(large).toHaveAttribute('aria-pressed', 'true');
  await window.goTo('Resources');
  await expect(bar.getByRole('button', { name: /^Metric/ })).toContainText('Network received');
  await expect(bar.getByRole('button', { name: 'Band' })).toHaveAttribute('aria-pressed', 'true');
});

test('every view has a key', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open();
  const rail = page.getByRole('navigation', { name: 'Views' }).getByRole('link');
  const names = await rail.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''));
  const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'Shift+1', 'Shift+2', 'Shift+3'];
  for (const [index, name] of names.entries()) {
    await window.press(`Alt+${keys[index]}`);
    await expect(rail.nth(index), name).toHaveAttribute('aria-current', 'page');
  }
});
