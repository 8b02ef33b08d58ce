/**
 * Nodes whose clocks differ: times start aligned, the status bar says so, and one click shows them
 * as written.
 */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';

test('one click switches between aligned clocks and times as written, and the address keeps it', async ({ app }) => {
  test.slow();
  const skewed = app.run.truth.nodes.filter((node) => node.clockSkewSeconds !== 0);
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/lanes');
  const status = page.locator('footer.status-bar');
  const button = status.getByRole('button', { name: /Clocks aligned|Times as written/ });
  expect(skewed).not.toEqual([]);
  await expect(button).toContainText(`Clocks aligned: ${skewed.length} node`);
  await button.click();
  await window.idle();
  await expect(button).toContainText('Times as written');
  await window.expectPlace(/clock=written/);
  await button.click();
  await window.idle();
  await expect(button).toContainText('Clocks aligned');
  await window.expectPlace(/^(?!.*clock=)/);
});
