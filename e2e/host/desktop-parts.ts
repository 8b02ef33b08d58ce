/**
 * Parts of the desktop that are only data here: menus, dialogs, displays, the file manager. Specs
 * replace methods.
 */
import { EventEmitter } from 'node:events';
import type Electron from 'electron';
import { type HostKey, isPressed, parseAccelerator } from './accelerator.ts';

type Template = Electron.MenuItemConstructorOptions;

class MenuItem {
  readonly id: string;
  readonly label: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  readonly enabled: boolean;
  readonly #key: HostKey | null;
  /** As in Electron: `(event, focusedWindow)`, which calls the template's function. */
  readonly click: (event?: unknown, window?: unknown) => void;

  constructor(template: Template) {
    this.id = template.id ?? '';
    this.label = template.label ?? '';
    this.role = template.role;
    this.accelerator = template.accelerator;
    this.enabled = template.enabled ?? true;
    const key =
      template.accelerator === undefined ? null : parseAccelerator(String(template.accelerator), process.platform);
    // An accelerator that is only displayed is still checked.
    this.#key = template.registerAccelerator === false ? null : key;
    this.submenu = Array.isArray(template.submenu) ? Menu.buildFromTemplate(template.submenu) : undefined;
    this.click = (event, window) => {
      if (!this.enabled) return;
      const item = this as unknown as Electron.MenuItem;
      template.click?.(item, window as Electron.BaseWindow, event as Electron.KeyboardEvent);
    };
  }

  /** Finds the item, here or below, that a key press is for. */
  find(press: HostKey): MenuItem | null {
    if (this.#key !== null && isPressed(this.#key, press)) return this;
    for (const item of this.submenu?.items ?? []) {
      const found = item.find(press);
      if (found !== null) return found;
    }
    return null;
  }
}

let applicationMenu: Menu | null = null;

export class Menu {
  readonly items: MenuItem[];

  constructor(items: MenuItem[] = []) {
    this.items = items;
  }

  static buildFromTemplate(template: Template[]): Menu {
    return new Menu(template.map((item) => new MenuItem(item)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu;
  }

  /** Carries out the item of the application menu for a key press. */
  static press(press: HostKey, window: unknown): void {
    for (const item of applicationMenu?.items ?? []) {
      const found = item.find(press);
      if (found === null) continue;
      found.click(undefined, window);
      return;
    }
  }

  /** The last menu that popped up, for specs. */
  static popped: Menu | null = null;

  popup(_options: Electron.PopupOptions = {}): void {
    Menu.popped = this;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found != null) return found;
    }
    return null;
  }
}

/** Every dialog is dismissed unless a spec replaces the method. */
export const dialog = {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
  showMessageBox: async () => ({ response: 0, checkboxChecked: false }),
  showErrorBox: (title: string, content: string) => console.error(`${title}: ${content}`),
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>;

export const shell = {
  showItemInFolder: (_path: string) => {},
} satisfies Pick<Electron.Shell, 'showItemInFolder'>;

class NativeTheme extends EventEmitter {
  #source: Electron.NativeTheme['themeSource'] = 'system';
  /** Set by the code that makes the pages follow. */
  onSource: (source: Electron.NativeTheme['themeSource']) => void = () => {};

  get themeSource() {
    return this.#source;
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    if (!['system', 'light', 'dark'].includes(source)) throw new Error(`themeSource: ${source} is none`);
    this.#source = source;
    this.onSource(source);
    this.emit('updated');
  }

  /** The host's system is light. */
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}

export const nativeTheme = new NativeTheme();
nativeTheme satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'themeSource'>;

let clipboardText = '';

export const clipboard = {
  writeText: async (text: string) => {
    clipboardText = text;
  },
  readText: async () => clipboardText,
} satisfies Pick<Electron.Clipboard, 'writeText' | 'readText'>;

let nextBlocker = 1;
const blockers = new Set<number>();

export const powerSaveBlocker = {
  start(type: Parameters<Electron.PowerSaveBlocker['start']>[0]): number {
    if (type !== 'prevent-app-suspension' && type !== 'prevent-display-sleep') throw new Error(`${type} is none`);
    blockers.add(nextBlocker);
    return nextBlocker++;
  },
  stop: (id: number) => blockers.delete(id),
  isStarted: (id: number) => blockers.has(id),
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

export class Notification extends EventEmitter {
  /** Notifications shown, for specs. */
  static readonly shown: Notification[] = [];
  static isSupported = () => true;
  readonly title: string;
  readonly body: string;

  constructor({ title = '', body = '' }: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = title;
    this.body = body;
  }

  show(): void {
    Notification.shown.push(this);
    this.emit('show');
  }
}

export const crashReporter = {
  start(options: Electron.CrashReporterStartOptions): void {
    if (options.uploadToServer !== false) throw new Error('crash dumps must stay on this machine');
  },
} satisfies Pick<Electron.CrashReporter, 'start'>;

const wholeArea = { x: 0, y: 0, width: 1920, height: 1080 };

const display = { id: 1, workArea: wholeArea } as Electron.Display;

export const screen = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
} satisfies Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
