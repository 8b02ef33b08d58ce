/** The windows: one per source, secured, placed where the last one was. */
import { join, resolve } from 'node:path';
import { app, BrowserWindow, Menu, nativeTheme, screen } from 'electron';
import { type ShellNotice, type ShellTheme, shellChannels } from '../contract/shell.ts';
import { pageUrl } from './protocol.ts';
import { showOnce } from './show-once.ts';
import { textMenu } from './text-menu.ts';
import { watchFaults } from './window-faults.ts';
import { placeWindow, readWindowState, type WindowState, writeWindowState } from './window-state.ts';

export interface Windows {
  /**
   * Opens a source: in the window that has it, in an empty one, or in a new one. Null brings a
   * window to the front.
   */
  open(path: string | null): void;
  openNew(): void;
  /** Returns a window to act in: the front one, or a new empty one. */
  currentOrNew(): BrowserWindow;
  /** Returns the front window, or the last one that was in front. */
  current(): BrowserWindow | null;
  sourceOf(window: BrowserWindow): string | null;
  setSource(window: BrowserWindow, source: string | null): void;
  sources(): string[];
  /** Applies a theme to native parts now, and to the first paint of the next start. */
  setTheme(theme: ShellTheme): void;
  /** Shows a notice in a window, immediately or when its page has loaded again. */
  notify(window: BrowserWindow, notice: ShellNotice): void;
  /** The page of a window is ready: delivers what was kept for it. */
  connected(window: BrowserWindow): void;
  /**
   * Loads every window's page again, each at its place, and says why. Without `withSource`, because
   * the source is to blame, each goes to the start screen.
   */
  reloadAll(notice: ShellNotice, withSource?: boolean): void;
}

interface Entry {
  window: BrowserWindow;
  source: string | null;
  isConnected: boolean;
  kept: ShellNotice[];
}

/** Background before the first paint: the page's own in light and dark. */
const paper = { light: '#ffffff', dark: '#15181c' };

export function createWindows(stateFile: string): Windows {
  const entries = new Map<BrowserWindow, Entry>();
  let state = readWindowState(stateFile);
  let last: BrowserWindow | null = null;
  let theme: ShellTheme = state?.theme ?? 'system';
  nativeTheme.themeSource = theme;

  const keepState = (window: BrowserWindow) => {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    const now: WindowState = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized(), theme };
    state = now;
    writeWindowState(stateFile, now);
  };

  const create = (source: string | null): BrowserWindow => {
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
    const workAreas = [primary, ...others].map((display) => display.workArea);
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
    last = window;
    const isMaximized = state?.isMaximized === true && entries.size === 1;
    // Maximising a window shows it, so that too waits until there is something to see.
    showOnce(window, () => (isMaximized ? window.maximize() : window.show()));
    watchFaults(window, (what) => {
      notify(window, { text: what, tone: 'error', hasLog: true });
      window.webContents.reload();
    });
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
    window.webContents.on('render-process-gone', () => {
      const entry = entries.get(window);
      if (entry !== undefined) entry.isConnected = false;
    });
    window.webContents.on('context-menu', (_event, params) => {
      const items = textMenu(params, (text) => window.webContents.send(shellChannels.searchFor, text));
      if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
    });
    window.loadURL(pageUrl(source)).catch((error: unknown) => console.error(error));
    return window;
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

  const current = () => BrowserWindow.getFocusedWindow() ?? last;

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
      if (empty === undefined) {
        create(source);
        return;
      }
      empty.source = source;
      empty.window.webContents.send(shellChannels.openPath, source);
      show(empty.window);
    },
    openNew: () => {
      create(null);
    },
    current,
    currentOrNew: () => current() ?? create(null),
    sourceOf: (window) => entries.get(window)?.source ?? null,
    setSource(window, source) {
      const entry = entries.get(window);
      if (entry === undefined) return;
      entry.source = source;
      window.setRepresentedFilename(source ?? '');
    },
    sources: () => [...entries.values()].flatMap((entry) => entry.source ?? []),
    setTheme(chosen) {
      theme = chosen;
      nativeTheme.themeSource = chosen;
      if (last !== null) keepState(last);
    },
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
