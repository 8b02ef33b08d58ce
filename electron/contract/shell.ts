/**
 * Messages between the desktop shell and the window, besides the engine's commands: dialogs, menus,
 * openings, notices. The engine's own messages use a port that the shell only hands over. This file
 * has types and names only, so that the preload stays small.
 */

/** Names of the channels between Electron's main process and the preload. */
export const shellChannels = {
  /** Window → main. */
  requestPort: 'postrun:request-port',
  pickPath: 'postrun:pick-path',
  savePath: 'postrun:save-path',
  reveal: 'postrun:reveal',
  sourceChanged: 'postrun:source-changed',
  themeChanged: 'postrun:theme-changed',
  showLog: 'postrun:show-log',
  /** Main → window. */
  port: 'postrun:port',
  openPath: 'postrun:open-path',
  menu: 'postrun:menu',
  notice: 'postrun:notice',
  searchFor: 'postrun:search-for',
} as const;

/** Tells the page that its port to the engine is ready; the port itself is in `event.ports`. */
export const portMessage = { type: 'postrun.port' } as const;

/** Actions of the window's key table that the native menus can trigger. */
const menuActions = [
  'open',
  'back',
  'forward',
  'quick-open',
  'go-to',
  'search-all',
  'find',
  'next-hit',
  'previous-hit',
  'next-error',
  'previous-error',
  'palette',
  'help',
  'drawer',
  'sidebar',
  'wrap',
  'theme',
  'zone',
  'print',
] as const;
export type MenuAction = (typeof menuActions)[number];

/** Themes that a person can choose in the window. The native menus and dialogs follow. */
export const shellThemes = ['system', 'light', 'dark'] as const;
export type ShellTheme = (typeof shellThemes)[number];

/** A notice for the person. */
export interface ShellNotice {
  text: string;
  tone: 'neutral' | 'error';
  /** The app's own log says more, so the window offers to show it. */
  hasLog?: boolean;
}

/**
 * The object that Electron's preload exposes as `window.postrun`. `DroppedFile` is the DOM's
 * `File`, which the contract cannot name.
 */
export interface PreloadBridge<DroppedFile> {
  shell: 'electron';
  platform: string;
  initialPath: string | null;
  /**
   * Makes the preload post {@link portMessage} to the window with the port in `event.ports`,
   * because a MessagePort cannot pass through the context bridge.
   */
  requestPort(): void;
  pickPath(kind: 'folder' | 'zip'): Promise<string | null>;
  /** Opens the native save dialog, which itself asks before a file is replaced. */
  savePath(proposed: string): Promise<string | null>;
  /** Shows a path of an opened source. For any other path, the window gets a notice. */
  revealInFolder(path: string): Promise<void>;
  pathOfFile(file: DroppedFile): string;
  /**
   * Reports the window's open source: for focusing this window when the same file is opened again,
   * for recent documents and for the title bar.
   */
  sourceChanged(source: string | null): void;
  /** Reports the chosen theme, for native menus and the first paint of the next start. */
  themeChanged(theme: ShellTheme): void;
  /** Shows the app's own log in the file manager. */
  showLog(): void;
  /**
   * These keep what arrives before somebody listens. Each returns the function that stops
   * listening.
   */
  onOpenPath(listener: (path: string) => void): () => void;
  onMenu(listener: (action: MenuAction) => void): () => void;
  onNotice(listener: (notice: ShellNotice) => void): () => void;
  /** A text that the person selected and wants to find in all logs. */
  onSearchFor(listener: (text: string) => void): () => void;
}
