/**
 * Recent sources as the system shows them outside the window: in the Jump List of Windows, and in
 * the Dock menu of macOS.
 */
import { basename } from 'node:path';
import { app, type JumpListCategory, Menu, type MenuItemConstructorOptions } from 'electron';

/** The system would cut a longer list. */
const mostShown = 10;

/**
 * Shows `recent` (paths of sources, newest first) where the system lists recently opened documents.
 */
export function showRecent(recent: string[], open: (path: string) => void): void {
  if (process.platform === 'win32') app.setJumpList([jumpListCategory(recent, process.execPath)]);
  else if (process.platform === 'darwin') app.dock?.setMenu(Menu.buildFromTemplate(dockMenu(recent, open)));
}

/**
 * Returns a Jump List in which each source is a task that starts the app with its path. The Jump
 * List's own list of recent files takes only registered file types, so it cannot hold folders.
 */
export function jumpListCategory(recent: string[], program: string): JumpListCategory {
  return {
    type: 'custom',
    name: 'Recent runs',
    items: recent.slice(0, mostShown).map((path) => ({
      type: 'task',
      program,
      args: quoteArgument(path),
      title: basename(path) || path,
      description: path,
      iconPath: program,
      iconIndex: 0,
    })),
  };
}

/** Returns the items of the Dock menu. */
export function dockMenu(recent: string[], open: (path: string) => void): MenuItemConstructorOptions[] {
  return recent.slice(0, mostShown).map((path) => ({ label: basename(path) || path, click: () => open(path) }));
}

/**
 * Quotes one argument of a Windows command line. Doubles backslashes before the closing quote,
 * which they would otherwise escape.
 */
function quoteArgument(path: string): string {
  return `"${path.replace(/\\+$/, (slashes) => slashes + slashes)}"`;
}
