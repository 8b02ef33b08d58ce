/** The windows: one for each source, made safe, put where the last one stood. */
import { join, resolve } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { type ShellNotice, shellChannels } from '../contract/shell.ts';
import { pageUrl } from './protocol.ts';
import { placeWindow, readWindowState, type WindowState, writeWindowState } from './window-state.ts';

export interface Windows {
  /** Open a source: in the window that has it, in one that is empty, or in a new one. Null: bring one to the front. */
  open(path: string | null): void;
  openNew(): void;
  /** The window in front, or the last that was. */
  current(): BrowserWindow | null;
  sourceOf(window: BrowserWindow): string | null;
  setSource(window: BrowserWindow, source: string | null): void;
  sources(): string[];
  /** Say something in a window, at once or when its page has loaded again. */
  notify(window: BrowserWindow, notice: ShellNotice): void;
  /** The page of a window is there: give it what was kept for it. */
  connected(window: BrowserWindow): void;
  /** Load every window's page again, each at its place, and say why; without its source where that is to blame. */
  reloadAll(notice: ShellNotice, withSource?: boolean): void;
}

interface Entry {
  window: BrowserWindow;
  source: string | null;
  isConnected: boolean;
  kept: ShellNotice[];
}

/** Background before the first paint, as the page's own in light and dark. */
const paper = { light: '#ffffff', dark: '#15181c' };

export function createWindows(stateFile: string): Windows {
  const entries = new Map<BrowserWindow, Entry>();
  let state = readWindowState(stateFile);
  let last: BrowserWindow | null = null;

  const keepState = (window: BrowserWindow) => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    const now: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    state = now;
    writeWindowState(stateFile, now);
  };

  const create = (source: string | null): void => {
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    const isDark = nativeTheme.shouldUseDarkColors;
    const window = new BrowserWindow({
      ...placeWindow(state, workAreas, entries.size),
      minWidth: 720,
      minHeight: 480,
      show: false,
      title: 'Postrun',
      backgroundColor: isDark ? paper.dark : paper.light,
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
    entries.set(window, { window, source, isConnected: false, kept: [] });
    if (state?.isMaximized === true && entries.size === 1) window.maximize();
    last = window;
    window.once('ready-to-show', () => window.show());
    window.on('focus', () => {
      last = window;
    });
    window.on('close', () => keepState(window));
    window.on('closed', () => {
      entries.delete(window);
      if (last === window) last = [...entries.keys()].at(-1) ?? null;
    });
    window.webContents.on('did-start-navigation', (details) => {
      const entry = entries.get(window);
      if (entry !== undefined && details.isMainFrame && !details.isSameDocument) entry.isConnected = false;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      notify(window, { text: `The window stopped (${reason}) and was loaded again.`, tone: 'error' });
      window.webContents.reload();
    });
    window.loadURL(pageUrl(source)).catch((error: unknown) => console.error(error));
  };

  const show = (window: BrowserWindow) => {
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  };

  const notify = (window: BrowserWindow, notice: ShellNotice) => {
    const entry = entries.get(window);
    if (entry === undefined) return;
    if (entry.isConnected) window.webContents.send(shellChannels.notice, notice);
    else entry.kept.push(notice);
  };

  return {
    open(path) {
      if (path === null) {
        if (last === null) create(null);
        else show(last);
        return;
      }
      const source = resolve(path);
      const all = [...entries.values()];
      const same = all.find((entry) => entry.source === source);
      if (same !== undefined) return show(same.window);
      const empty = all.find((entry) => entry.source === null && entry.isConnected);
      if (empty === undefined) return create(source);
      empty.source = source;
      empty.window.webContents.send(shellChannels.openPath, source);
      show(empty.window);
    },
    openNew: () => create(null),
    current: () => BrowserWindow.getFocusedWindow() ?? last,
    sourceOf: (window) => entries.get(window)?.source ?? null,
    setSource(window, source) {
      const entry = entries.get(window);
      if (entry === undefined) return;
      entry.source = source;
      window.setRepresentedFilename(source ?? '');
    },
    sources: () => [...entries.values()].flatMap((entry) => entry.source ?? []),
    notify,
    connected(window) {
      const entry = entries.get(window);
      if (entry === undefined) return;
      entry.isConnected = true;
      for (const notice of entry.kept) window.webContents.send(shellChannels.notice, notice);
      entry.kept = [];
    },
    reloadAll(notice, withSource = true) {
      for (const entry of entries.values()) {
        entry.isConnected = false;
        entry.kept.push(notice);
        if (withSource) entry.window.webContents.reload();
        else entry.window.loadURL(pageUrl(null)).catch((error: unknown) => console.error(error));
      }
    },
  };
}
