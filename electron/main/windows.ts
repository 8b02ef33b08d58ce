/** The windows: one per source, the front one, and where a source is opened. */
import { resolve } from 'node:path';
import { BrowserWindow } from 'electron';
import type { ShellNotice, ShellTheme } from '../contract/shell.ts';
import { AppWindow } from './app-window.ts';
import { WindowMemory } from './window-memory.ts';

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

export function createWindows(stateFile: string): Windows {
  const memory = new WindowMemory(stateFile);
  const all = new Map<BrowserWindow, AppWindow>();
  let last: AppWindow | null = null;

  const create = (source: string | null): BrowserWindow => {
    const created = new AppWindow(source, memory.placeOf(all.size));
    const { window } = created;
    all.set(window, created);
    last = created;
    window.on('focus', () => {
      last = created;
    });
    window.on('close', () => memory.keep(window));
    window.on('closed', () => {
      all.delete(window);
      if (last === created) last = [...all.values()].at(-1) ?? null;
    });
    return window;
  };

  const openSource = (source: string): void => {
    const open = [...all.values()];
    const same = open.find((other) => other.source === source);
    const free = open.find((other) => other.isFree);
    if (same !== undefined) same.show();
    else if (free === undefined) create(source);
    else {
      free.open(source);
      free.show();
    }
  };

  const current = () => BrowserWindow.getFocusedWindow() ?? last?.window ?? null;

  return {
    open(path) {
      if (path !== null) openSource(resolve(path));
      else if (last === null) create(null);
      else last.show();
    },
    openNew: () => {
      create(null);
    },
    current,
    currentOrNew: () => current() ?? create(null),
    sourceOf: (window) => all.get(window)?.source ?? null,
    setSource: (window, source) => all.get(window)?.setSource(source),
    sources: () => [...all.values()].flatMap(({ source }) => source ?? []),
    setTheme: (theme) => memory.setTheme(theme, last?.window ?? null),
    notify: (window, notice) => all.get(window)?.notify(notice),
    connected: (window) => all.get(window)?.connected(),
    reloadAll(notice, withSource = true) {
      for (const each of all.values()) each.reload(notice, withSource);
    },
  };
}
