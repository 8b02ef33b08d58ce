/**
 * A shell is what differs between Electron and a browser and is not the engine: dialogs, drops and
 * the file manager. The renderer asks for a capability and finds it or null; it never asks which
 * shell it is in to decide what to draw.
 */
import type { SavingCommandName } from '../../electron/contract/contract.ts';
import type { MenuAction, PreloadBridge, ShellNotice, ShellTheme } from '../../electron/contract/shell.ts';

export interface Shell {
  kind: 'electron' | 'browser' | 'test';
  isMac: boolean;
  /** What the window was started on; opened unless the location says otherwise. */
  initialPath: string | null;
  /**
   * Native dialog; null where there is none, then a path is typed. Resolves to null when the person
   * closes it.
   */
  pickPath: ((kind: 'folder' | 'zip') => Promise<string | null>) | null;
  /**
   * Native dialog for a file to write, which asks before one is replaced; null where there is none,
   * then a path is typed.
   */
  savePath: ((proposed: string) => Promise<string | null>) | null;
  /**
   * Run a command that saves, and download what it wrote; null where files are saved by their path.
   * `params` are the command's without `path` and `force`; the ending of `name` must be one that
   * the command accepts. Throws `PostrunError`.
   */
  download: ((command: SavingCommandName, params: object, name: string) => Promise<{ bytes: number }>) | null;
  /** Show a path in the file manager; null where that cannot be. */
  reveal: ((path: string) => Promise<void>) | null;
  /** Path of a dropped file; null in a browser, which hides it. */
  pathOfFile: ((file: File) => string) | null;
  /**
   * Paths that the operating system asks to open (double click, second instance); returns the
   * function that stops.
   */
  onOpenPath: (listener: (path: string) => void) => () => void;
  /** Actions that a native menu asks for. */
  onMenu: (listener: (action: MenuAction) => void) => () => void;
  /** What the shell has to say, e.g. that the engine was started again. */
  onNotice: (listener: (notice: ShellNotice) => void) => () => void;
  /** A text that the person wants to find in all logs. */
  onSearchFor: (listener: (text: string) => void) => () => void;
  /** Tell the shell what is open, or that nothing is. */
  sourceChanged: (source: string | null) => void;
  /** Tell the shell which theme the person chose. */
  themeChanged: (theme: ShellTheme) => void;
  /** Show the app's own log; null where the shell keeps none. */
  showLog: (() => void) | null;
}

declare global {
  interface Window {
    postrun?: PreloadBridge<File>;
  }
}
