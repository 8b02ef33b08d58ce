/**
 * Recent sources as the system shows them outside the window: Windows' Jump List, the menu of
 * macOS' Dock.
 */
import { basename } from 'node:path';
import { app, type JumpListCategory, Menu, type MenuItemConstructorOptions } from 'electron';

/** More would be cut by the system. */
const mostShown = 10;

/**
 * Show `recent` (paths of sources, newest first) where the system lists what a program opened last.
 */
export function showRecent(recent: string[], open: (path: string) => void): void {
  if (process.platform === 'win32') app.setJumpList([jumpListCategory(recent, process.execPath)]);
  else if (process.platform === 'darwin') app.dock?.setMenu(Menu.buildFromTemplate(dockMenu(recent, open)));
}

/**
 * Folders cannot stand in the Jump List's own list of recent files, which takes registered file
 * types only, so each source is a task that starts the app with its path.
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

/** The items of the Dock's menu. */
export function dockMenu(recent: string[], open: (path: string) => void): MenuItemConstructorOptions[] {
  return recent.slice(0, mostShown).map((path) => ({ label: basename(path) || path, click: () => open(path) }));
}

/**
 * One argument of a Windows command line: backslashes before the closing quote are doubled, or they
 * would escape it.
 */
function quoteArgument(path: string): string {
  return `"${path.replace(/\\+$/, (slashes) => slashes + slashes)}"`;
}
