/**
 * The desktop app: its built main process, preload, engine and page, on the host and, if it is
 * here, on Electron.
 */
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
  killEngineUntilReload,
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
      // Stops the clock, so that the minute that counts never passes, however slow the machine is.
      await desktop.evaluate(() => {
        const at = Date.now();
        Date.now = () => at;
      }, null);
      const first = await killEngineUntilReload(desktop, page);
      await expect(page.getByText('was started again. Your run was opened again.')).toBeVisible();
      await expectOpen(page);
      // The third time within a minute, the app asks; the answer here is “Start without the run”.
      await killEngineUntilReload(desktop, page);
      await expect(page.getByText('was started again. Your run was opened again.')).toBeVisible();
      await expectOpen(page);
      await desktop.evaluate(({ dialog }) => {
        dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false });
      }, null);
      const third = await killEngineUntilReload(desktop, page);
      expect(third).not.toBe(first);
      await expectStart(page);
    });

    test('a page that keeps dying is loaded again twice, then a person is asked', async ({ app, runs }) => {
      const desktop = await app.start([runs.zip]);
      await expectOpen(await desktop.page());
      const asked = await desktop.evaluate(async ({ BrowserWindow, dialog }) => {
        const at = Date.now();
        Date.now = () => at;
        const messages: string[] = [];
        dialog.showMessageBox = async (...given: unknown[]) => {
          messages.push((given.at(-1) as { message: string }).message);
          return { response: 1, checkboxChecked: false };
        };
        const [window] = BrowserWindow.getAllWindows();
        const counts: number[] = [];
        for (let k = 0; k < 3; k++) {
          window?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
          counts.push(messages.length);
        }
        const isLeft = () => BrowserWindow.getAllWindows().length > 0;
        for (let k = 0; k < 200 && isLeft(); k++) await new Promise((resolve) => setTimeout(resolve, 50));
        return { counts, messages, left: BrowserWindow.getAllWindows().length };
      }, null);
      expect(asked.counts).toEqual([0, 0, 1]);
      expect(asked.messages[0]).toMatch(/for the third time within a minute/);
      // The answer was “Close Window”.
      expect(asked.left).toBe(0);
    });

    test('text has a menu, and a selection is searched for', async ({ app, runs }) => {
      const desktop = await app.start([runs.zip]);
      const page = await desktop.page();
      await expectOpen(page);
      const select = await desktop.evaluate(({ BrowserWindow, Menu }) => {
        const popped: Electron.Menu[] = [];
        Menu.prototype.popup = function popup() {
          popped.push(this);
        };
        const editFlags = { canCut: false, canCopy: true, canPaste: false, canSelectAll: true };
        const [window] = BrowserWindow.getAllWindows();
        window?.webContents.emit('context-menu', {}, { isEditable: false, selectionText: 'mini batch', editFlags });
        const item = popped[0]?.items[0];
        item?.click(undefined, window, window?.webContents);
        return { label: item?.label, roles: popped[0]?.items.map((each) => each.role?.toLowerCase()) };
      }, null);
      expect(select.label).toBe('Search for “mini batch”');
      expect(select.roles).toEqual(expect.arrayContaining(['copy', 'selectall']));
      await expect(page).toHaveURL(/logs.*mini/);
    });

    test('the theme of the window is the theme of native parts, also at the next start', async ({ app }) => {
      const readTheme = (running: Desktop) => running.evaluate(({ nativeTheme }) => nativeTheme.themeSource, null);
      const desktop = await app.start();
      await expectStart(await desktop.page());
      await expect.poll(() => readTheme(desktop)).toBe('system');
      await choose(desktop, 'theme');
      await expect.poll(() => readTheme(desktop)).toBe('light');
      await choose(desktop, 'theme');
      await expect.poll(() => readTheme(desktop)).toBe('dark');
      expect(await desktop.quit()).toBe(0);
      const again = await app.start();
      const page = await again.page();
      await expectStart(page);
      expect(await readTheme(again)).toBe('dark');
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    });

    test('Help copies versions without paths', async ({ app }) => {
      const desktop = await app.start();
      await expectStart(await desktop.page());
      await choose(desktop, 'copy-diagnostics');
      const read = () => desktop.evaluate(({ clipboard }) => clipboard.readText(), null);
      await expect.poll(read).toMatch(/^Postrun: \d/);
      expect(await read()).not.toContain(app.dataDir);
    });

    test('keeps the window where it was', async ({ app }) => {
      // Three starts of a browser.
      test.slow();
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
      // On a display that no longer exists.
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

/** Faults of the system around the app, simulated on the host. */
test.describe('desktop app on a system that is not as it should be', () => {
  test('a window that is never ready is shown all the same', async ({ app }) => {
    const desktop = await app.start([], { env: { POSTRUN_HOST_NEVER_READY: '1' } });
    await expectStart(await desktop.page());
    const isVisible = () =>
      desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true, null);
    await expect.poll(isVisible).toBe(true);
  });

  test('without a sandbox the app starts, and does not ask for one', async ({ app }) => {
    const desktop = await app.start(['--no-sandbox']);
    await expectStart(await desktop.page());
  });

  test('a start during the quit is not lost: the app starts anew with its path', async ({ app, runs }) => {
    const desktop = await app.start();
    await expectStart(await desktop.page());
    await desktop.evaluate(({ app: main }, path) => {
      main.once('will-quit', () => {
        main.emit('second-instance', {}, [], '/', { paths: [path] });
      });
    }, runs.zip);
    expect(await desktop.quit()).toBe(0);
    const { args } = JSON.parse(await readFile(join(app.dataDir, 'window', 'relaunch.json'), 'utf8'));
    expect(args.at(-1)).toBe(runs.zip);
  });

  test('a smoke test prints what the window shows, and ends', async ({ app, runs }) => {
    const { code, output } = await app.run(['--smoke-test', runs.zip]);
    const line = output.split('\n').find((text) => text.startsWith('{'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({ isGood: true, isOpen: true });
    expect(line).toMatch(/raised|failed/i);
    expect(code).toBe(0);
  });
});
