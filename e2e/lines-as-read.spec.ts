/**
 * Lines whose text differs from what is written, records of several lines, and how a person changes
 * the reading of a file.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, openAnew, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

const files: Record<string, string | Buffer> = {
  'a-record.log': '2024-06-25 14:56:15,123 ERROR boom\nwrapped message\n2024-06-25 14:56:16,000 INFO fine\n',
  'b-colours.log': '2024-06-25 14:57:20 \u001b[31mERROR\u001b[0m in red\n',
  'c-bar.log': '2024-06-25 14:58:21 INFO load\n 10%|#  | state one\r 50%|## | state two\r100%|###| done\n',
  'd-fold.log': ['00:59:59 a', '01:30:00 b', '01:30:01 c', '01:10:00 d', '02:00:00 e']
    .map((rest) => `2024-11-03 ${rest}\n`)
    .join(''),
  // 오류가 났습니다 in CP949.
  'e-korean.log': Buffer.concat([
    Buffer.from('2024-06-25 14:59:00 ERROR '),
    Buffer.from('bfc0b7f9b0a120b3b5bdc0b4cfb4d9', 'hex'),
    Buffer.from('\n'),
  ]),
};

test('lines are shown and copied as a person reads them, and as written where asked', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const dir = mkdtempSync(join(tmpdir(), 'postrun-lines-'));
  try {
    mkdirSync(join(dir, 'logs'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, 'logs', name), text);
    const window = new PostrunWindow(app);
    const { page, hits } = window;
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await window.openPath(dir, 'logs');

    await test.step('the lines of a record stay with their level, are marked, and can be left out', async () => {
      await window.searchFor('level:error (boom OR wrapped)');
      expect(await window.found()).toBe(2);
      const second = hits.locator('[data-index="1"]');
      await expect(second).toContainText('wrapped message');
      await expect(second).toContainText('Continues the record above');
      await expect(hits.locator('[data-index="0"]')).not.toContainText('Continues');
      await page
        .locator('.facet-bar')
        .getByRole('button', { name: /^Level/ })
        .click();
      await page.getByRole('menuitemcheckbox', { name: /first/i }).click();
      await expect.poll(() => window.found()).toBe(1);
      await page.getByRole('button', { name: 'Clear all' }).click();
    });

    await test.step('what stands within longer words is counted and offered', async () => {
      await window.searchFor('wrap');
      await page.getByRole('button', { name: '1 more within longer words' }).click();
      await expect(window.search).toHaveValue('*wrap*');
      await expect.poll(() => window.found()).toBe(1);
    });

    await test.step('terminal codes are no part of the text, and are copied where asked', async () => {
      await window.searchFor('"ERROR in red"');
      await hits.locator('[data-index="0"] .line__text').click();
      await window.press('Control+Shift+c');
      await expect.poll(clipboard).toBe('2024-06-25 14:57:20 ERROR in red');
      await hits.locator('[data-index="0"] .line__text').click({ button: 'right' });
      await page.getByRole('menuitem', { name: /as written/ }).click();
      await expect.poll(clipboard).toBe('2024-06-25 14:57:20 \u001b[31mERROR\u001b[0m in red');
    });

    await test.step('a progress bar shows its last state and leads to the earlier ones', async () => {
      await window.searchFor('"state one"');
      await expect(hits.locator('[data-index="0"]')).toContainText('100%|###| done');
      await hits.getByRole('button', { name: '2 earlier states' }).click();
      await expect(page.getByRole('region', { name: 'States of the line' })).toContainText('state one');
      await page.getByRole('button', { name: 'Copy as written' }).click();
      await expect.poll(clipboard).toContain('state one\r 50%|## | state two\r100%');
    });

    const panel = page.getByRole('form', { name: 'How the file is read' });
    const choose = async (file: string) => {
      await window.open(`#/files?open=${encodeURIComponent(dir)}`);
      const row = page.getByRole('grid', { name: 'Files' }).getByRole('row').filter({ hasText: file });
      await row.locator('[role="gridcell"]').last().click();
      await window.idle();
    };
    await test.step('a zone whose clocks were put back keeps the order of the file and shows offsets', async () => {
      await choose('d-fold.log');
      await panel.getByLabel('Zone').fill('America/New_York');
      await panel.getByRole('button', { name: 'Read it so' }).click();
      await window.idle();
      await window.open(`#/logs?open=${encodeURIComponent(dir)}&q=${encodeURIComponent('file:**/d-fold.log')}`);
      await expect(hits.locator('.line__text')).toHaveText(['Text', '…a', '…-04:00b', '…-04:00c', '…-05:00d', '…e']);
    });

    await test.step('an encoding can be set, and taken back', async () => {
      await choose('e-korean.log');
      await panel.getByLabel('Encoding').selectOption('gbk');
      await panel.getByRole('button', { name: 'Read it so' }).click();
      await window.idle();
      await expect(panel.getByRole('button', { name: 'As found' })).toBeVisible();
      const lines = () =>
        openAnew(
          page,
          `${app.url}&testing=1#/logs?open=${encodeURIComponent(dir)}&q=${encodeURIComponent('file:**/e-korean.log')}`,
        );
      await lines();
      await window.idle();
      await expect(hits.locator('[data-index="0"]')).not.toContainText('오류');
      await choose('e-korean.log');
      await panel.getByRole('button', { name: 'As found' }).click();
      await window.idle();
      await lines();
      await window.idle();
      await expect(hits.locator('[data-index="0"]')).toContainText('오류가 났습니다');
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
