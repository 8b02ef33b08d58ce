/**
 * The smoke test opens the sample run and reloads the page. When it fails, look here before the
 * other specs.
 */
import { expect, test } from './fixtures/app.ts';

test('the sample run opens and shows how it ended', async ({ app }) => {
  await app.goto();
  await expect(app.page.getByText(/failed/i).first()).toBeVisible();
});

test('the page survives a reload', async ({ app }) => {
  await app.goto();
  await app.page.reload();
  await expect(app.page.getByText(/failed/i).first()).toBeVisible();
});
