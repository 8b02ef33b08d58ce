/**
 * The native menus. A menu item of the page sends the name of its action to the page; the menu only
 * displays its keys.
 */
import { basename } from 'node:path';
import { app, type BaseWindow, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';
import { type MenuAction, shellChannels } from '../contract/shell.ts';

export interface MenuActions {
  newWindow(): void;
  pick(kind: 'zip' | 'folder'): void;
  open(path: string): void;
  /** Shows the source of the front window in the file manager. */
  reveal(): void;
  /** Carries out an action of the page when there is no window. */
  inNewWindow(action: MenuAction): void;
  showLog(): void;
  copyDiagnostics(): void;
  quit(): void;
}

/**
 * Sets the menu of the app. `recent` lists sources, newest first; `hasSource` tells whether the
 * front window has one.
 */
export function setMenu(actions: MenuActions, recent: string[], hasSource: boolean): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, recent, hasSource)));
}

const isMac = process.platform === 'darwin';
const line: MenuItemConstructorOptions = { type: 'separator' };

function menuTemplate(actions: MenuActions, recent: string[], hasSource: boolean): MenuItemConstructorOptions[] {
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    fileMenu(actions, recent, hasSource),
    editMenu(),
    viewMenu(),
    goMenu(),
    ...(isMac ? [{ role: 'windowMenu' as const }] : []),
    helpMenu(actions),
  ];
}

function fileMenu(actions: MenuActions, recent: string[], hasSource: boolean): MenuItemConstructorOptions {
  return {
    role: 'fileMenu',
    submenu: [
      { id: 'new-window', label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
      pageItem('open', 'Open…', 'CmdOrCtrl+O', actions.inNewWindow),
      {
        id: 'open-zip',
        label: 'Open Zip…',
        accelerator: 'CmdOrCtrl+Shift+O',
        click: () => actions.pick('zip'),
      },
      {
        id: 'open-folder',
        label: 'Open Folder…',
        accelerator: 'CmdOrCtrl+Alt+O',
        click: () => actions.pick('folder'),
      },
      {
        id: 'recent',
        label: 'Open Recent',
        enabled: recent.length > 0,
        submenu: recent.map((path) => ({
          // An ampersand would mark a menu key.
          label: `${basename(path)}  (${path})`.replaceAll('&', '&&'),
          click: () => actions.open(path),
        })),
      },
      line,
      {
        id: 'reveal',
        label: isMac ? 'Reveal in Finder' : 'Show in Folder',
        enabled: hasSource,
        click: actions.reveal,
      },
      pageItem('print', 'Print Report…'),
      line,
      { role: 'close' },
      ...(isMac ? [] : [{ id: 'quit', label: 'Quit', accelerator: 'CmdOrCtrl+Q', click: actions.quit }]),
    ],
  };
}

function editMenu(): MenuItemConstructorOptions {
  return {
    role: 'editMenu',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      line,
      pageItem('find', 'Find', 'CmdOrCtrl+F'),
      pageItem('search-all', 'Search All Logs', 'CmdOrCtrl+Shift+F'),
    ],
  };
}

function viewMenu(): MenuItemConstructorOptions {
  return {
    role: 'viewMenu',
    submenu: [
      pageItem('sidebar', 'Tree', 'CmdOrCtrl+B'),
      pageItem('drawer', 'Detail', 'CmdOrCtrl+J'),
      pageItem('wrap', 'Wrap Long Lines', 'Alt+Z'),
      line,
      pageItem('theme', 'Light, Dark or as the System'),
      pageItem('zone', 'Times in UTC or Here'),
      line,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      // The key with the plus sign is `=` without Shift, and that is the key people press.
      { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false, acceleratorWorksWhenHidden: true },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      line,
      { role: 'reload' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const }]),
    ],
  };
}

function goMenu(): MenuItemConstructorOptions {
  return {
    id: 'go',
    label: 'Go',
    submenu: [
      // On a Mac, Option and an arrow move by a word in any text box.
      pageItem('back', 'Back', isMac ? 'Cmd+[' : 'Alt+Left'),
      pageItem('forward', 'Forward', isMac ? 'Cmd+]' : 'Alt+Right'),
      line,
      pageItem('quick-open', 'Go to File…', 'CmdOrCtrl+P'),
      pageItem('go-to', 'Go to Line or Time…', 'CmdOrCtrl+G'),
      line,
      pageItem('next-hit', 'Next Hit', 'F3'),
      pageItem('previous-hit', 'Previous Hit', 'Shift+F3'),
      pageItem('next-error', 'Next Error'),
      pageItem('previous-error', 'Previous Error'),
      line,
      pageItem('palette', 'Command Palette', 'CmdOrCtrl+Shift+P'),
    ],
  };
}

function helpMenu(actions: MenuActions): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      pageItem('help', 'Keys'),
      line,
      { id: 'show-log', label: 'Show Log', click: actions.showLog },
      { id: 'copy-diagnostics', label: 'Copy Diagnostics', click: actions.copyDiagnostics },
      ...(isMac ? [] : [line, { role: 'about' as const }]),
    ],
  };
}

/**
 * Returns an item that the page carries out. The page listens for the keys itself, so the
 * accelerator is only displayed.
 */
function pageItem(
  action: MenuAction,
  label: string,
  accelerator?: string,
  withoutWindow: (action: MenuAction) => void = () => {},
): MenuItemConstructorOptions {
  return {
    id: action,
    label,
    accelerator,
    registerAccelerator: false,
    click: (_item, window: BaseWindow | undefined) => {
      if (window instanceof BrowserWindow) window.webContents.send(shellChannels.menu, action);
      else withoutWindow(action);
    },
  };
}
