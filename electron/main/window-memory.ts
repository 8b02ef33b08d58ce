/**
 * Window memory: where the last window was and the theme that a person chose, for the next window
 * and the next start.
 */
import { type BrowserWindow, nativeTheme, screen } from 'electron';
import type { ShellTheme } from '../contract/shell.ts';
import { type Bounds, placeWindow, readWindowState, type WindowState, writeWindowState } from './window-state.ts';

export interface WindowPlace {
  bounds: Partial<Bounds>;
  isMaximized: boolean;
}

export class WindowMemory {
  readonly #file: string;
  #state: WindowState | null;
  #theme: ShellTheme;

  constructor(file: string) {
    this.#file = file;
    this.#state = readWindowState(file);
    this.#theme = this.#state?.theme ?? 'system';
    nativeTheme.themeSource = this.#theme;
  }

  /** Returns the place of a new window; `index` is the number of windows already open. */
  placeOf(index: number): WindowPlace {
    const primary = screen.getPrimaryDisplay();
    const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
    const workAreas = [primary, ...others].map((display) => display.workArea);
    return {
      bounds: placeWindow(this.#state, workAreas, index),
      isMaximized: this.#state?.isMaximized === true && index === 0,
    };
  }

  /** Keeps where a window is. */
  keep(window: BrowserWindow): void {
    if (window.isDestroyed() || window.isMinimized() || window.isFullScreen()) return;
    this.#state = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized(), theme: this.#theme };
    writeWindowState(this.#file, this.#state);
  }

  /** Applies a theme to native parts now, and keeps it with the place of a window. */
  setTheme(theme: ShellTheme, window: BrowserWindow | null): void {
    this.#theme = theme;
    nativeTheme.themeSource = theme;
    if (window !== null) this.keep(window);
  }
}
