/**
 * A window of the app: its page, secured, the source that it shows, and the notices for its page,
 * which wait while the page is not ready.
 */
import { join } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme } from 'electron';
import { type ShellNotice, shellChannels } from '../contract/shell.ts';
import { pageUrl } from './protocol.ts';
import { showOnce } from './show-once.ts';
import { textMenu } from './text-menu.ts';
import { watchFaults } from './window-faults.ts';
import type { WindowPlace } from './window-memory.ts';

/** Background before the first paint: the page's own in light and dark. */
const paper = { light: '#ffffff', dark: '#15181c' };

export class AppWindow {
  readonly window: BrowserWindow;
  #source: string | null;
  #isConnected = false;
  #kept: ShellNotice[] = [];

  constructor(source: string | null, { bounds, isMaximized }: WindowPlace) {
    this.#source = source;
    const window = secureWindow(bounds);
    this.window = window;
    // Maximising a window shows it, so that too waits until there is something to see.
    showOnce(window, () => (isMaximized ? window.maximize() : window.show()));
    watchFaults(window, (what) => {
      this.notify({ text: what, tone: 'error', hasLog: true });
      window.webContents.reload();
    });
    window.webContents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) this.#isConnected = false;
    });
    window.webContents.on('render-process-gone', () => {
      this.#isConnected = false;
    });
    window.webContents.on('context-menu', (_event, params) => {
      const items = textMenu(params, (text) => window.webContents.send(shellChannels.searchFor, text));
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
    });
    this.#load(source);
  }

  get source(): string | null {
    return this.#source;
  }

  /** Its page is at the start screen and can open a source. */
  get isFree(): boolean {
    return this.#source === null && this.#isConnected;
  }

  #load(source: string | null): void {
    this.window.loadURL(pageUrl(source)).catch((error: unknown) => console.error(error));
  }

  /** Notes the source that the page has opened. */
  setSource(source: string | null): void {
    this.#source = source;
    this.window.setRepresentedFilename(source ?? '');
  }

  /** Has its page open a source. */
  open(source: string): void {
    this.#source = source;
    this.window.webContents.send(shellChannels.openPath, source);
  }

  /** Brings it to the front. */
  show(): void {
    if (this.window.isMinimized()) this.window.restore();
    this.window.show();
    this.window.focus();
  }

  /** Shows a notice, immediately or when its page has loaded again. */
  notify(notice: ShellNotice): void {
    if (this.#isConnected) this.window.webContents.send(shellChannels.notice, notice);
    else this.#kept.push(notice);
  }

  /** Its page is ready: delivers what was kept for it. */
  connected(): void {
    this.#isConnected = true;
    for (const notice of this.#kept) this.window.webContents.send(shellChannels.notice, notice);
    this.#kept = [];
  }

  /** Loads its page again, at its place or at the start screen, which then shows a notice. */
  reload(notice: ShellNotice, withSource: boolean): void {
    this.#isConnected = false;
    this.#kept.push(notice);
    if (withSource) this.window.webContents.reload();
    else this.#load(null);
  }
}

/** Creates a hidden window whose page has no rights of its own. */
function secureWindow(bounds: WindowPlace['bounds']): BrowserWindow {
  return new BrowserWindow({
    ...bounds,
    minWidth: 720,
    minHeight: 480,
    show: false,
    title: 'Postrun',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
}
