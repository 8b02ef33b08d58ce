/** A BrowserWindow that is a page of the host's Chromium. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Page, Request } from '@playwright/test';
import type Electron from 'electron';
import { app, preventable } from './app.ts';
import { Menu, nativeTheme } from './desktop-parts.ts';
import { ipcMain } from './ipc-main.ts';
import {
  bindingName,
  type HostMessage,
  installWorld,
  type PageMessage,
  type PageWorld,
  worldKey,
} from './page-world.ts';
import type { MessagePortMain } from './ports.ts';
import { applyPermissions, downloads, fromBrowser, session, toBrowser } from './session.ts';

const windows = new Set<BrowserWindow>();
let nextId = 1;
let nextPort = 1;
let focused: BrowserWindow | null = null;

/** The only settings that the host supports; the app must not ask for others. */
const safe: Partial<Electron.WebPreferences> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
};

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

class WebContents extends EventEmitter {
  readonly id = nextId++;
  readonly mainFrame: { url: string; parent: null };
  #page: Page | null = null;
  #document = '';
  #queue: HostMessage[] = [];
  #isSending = false;
  readonly #ports = new Map<number, MessagePortMain>();
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  /** The app itself started the navigation under way, so it needs no permission. */
  #isOwnNavigation = false;

  constructor() {
    super();
    const contents = this;
    this.mainFrame = {
      get url() {
        return contents.getURL();
      },
      parent: null,
    };
  }

