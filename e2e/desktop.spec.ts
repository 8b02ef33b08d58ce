/** The desktop app: its built main process, preload, engine and page, on the host and on Electron where it is here. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  callBridge,
  choose,
  chooseInDialog,
  expect,
  expectOpen,
  expectStart,
  header,
  killEngine,
  test,
} from './fixtures/desktop.ts';
import { type Desktop, desktopKinds } from './host/desktop.ts';

for (const { kind, whyNot } of desktopKinds) {
  test.describe(`desktop app on ${kind === 'host' ? 'the host' : 'Electron'}`, () => {
    test.use({ kind });
    test.skip(whyNot !== null, whyNot ?? '');

    test('opens a zip given as an argument, and says how long the first paint took', async ({ app, runs }) => {
      const desktop = await app.start([runs.zip]);
      const page = await desktop.page();
      await expectOpen(page);
      await expect(header(page)).toContainText(/failed/i);
      const paintAt = await page.evaluate(() => {
        const [paint] = performance.getEntriesByName('first-contentful-paint');
        return performance.timeOrigin + (paint?.startTime ?? Number.NaN);
      });
      console.log(`${kind}: first paint ${Math.round(paintAt - desktop.startedAt)} ms after the start of the process`);
      expect(paintAt - desktop.startedAt).toBeLessThan(20_000);
    });

    test('starts without a source on the start screen', async ({ app }) => {
      const desktop = await app.start();
      await expectStart(await desktop.page());
    });

    test('opens by the native dialog, from the page and from the menu', async ({ app, runs }) => {
      const desktop = await app.start();
      const page = await desktop.page();
      await chooseInDialog(desktop, runs.zip);
      await page.getByRole('button', { name: 'Open a zip …' }).click();
      await expectOpen(page);
      await chooseInDialog(desktop, runs.folder);
      await choose(desktop, 'open-folder');
      await expectOpen(await desktop.page(2));
    });

    test('opens what is dropped on the window', async ({ app, runs }) => {
      const desktop = await app.start();
      const page = await desktop.page();
      await expectStart(page);
      await desktop.drop(page, runs.zip);
      await expectOpen(page);
    });

    test('a second start goes to the first: another run in a window of its own, the same in its own', async ({
      app,
      runs,
    }) => {
      const desktop = await app.start([runs.zip]);
      await expectOpen(await desktop.page());
      expect(await app.second([runs.folder])).toBe(0);
      await expectOpen(await desktop.page(2));
      expect(await app.second([runs.zip])).toBe(0);
      expect(await app.second()).toBe(0);
      await expect.poll(() => desktop.pages().length).toBe(2);
    });

    test('a second start fills a window that is empty', async ({ app, runs }) => {
      const desktop = await app.start();
      const page = await desktop.page();
      await expectStart(page);
      await app.second([runs.folder]);
      await expectOpen(page);
      expect(desktop.pages()).toHaveLength(1);
    });

    test('menus reach the page, and list what was opened', async ({ app, runs }) => {
      const desktop = await app.start([runs.zip]);
      const page = await desktop.page();
      await expectOpen(page);
      await choose(desktop, 'help');
      await expect(page.getByRole('dialog')).toBeVisible();
      await page.keyboard.press('Escape');
      const readMenu = () =>
        desktop.evaluate(({ Menu }) => {
          const menu = Menu.getApplicationMenu();
          const item = (id: string) => menu?.getMenuItemById(id);
          return {
            titles: menu?.items.map((each) => each.label || each.role),
            recent: item('recent')?.submenu?.items.map((each) => each.label),
            newWindow: item('new-window')?.accelerator,
            hasReveal: item('reveal')?.enabled,
          };
        }, null);
      await expect.poll(async () => (await readMenu()).recent).toEqual([`first-run.zip  (${runs.zip})`]);
      expect(await readMenu()).toMatchObject({ newWindow: 'CmdOrCtrl+Shift+N', hasReveal: true });
      await choose(desktop, 'new-window');
      await expectStart(await desktop.page(2));
    });

    test('shows files in the file manager only if they belong to an open run', async ({ app, runs }) => {
      const desktop = await app.start([runs.folder]);
      const page = await desktop.page();
      await expectOpen(page);
      await desktop.evaluate(({ app, shell }) => {
        const shown: string[] = [];
        Object.assign(app, { shown });
        shell.showItemInFolder = (path) => shown.push(path);
      }, null);
      const reveal = (path: string) => callBridge(page, 'revealInFolder', path);
      await reveal(join(runs.folder, 'logs'));
      await reveal('/etc/passwd');
      await reveal(join(runs.folder, '..', 'first-run.zip'));
      await expect(page.getByText('Only files of an open run can be shown').first()).toBeVisible();
      const shown = await desktop.evaluate(({ app }) => (app as unknown as { shown: string[] }).shown, null);
      expect(shown).toEqual([join(runs.folder, 'logs')]);
    });

    test('an engine that dies is started again, and the run is opened again where it was', async ({ app, runs }) => {
      const desktop = await app.start([runs.zip]);
      const page = await desktop.page();
      await expectOpen(page);
      const first = await killEngine(desktop);
      await expect(page.getByText('was started again. Your run was opened again.')).toBeVisible();
      await expectOpen(page);
      // The third time within a minute a person is asked, here: answers “Start without the run”.
      await killEngine(desktop);
      await expect(page.getByText('was started again. Your run was opened again.')).toBeVisible();
      await expectOpen(page);
      await desktop.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
      }, null);
      const third = await killEngine(desktop);
      expect(third).not.toBe(first);
      await expectStart(page);
    });

    test('keeps the window where it was', async ({ app }) => {
      const desktop = await app.start();
      await expectStart(await desktop.page());
      await desktop.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.setBounds({ x: 140, y: 90, width: 1000, height: 700 });
      }, null);
      expect(await desktop.quit()).toBe(0);
      const readBounds = (running: Desktop) =>
        running.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null);
      const again = await app.start();
      await expectStart(await again.page());
      expect(await readBounds(again)).toEqual({ x: 140, y: 90, width: 1000, height: 700 });
      await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize(), null);
      await again.quit();
      // On a display that is not there any more.
      const file = join(app.dataDir, 'window', 'window-state.json');
      const state = JSON.parse(await readFile(file, 'utf8'));
      await writeFile(file, JSON.stringify({ ...state, bounds: { ...state.bounds, x: -9_000 } }));
      const third = await app.start();
      await expectStart(await third.page());
      expect((await readBounds(third))?.x).toBeGreaterThanOrEqual(0);
      expect(await third.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized(), null)).toBe(
        true,
      );
    });
  });
}
