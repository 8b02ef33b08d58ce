/**
 * What the desktop shell and the window say to each other besides the engine's commands: dialogs,
 * menus, openings, notices. The engine's own messages go over a port that only passes through here.
 * Types and names only, so that the preload stays small.
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

/**
 * What the page is told when its port to the engine is there; the port itself is in `event.ports`.
 */
export const portMessage = { type: 'postrun.port' } as const;

/** Actions of the window's key table that the native menus can ask for. */
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

/** Themes a person can choose in the window; the native menus and dialogs follow. */
export const shellThemes = ['system', 'light', 'dark'] as const;
export type ShellTheme = (typeof shellThemes)[number];

/** Something that a person should know. */
export interface ShellNotice {
  text: string;
  tone: 'neutral' | 'error';
  /** Whether the app's own log says more: the window then offers to show it. */
  hasLog?: boolean;
}

/**
 * What Electron's preload exposes as `window.postrun`; `DroppedFile` is the DOM's `File`, which the
 * contract cannot name.
 */
export interface PreloadBridge<DroppedFile> {
  shell: 'electron';
  platform: string;
  initialPath: string | null;
  /**
   * A MessagePort cannot pass through the context bridge, so this makes the preload post {@link
   * portMessage} to the window with the port in `event.ports`.
   */
  requestPort(): void;
  pickPath(kind: 'folder' | 'zip'): Promise<string | null>;
  /** Native dialog for a file to write, which asks by itself before one is replaced. */
  savePath(proposed: string): Promise<string | null>;
  /** Only paths of a source that was opened are shown; of others the window is told by a notice. */
  revealInFolder(path: string): Promise<void>;
  pathOfFile(file: DroppedFile): string;
  /**
   * The window's open source, for "the same file again goes to that window", recent documents and
   * the title bar.
   */
  sourceChanged(source: string | null): void;
  /** The theme the person chose, for native menus and the first paint of the next start. */
  themeChanged(theme: ShellTheme): void;
  /** Show the app's own log in the file manager. */
  showLog(): void;
  /** What came before somebody listens is kept. Each returns the function that stops. */
  onOpenPath(listener: (path: string) => void): () => void;
  onMenu(listener: (action: MenuAction) => void): () => void;
  onNotice(listener: (notice: ShellNotice) => void): () => void;
  /** A text the person selected and wants to find in all logs. */
  onSearchFor(listener: (text: string) => void): () => void;
}