  /** Makes a page this window's. */
  async attach(page: Page, preload: string): Promise<void> {
    this.#page = page;
    await page.exposeBinding(bindingName, (_source, document: string, message: PageMessage) =>
      this.#receive(document, message),
    );
    const names = JSON.stringify({ binding: bindingName, world: worldKey, platform: process.platform });
    const source = readFileSync(preload, 'utf8');
    await page.addInitScript({ content: `(${installWorld})(${names}, (require, process) => {${source}\n})` });
    await page.route('**/*', (route, request) => {
      if (!request.isNavigationRequest() || this.#mayNavigate(request)) return route.fallback();
      // Cut short without an error page, as in Electron.
      return route.abort('aborted');
    });
    page.on('popup', (popup) => {
      const details = { url: fromBrowser(popup.url()) } as Electron.HandlerDetails;
      if (this.#openHandler(details).action === 'deny') void popup.close();
    });
    page.on('download', (download) => {
      const url = fromBrowser(download.url());
      downloads.push({ url, isAllowed: session.defaultSession.mayDownload(url, download.suggestedFilename()) });
      if (downloads.at(-1)?.isAllowed === false) void download.cancel();
    });
    page.on('load', () => this.emit('did-finish-load'));
    page.on('crash', () => this.emit('render-process-gone', preventable(), { reason: 'crashed', exitCode: 1 }));
  }

  async loadURL(url: string): Promise<void> {
    this.#isOwnNavigation = true;
    await this.#page?.goto(toBrowser(url));
  }

  reload(): void {
    this.#isOwnNavigation = true;
    this.#page?.reload().catch(() => {});
  }

  /** Runs a script in the page, bypassing its policy, as Electron does. */
  executeJavaScript(code: string): Promise<unknown> {
    return this.#page?.evaluate(code) ?? Promise.reject(new Error('the window has no page'));
  }

  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', preventable(), { reason: 'killed', exitCode: 9 });
  }

  getURL(): string {
    return fromBrowser(this.#page?.url() ?? '');
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#enqueue({ type: 'ipc', channel, args: structuredClone(args), ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: MessagePortMain[] = []): void {
    const ids = transfer.map((port) => {
      const id = nextPort++;
      this.#ports.set(id, port);
      return id;
    });
    this.#enqueue({ type: 'ipc', channel, args: [structuredClone(message)], ports: ids });
    for (const [index, port] of transfer.entries()) {
      const id = ids[index] ?? 0;
      port.transferTo({
        deliver: (data) => this.#ports.has(id) && this.#enqueue({ type: 'port', port: id, data }),
        closed: () => this.#ports.delete(id) && this.#enqueue({ type: 'port-closed', port: id }),
      });
    }
  }

  #mayNavigate(request: Request): boolean {
    if (this.#isOwnNavigation) {
      this.#isOwnNavigation = false;
      return true;
    }
    const isMainFrame = request.frame().parentFrame() === null;
    const event = preventable({ url: fromBrowser(request.url()), isMainFrame });
    this.emit(request.redirectedFrom() === null ? 'will-frame-navigate' : 'will-redirect', event);
    return !event.defaultPrevented;
  }

  #receive(document: string, message: PageMessage): unknown {
    if (message.type === 'hello') {
      this.emit('did-start-navigation', preventable({ isMainFrame: true, isSameDocument: false }));
      this.#document = document;
      this.#queue = [];
      for (const port of this.#ports.values()) port.close();
      this.#ports.clear();
      return undefined;
    }
    if (document !== this.#document) return undefined;
    const event = { sender: this, senderFrame: this.mainFrame };
    if (message.type === 'send') ipcMain.emit(message.channel, event, ...message.args);
    else if (message.type === 'invoke') return ipcMain.invoke(message.channel, event, message.args);
    else if (message.type === 'port') this.#ports.get(message.port)?.postMessage(message.data);
    else if (message.type === 'port-closed') {
      this.#ports.get(message.port)?.close();
      this.#ports.delete(message.port);
    } else if (message.type === 'key') Menu.press(message.press, BrowserWindow.fromWebContents(this) ?? undefined);
    else if (message.type === 'context-menu') this.emit('context-menu', preventable(), withEditFlags(message.params));
    else this.emit('host-painted', message.at);
    return undefined;
  }

  #enqueue(message: HostMessage): void {
    this.#queue.push(message);
    if (!this.#isSending) void this.#flush();
  }

  /**
   * Sends in order, as many at a time as have accumulated. Drops messages for a document that is
   * gone.
   */
  async #flush(): Promise<void> {
    this.#isSending = true;
    while (this.#queue.length > 0 && this.#page !== null && !this.#page.isClosed()) {
      const messages = this.#queue.splice(0);
      const argument = { messages, document: this.#document, key: worldKey };
      await this.#page
        .evaluate(({ messages, document, key }) => {
          const world: PageWorld | undefined = Reflect.get(window, Symbol.for(key));
          if (world?.document === document) world.receive(messages);
        }, argument)
        .catch(() => {});
    }
    this.#isSending = false;
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents();
  readonly id = this.webContents.id;
  #bounds: Electron.Rectangle;
  #page: Page | null = null;
  readonly #attached: Promise<void>;
  #is = { destroyed: false, maximized: false, minimized: false, visible: false };
  /** Share on the taskbar, -1 for none; for specs. */
  progress = -1;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    for (const [name, value] of Object.entries(safe)) {
      const given = options.webPreferences?.[name as keyof Electron.WebPreferences];
      if (given !== value) throw new Error(`webPreferences.${name} has to be ${value} and is ${given}`);
    }
    const { x = 100, y = 100, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    windows.add(this);
    app.windows.add(this);
    app.emit('web-contents-created', preventable(), this.webContents);
    this.#attached = this.#attach(options.webPreferences?.preload ?? '');
    // On Wayland, a hidden window may never be ready (electron#48859); a spec can ask for that.
    if (process.env.POSTRUN_HOST_NEVER_READY !== '1') {
      this.webContents.once('host-painted', () => this.emit('ready-to-show'));
    }
    this.#is.visible = options.show !== false;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return [...windows].find((window) => window.webContents === contents) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.#attached;
    await applyPermissions(hostContext(), url);
    await this.webContents.loadURL(url);
  }

  show(): void {
    this.#is.visible = true;
    this.focus();
  }

  focus(): void {
    this.#page?.bringToFront().catch(() => {});
    // A hidden window cannot have the focus.
    if (focused === this || !this.#is.visible) return;
    focused = this;
    this.emit('focus');
    app.emit('browser-window-focus', preventable(), this);
  }

  close(): void {
    if (this.#is.destroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  /** Closes without asking. */
  destroy(): void {
    if (this.#is.destroyed) return;
    this.#is.destroyed = true;
    windows.delete(this);
    if (focused === this) focused = null;
    this.#page?.close().catch(() => {});
    this.emit('closed');
    app.windowClosed(this);
  }

  /** Also shows the window, as on every platform. */
  maximize(): void {
    this.#is.maximized = true;
    this.show();
  }

  minimize(): void {
    this.#is.minimized = true;
  }

  restore(): void {
    this.#is.minimized = false;
  }

  setBounds(bounds: Partial<Electron.Rectangle>): void {
    this.#bounds = { ...this.#bounds, ...bounds };
    this.#fit();
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.#bounds };
  }

  setProgressBar(share: number): void {
    this.progress = share;
  }

  isVisible(): boolean {
    return this.#is.visible;
  }

  isMaximized(): boolean {
    return this.#is.maximized;
  }

  isMinimized(): boolean {
    return this.#is.minimized;
  }

  isFullScreen(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.#is.destroyed;
  }

  setRepresentedFilename(_path: string): void {}

  /** Gives the page the theme of the native parts. */
  emulate(colorScheme: 'light' | 'dark' | null): void {
    this.#page?.emulateMedia({ colorScheme }).catch(() => {});
  }

  async #attach(preload: string): Promise<void> {
    // The browser keeps its own blank page, so that it outlives the last window.
    this.#page = await hostContext().newPage();
    this.#fit();
    const { themeSource } = nativeTheme;
    this.emulate(themeSource === 'system' ? null : themeSource);
    await this.webContents.attach(this.#page, preload);
    this.#page.on('close', () => this.close());
  }

  #fit(): void {
    const { width, height } = this.#bounds;
    this.#page?.setViewportSize({ width, height }).catch(() => {});
  }
}

/** Adds what can be done with the text at the place of a right click. */
function withEditFlags(params: { isEditable: boolean; selectionText: string; x: number; y: number }) {
  const { isEditable } = params;
  const hasSelection = params.selectionText !== '';
  const canChange = isEditable && hasSelection;
  return {
    ...params,
    editFlags: { canCut: canChange, canCopy: hasSelection, canPaste: isEditable, canSelectAll: true },
  };
}

nativeTheme.onSource = (source) => {
  const colorScheme = source === 'system' ? null : source;
  for (const window of windows) window.emulate(colorScheme);
};

function hostContext() {
  if (app.browser === null) throw new Error('BrowserWindow before the app is ready');
  return app.browser.context;
}

BrowserWindow.prototype satisfies Pick<
  Electron.BrowserWindow,
  | 'id'
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'close'
  | 'destroy'
  | 'setProgressBar'
  | 'isVisible'
  | 'maximize'
  | 'minimize'
  | 'restore'
  | 'setBounds'
  | 'getNormalBounds'
  | 'isMaximized'
  | 'isMinimized'
  | 'isFullScreen'
  | 'isDestroyed'
  | 'setRepresentedFilename'
>;
WebContents.prototype satisfies Pick<
  Electron.WebContents,
  'id' | 'loadURL' | 'reload' | 'getURL' | 'setWindowOpenHandler' | 'send'
>;
