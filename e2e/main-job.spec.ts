/**
 * The main job, from opening a downloaded zip to the lines, the mini-batch and the graph of what
 * went wrong.
 */
import { expect, test } from './fixtures/app.ts';
import { PostrunWindow } from './pages/postrun-window.ts';
import { uniqueUserWord } from './pages/unique-word.ts';

test('open the zip, see the result, find a word, filter, go to the mini-batch and to the graph', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { truth, folder } = app.run;
  const { page } = app;

  await test.step('the overview says how the run ended and why', async () => {
    await window.open();
    await expect(window.headline).toHaveText(/The run failed.*run\(\) raised an exception/);
    const numbers = page.getByRole('list', { name: 'The run in numbers' });
    await expect(numbers.getByRole('link', { name: /mini-batches$/ })).toContainText(
      String(truth.totals.miniBatches.total),
    );
    await expect(numbers.getByRole('link', { name: /nodes$/ })).toContainText(String(truth.nodes.length));
    for (const node of truth.nodes) await expect(page.locator('.node-tiles')).toContainText(node.node);
    await expect(page.getByRole('region', { name: 'Root cause' }).locator('.line-link').first()).toBeVisible();
  });

  const unique = uniqueUserWord(folder);
  await test.step('a word of one user log is found, and a click shows its line', async () => {
    await window.searchFor(unique.word);
    await expect(window.count).toContainText('1 line in 1 file');
    await window.press('Enter');
    await window.expectPlace(/^#\/logs\?q=/);
    await window.hits.getByRole('row').filter({ hasText: unique.word }).locator('.line__number').click();
    await window.idle();
    await expect(page.getByRole('region', { name: 'Lines' })).toContainText(unique.file);
    const active = window.lines.locator('.is-active');
    await expect(active).toContainText(unique.word);
    await expect(active).toContainText(unique.line.toLocaleString('en'));
  });

  const batch = truth.miniBatches.find((each) => each.status === 'failed');
  const attempt = truth.attempts.findLast((each) => each.miniBatchId === batch?.miniBatchId);
  if (attempt === undefined) throw new Error('The sample has no failed mini-batch.');
  await test.step('node, PID and mini-batch narrow what is found', async () => {
    await window.open('#/logs?kind=worker');
    const all = await window.found();
    await window.filterBy('Node', attempt.node);
    const ofNode = await window.found();
    await window.filterBy('PID', String(attempt.pid));
    const ofProcess = await window.found();
    await window.filterBy('Mini-batch', attempt.miniBatchId);
    const ofBatch = await window.found();
    expect(ofNode).toBeLessThan(all);
    expect(ofProcess).toBeLessThan(ofNode);
    expect(ofBatch).toBeLessThan(ofProcess);
    expect(ofBatch).toBeGreaterThan(0);
    await expect(window.chips.getByRole('listitem')).toHaveText([
      `Node ${attempt.node}`,
      `PID ${attempt.pid}`,
      `Mini-batch ${attempt.miniBatchId}`,
      'Kind Worker',
    ]);
    await page.getByRole('button', { name: `Remove Mini-batch ${attempt.miniBatchId}` }).click();
    await window.idle();
    expect(await window.found()).toBe(ofProcess);
  });

  await test.step('the row of a mini-batch leads to its attempts and its lines', async () => {
    await window.open(`#/mini-batches?batch=${attempt.miniBatchId}`);
    await page.getByRole('grid', { name: 'Mini-batches' }).getByRole('row').nth(1).click();
    await window.idle();
    const tries = truth.attempts.filter((each) => each.miniBatchId === attempt.miniBatchId).length;
    await expect(window.detail.locator('.attempts tbody tr')).toHaveCount(tries);
    await window.detail.getByRole('button', { name: 'Its lines' }).click();
    await window.idle();
    await window.expectPlace(/^#\/logs\?.*batch=/);
    await expect(window.hits.getByRole('row').first()).toBeVisible();
    const text = await window.hits.innerText();
    expect(text).toContain(attempt.node);
  });

  await test.step('the graph shows the curves of that node at that time', async () => {
    await window.open(`#/mini-batches?batch=${attempt.miniBatchId}`);
    await page.getByRole('grid', { name: 'Mini-batches' }).getByRole('row').nth(1).click();
    await window.idle();
    await window.detail.getByRole('button', { name: 'Show on the graph' }).click();
    await window.idle();
    await window.expectPlace(/^#\/resources\?.*zoom=\d+-\d+/);
    await expect(page.locator('.time-cursor').first()).toBeVisible();
    const main = page.getByRole('main');
    await expect(main).toContainText(attempt.node);
    await expect(main.locator('canvas').first()).toBeVisible();
    await expect(main.getByRole('row').filter({ hasText: attempt.process })).toContainText(/\d %/);
  });
});

test('light and dark, back and forward, and a reload that keeps the place', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
  await page.emulateMedia({ colorScheme: 'light' });
  await expect.poll(background).toBe(light);

  await window.goTo('Files');
  await window.searchFor('task');
  await page.locator('.node-tiles').waitFor({ state: 'detached' });
  await window.filterBy('Kind', 'Worker');
  await window.goTo('Logs');
  await window.expectPlace(/^#\/logs\?q=task&kind=worker/);
  const found = await window.found();
  await page.goBack();
  await window.idle();
  await window.expectPlace(/^#\/files\?q=task&kind=worker/);
  await page.goForward();
  await window.idle();
  await window.expectPlace(/^#\/logs/);
  await page.reload();
  await window.idle();
  await expect(window.search).toHaveValue('task');
  await expect(window.chips).toContainText('Kind Worker');
  expect(await window.found()).toBe(found);
  await page.getByRole('button', { name: 'Clear all and the text' }).click();
  await window.idle();
  await expect(window.search).toHaveValue('');
  await page.goBack();
  await window.idle();
  await expect(window.search).toHaveValue('task');
});

test('a range drawn on the time strip is zoomed to; filtering by it is a step of its own', async ({ app }) => {
  const window = new PostrunWindow(app);
  const { page } = app;
  await window.open('#/logs?q=task');
  const all = await window.found();
  const box = await window.strip.boundingBox();
  if (box === null) throw new Error('The time strip is not drawn.');
  const y = box.y + box.height / 2;
  const first = async () => Number(await window.strip.getAttribute('aria-valuemin'));
  const onlyThis = page.getByRole('button', { name: 'Only this range' });
  const whole = await first();
  await expect(onlyThis).toHaveCount(0);
  await page.mouse.move(box.x + box.width * 0.4, y);
  await expect(page.locator('.strip-readout')).toContainText('since the start of the run');
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, y, { steps: 4 });
  await page.mouse.up();
  await window.idle();
  await window.expectPlace(/^(?!.*from=).*zoom=\d+-\d+/);
  expect(await window.found()).toBe(all);
  const zoomed = await first();
  expect(zoomed).toBeGreaterThan(whole);
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.wheel(0, -200);
  await window.idle();
  await expect.poll(first).toBeGreaterThan(zoomed);
  expect(await window.found()).toBe(all);

  await onlyThis.click();
  await window.idle();
  await window.expectPlace(/from=\d+&to=\d+/);
  await expect(window.chips).toContainText('Time');
  await expect(onlyThis).toHaveAttribute('aria-pressed', 'true');
  const some = await window.found();
  expect(some).toBeLessThan(all);
  // The strip has not moved under the pointer.
  expect(await window.strip.boundingBox()).toEqual(box);
  // Looking at the whole run leaves the filter unchanged; going back shows the range again.
  await page.mouse.dblclick(box.x + box.width * 0.5, y);
  await window.idle();
  expect(await first()).toBe(whole);
  expect(await window.found()).toBe(some);
  await page.goBack();
  await expect.poll(first).toBeGreaterThan(whole);
  await window.idle();
  await window.press('x');
  await expect(window.chips).toHaveCount(0);
  expect(await window.found()).toBe(all);
  expect(await first()).toBeGreaterThan(whole);
  // By keyboard: select a range from the cursor. Enter zooms to it, and `x` filters by it.
  await window.strip.focus();
  await window.press('0', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Enter');
  expect(await first()).toBeGreaterThan(whole);
  await window.press('0', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight', 'x');
  await expect(window.chips).toContainText('Time');
});

test('a query that cannot be read says where and what to do', async ({ app }) => {
  const window = new PostrunWindow(app);
  await window.open();
  await window.searchFor('error (timeout');
  await expect(app.page.locator('.query-error')).toContainText('This parenthesis is not closed');
  await expect(app.page.locator('.query-error__place')).toHaveText('(');
  await window.searchFor('rais');
  await expect(window.count).toContainText('0 lines');
  await app.page.getByRole('button', { name: /more within longer words$/ }).click();
  await window.idle();
  expect(await window.found()).toBeGreaterThan(0);
  await window.search.press('Enter');
  // The hits take the focus when they have come.
  await window.idle();
  await window.searchFor('');
  await window.search.press('ArrowUp');
  await expect(window.search).toHaveValue('*rais*');
});
