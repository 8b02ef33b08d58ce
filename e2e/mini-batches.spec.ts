/**
 * Mini-batches and lanes: the table, the charts and the bars agree with the run, and each leads
 * further.
 */
import { outcomes } from '../electron/contract/batch-records.ts';
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

const words = {
  succeeded: 'succeeded',
  partial: 'partly failed',
  failed: 'failed',
  timed_out: 'timed out',
  unfinished: 'unfinished',
};

test('counts by status are those of the run, and each is a switch of the filter', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const { totals } = app.run.truth;
  await window.open('#/mini-batches');
  const bar = page.getByRole('toolbar', { name: 'Mini-batches by status' });
  const table = page.getByRole('grid', { name: 'Mini-batches' });
  for (const outcome of outcomes) {
    const count = totals.miniBatches[outcome];
    const button = bar.getByRole('button', { name: `${count} ${words[outcome]}`, exact: true });
    await expect(button).toHaveCount(count === 0 ? 0 : 1);
  }
  await bar.getByRole('button', { name: `${totals.miniBatches.failed} failed`, exact: true }).click();
  await window.idle();
  await window.expectPlace(/outcome=failed/);
  await expect(table).toHaveAttribute('aria-rowcount', String(totals.miniBatches.failed + 1));
  // Pressing it again removes the filter.
  await bar.getByRole('button', { name: `${totals.miniBatches.failed} failed`, exact: true }).click();
  await window.idle();
  await window.expectPlace(/^#\/mini-batches$/);
});

test('every column sorts, and the drawer has each attempt of the row', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const { truth } = app.run;
  await window.open('#/mini-batches');
  const table = page.getByRole('grid', { name: 'Mini-batches' });
  const heads = table.getByRole('columnheader');
  const count = await heads.count();
  for (let at = 0; at < count; at++) {
    await heads.nth(at).getByRole('button').click();
    await window.idle();
    await expect(heads.nth(at)).toHaveAttribute('aria-sort', /ascending|descending/);
    await expect(table.getByRole('row').nth(1)).not.toHaveText('');
  }
  await heads.filter({ hasText: 'Attempts' }).getByRole('button').click();
  await window.idle();
  await table.getByRole('row').nth(1).click();
  await window.idle();
  const most = Math.max(...truth.attempts.map((attempt) => attempt.attempt));
  await expect(window.detail.locator('.attempts tbody tr')).toHaveCount(most);
  await expect(window.detail).toContainText(`after ${most} attempts`);
  await window.expectPlace(/mini-batch=/);
  // By keyboard too: another row, another mini-batch.
  const before = await page.evaluate(() => location.hash);
  await table.focus();
  await window.press('ArrowDown');
  await expect.poll(() => page.evaluate(() => location.hash)).not.toBe(before);
  await window.detail.getByRole('link', { name: 'picked up' }).first().click();
  await window.idle();
  await window.expectPlace(/^#\/logs\?.*line=\d+:\d+/);
});

test('each chart is a picture and a table, and a click filters', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const { truth } = app.run;
  await window.open('#/mini-batches');
  const charts = page.getByRole('region', { name: 'Charts' });
  for (const name of ['Finished over time', 'Attempts', 'Durations', 'Retried']) {
    await charts.getByRole('button', { name: `${name} as a table` }).click();
    await window.idle();
    await expect(
      charts
        .getByRole('region', { name: `${name} as a table` })
        .locator('tbody tr')
        .first(),
    ).toBeVisible();
    await charts.getByRole('button', { name: `${name} as a picture` }).click();
  }
  const node = truth.nodes[0]?.node ?? '';
  await charts.getByRole('button', { name: 'Attempts as a table' }).click();
  await charts.getByRole('button', { name: node, exact: true }).click();
  await window.idle();
  await window.expectPlace(new RegExp(`node=${node.replaceAll('.', '\\.')}`));
  await window.open('#/mini-batches');
  const time = charts.getByRole('slider', { name: /finished over time/ });
  await time.focus();
  await window.press('End', 'ArrowLeft', 'Enter');
  await window.expectPlace(/from=\d+&to=\d+/);
  await charts.getByRole('slider').first().waitFor();
  await page.getByRole('button', { name: 'Charts' }).click();
  await expect(charts).toHaveCount(0);
});

test('lanes: a lane for each process, walked by keys, leading to process and mini-batch', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  const { truth } = app.run;
  await window.open('#/lanes');
  await expect(page.getByRole('toolbar', { name: 'Lanes' })).toContainText(`${truth.totals.processes} processes`);
  const lanes = page.getByRole('slider', { name: /^Lanes of processes/ });
  await lanes.focus();
  await window.press('ArrowDown');
  await expect(lanes).toHaveAttribute('aria-valuetext', new RegExp(truth.nodes[0]?.node ?? ''));
  await window.press('ArrowRight', 'Enter');
  await expect(window.detail).toContainText(/Mini-batch|Process/);
  await window.expectPlace(/process=.*detail=(miniBatch|process)/);
  await expect(window.detail.locator('.attempts tbody tr, .process-detail__facts').first()).toBeVisible();
});
