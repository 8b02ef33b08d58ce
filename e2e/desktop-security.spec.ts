/** The limits of a window of the desktop app. SECURITY.md names these tests. */
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { callBridge, expectOpen, expectStart, killEngine, test } from './fixtures/desktop.ts';
import { type Desktop, desktopKinds } from './host/desktop.ts';

/** Collects the addresses of the page's answered requests from now on. */
const watchRequests = (page: Page) => {
  const urls: string[] = [];
  page.on('requestfinished', (request) => urls.push(request.url()));
  return urls;
};
const isOwn = (url: string) => /^(app:\/\/postrun|https:\/\/postrun\.app\.invalid)\//.test(url) || /^data:/.test(url);

/** Returns the outcome of an attempt in the page: what it threw, or `done`. */
const attempt = (page: Page, name: keyof typeof attempts) => page.evaluate(attempts[name]);
const attempts = {
  // Delayed, because code that a debugger evaluates directly is exempt.
  evaluateText: () =>
    new Promise<string>((resolve) => {
      setTimeout(() => {
        try {
          resolve(String(new Function('return 1')()));
        } catch (error) {
          resolve(error instanceof Error ? error.name : String(error));
        }
      });
    }),
  inlineScript: () => {
    const script = document.createElement('script');
    script.textContent = 'window.ranInline = true';
    document.head.append(script);
    return String('ranInline' in window);
  },
  fetchOutside: () =>
    fetch('https://example.com/').then(
      () => 'done',
      () => 'refused',
    ),
  fetchFile: () =>
    fetch('file:///etc/passwd').then(
      () => 'done',
      () => 'refused',
    ),
  imageOutside: () =>
    new Promise<string>((resolve) => {
      const image = new Image();
      image.onload = () => resolve('done');
      image.onerror = () => resolve('refused');
      image.src = 'https://example.com/x.png';
    }),
  socketOutside: () =>
    new Promise<string>((resolve) => {
      try {
        const socket = new WebSocket('ws://127.0.0.1:9/');
        socket.onopen = () => resolve('done');
        socket.onerror = () => resolve('refused');
      } catch {
        resolve('refused');
      }
    }),
  frame: () =>
    new Promise<string>((resolve) => {
      const frame = document.createElement('iframe');
      frame.onload = () => resolve(frame.contentDocument === null ? 'refused' : 'empty');
      frame.src = 'https://example.com/';
      document.body.append(frame);
    }),
  pathOutsideThePage: () => fetch('/../electron/main.js').then((response) => String(response.status)),
  notification: () => Notification.requestPermission(),
  position: () =>
    new Promise<string>((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('done'),
        () => resolve('refused'),
      );
    }),
  camera: () =>
    navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'done',
      () => 'refused',
    ),
  copy: () => navigator.permissions.query({ name: 'clipboard-write' as PermissionName }).then(({ state }) => state),
};

/** Sends a message to the main process as another sender would. */
const sendAs = (desktop: Desktop, url: string, channel: string, message: unknown) =>
  desktop.evaluate(
    ({ BrowserWindow, ipcMain }, { url, channel, message }) => {
      const sender = BrowserWindow.getAllWindows()[0]?.webContents;
      ipcMain.emit(channel, { sender, senderFrame: { url, parent: null } }, message);
    },
    { url, channel, message },
  );

