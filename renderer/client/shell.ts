/**
 * A shell is everything besides the engine that differs between Electron and a browser: dialogs,
 * drops and the file manager. The renderer asks for a capability and gets it or null; it never
 * decides what to draw by asking which shell it is in.
 */
import type { SavingCommandName } from '../../electron/contract/contract.ts';
import type { MenuAction, PreloadBridge, ShellNotice, ShellTheme } from '../../electron/contract/shell.ts';

export interface Shell {
  kind: 'electron' | 'browser' | 'test';
  isMac: boolean;
  /** The path that the window was started with, opened unless the location says otherwise. */
  initialPath: string | null;
  /**
   * Opens a native dialog; null if there is none and a person types the path. Resolves to null when
   * the person closes it.
   */
  pickPath: ((kind: 'folder' | 'zip') => Promise<string | null>) | null;
  /**
   * Opens a native dialog for a file to write, which asks before replacing one; null if there is
   * none and a person types the path.
   */
  savePath: ((proposed: string) => Promise<string | null>) | null;
  /**
   * Runs a command that saves, and downloads what it wrote; null if files are saved by their path.
   * `params` are the command's without `path` and `force`. The command must accept the extension of
   * `name`. Throws `PostrunError`.
   */
  download: ((command: SavingCommandName, params: object, name: string) => Promise<{ bytes: number }>) | null;
  /** Shows a path in the file manager; null if that is impossible. */
  reveal: ((path: string) => Promise<void>) | null;
  /** Returns the path of a dropped file; null in a browser, which hides it. */
  pathOfFile: ((file: File) => string) | null;
  /**
   * Listens for paths that the operating system asks to open (double click, second instance).
   * Returns the function that stops.
   */
  onOpenPath: (listener: (path: string) => void) => () => void;
  /** Listens for actions from a native menu. */
  onMenu: (listener: (action: MenuAction) => void) => () => void;
  /** Listens for notices of the shell, such as that the engine has restarted. */
  onNotice: (listener: (notice: ShellNotice) => void) => () => void;
  /** Listens for a text that the person wants to find in all logs. */
  onSearchFor: (listener: (text: string) => void) => () => void;
  /** Tells the shell what is open, or that nothing is. */
  sourceChanged: (source: string | null) => void;
  /** Tells the shell which theme the person chose. */
  themeChanged: (theme: ShellTheme) => void;
  /** Shows the app's own log; null if the shell keeps none. */
  showLog: (() => void) | null;
}

declare global {
  interface Window {
    postrun?: PreloadBridge<File>;
  }
}