for (const { kind, whyNot } of desktopKinds) {
  test.describe(`security of the desktop app on ${kind === 'host' ? 'the host' : 'Electron'}`, () => {
    test.use({ kind });
    test.skip(whyNot !== null, whyNot ?? '');

    test('strict policy, nothing of Node in the page, no network, no permission but copying', async ({ app }) => {
      const desktop = await app.start();
      const page = await desktop.page();
      await expectStart(page);
      const requested = watchRequests(page);

      const response = await page.evaluate(async () => {
        const page = await fetch('/index.html');
        return {
          policy: page.headers.get('Content-Security-Policy'),
          sniff: page.headers.get('X-Content-Type-Options'),
        };
      });
      expect(response.policy).toContain("default-src 'none'; script-src 'self'");
      expect(response.policy).not.toMatch(/unsafe|\*|https?:/);
      expect(response.sniff).toBe('nosniff');

      const globals = ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer', '__postrunHost'];
      expect(await page.evaluate((names) => names.filter((name) => name in window), globals)).toEqual([]);

      expect(await attempt(page, 'evaluateText')).toBe('EvalError');
      expect(await attempt(page, 'inlineScript')).toBe('false');
      expect(await attempt(page, 'fetchOutside')).toBe('refused');
      expect(await attempt(page, 'fetchFile')).toBe('refused');
      expect(await attempt(page, 'imageOutside')).toBe('refused');
      expect(await attempt(page, 'socketOutside')).toBe('refused');
      expect(await attempt(page, 'frame')).toBe('refused');
      expect(await attempt(page, 'pathOutsideThePage')).toBe('404');
      expect(await attempt(page, 'notification')).toBe('denied');
      expect(await attempt(page, 'position')).toBe('refused');
      expect(await attempt(page, 'camera')).toBe('refused');
      expect(await attempt(page, 'copy')).toBe('granted');
      expect(requested.filter((url) => !isOwn(url))).toEqual([]);
    });

    test('a window stays in the app: no navigation, no window of the page, no frame elsewhere', async ({ app }) => {
      const desktop = await app.start();
      const page = await desktop.page();
      await expectStart(page);
      const home = page.url();
      for (const url of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'javascript:alert(1)']) {
        await page.evaluate((to) => {
          const link = document.createElement('a');
          link.href = to;
          document.body.append(link);
          link.click();
          link.target = '_blank';
          link.click();
          link.remove();
          window.open(to);
        }, url);
      }
      await expect.poll(() => desktop.pages().length).toBe(1);
      await expectStart(page);
      expect(page.url()).toBe(home);
      // It still works: the port to the engine is alive.
      await expect(page.getByRole('button', { name: 'Open a folder …' })).toBeEnabled();
    });

    test('the main process listens to its own pages only, and only to what it understands', async ({ app, runs }) => {
      const desktop = await app.start();
      const page = await desktop.page();
      await expectStart(page);
      const hasSource = () =>
        desktop.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('reveal')?.enabled, null);
      const own = page.url().startsWith('app:') ? page.url() : 'app://postrun/';
      for (const url of ['https://example.com/', 'app://postrun.example.com/', 'file:///x', 'app://postrun']) {
        await sendAs(desktop, url, 'postrun:source-changed', runs.folder);
      }
      for (const message of [undefined, 7, '', { path: runs.folder }, 'x'.repeat(40_000)]) {
        await sendAs(desktop, own, 'postrun:source-changed', message);
      }
      expect(await hasSource()).toBe(false);
      await sendAs(desktop, own, 'postrun:source-changed', runs.folder);
      await expect.poll(hasSource).toBe(true);
      // A malformed call gets null, not an internal error.
      expect(await callBridge(page, 'pickPath', 'everything')).toBeNull();
    });

    test('a log line with markup, script or a link in it is text, and so is such a name of a file', async ({
      app,
      runs,
    }) => {
      const folder = join(app.dataDir, 'hostile run');
      await cp(runs.folder, folder, { recursive: true });
      const markup = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
      const line = `hostileline ${markup} <a href="javascript:window.pwned=1">click</a> https://example.com/`;
      await writeFile(join(folder, 'logs', `${markup.replaceAll('/', '_')}.txt`), `${line}\n`);
      const desktop = await app.start([folder]);
      const page = await desktop.page();
      const requested = watchRequests(page);
      await expectOpen(page);
      await page.evaluate(() => {
        window.location.hash = '#/logs?q=hostileline';
      });
      await expect(page.getByText('onerror="window.pwned=1"').first()).toBeVisible();
      expect(await page.locator('img, a[href^="javascript:"], a[href^="http"]').count()).toBe(0);
      expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
      expect(requested.filter((url) => !isOwn(url))).toEqual([]);
    });

    test('files are read in a process of their own, whose end leaves the window standing', async ({ app, runs }) => {
      const desktop = await app.start([runs.zip]);
      const page = await desktop.page();
      await expectOpen(page);
      const [main, engine] = [await desktop.evaluate(() => process.pid, null), await killEngine(desktop)];
      expect(engine).toBeGreaterThan(0);
      expect(engine).not.toBe(main);
      await expect(page.getByText('was started again')).toBeVisible();
      await expectOpen(page);
    });
  });
}
