/**
 * Runs in the page before any of its scripts: provides the preload with an `electron` in a closure,
 * which the page does not see. It is serialised into the browser, so it must not use anything from
 * outside.
 */

/** From the page to the host. */
export type PageMessage =
  | { type: 'hello' }
  | { type: 'paint'; at: number }
  | { type: 'key'; press: { key: string; ctrl: boolean; shift: boolean; alt: boolean; meta: boolean } }
  | { type: 'context-menu'; params: { isEditable: boolean; selectionText: string; x: number; y: number } }
  | { type: 'send'; channel: string; args: unknown[] }
  | { type: 'invoke'; channel: string; args: unknown[] }
  | { type: 'port'; port: number; data: unknown }
  | { type: 'port-closed'; port: number };

/** From the host to the page. */
export type HostMessage =
  | { type: 'ipc'; channel: string; args: unknown[]; ports: number[] }
  | { type: 'port'; port: number; data: unknown }
  | { type: 'port-closed'; port: number };

export interface PageWorld {
  /** Messages of an earlier document are not for this one. */
  document: string;
  receive(messages: HostMessage[]): void;
  /** Paths of files by name. A browser does not reveal them, so a spec provides them. */
  files: Record<string, string>;
}

/** The name of the function through which the browser calls the host. The page never sees it. */
export const bindingName = '__postrunHost';
/** Key of the page's half: the host finds it at `window[Symbol.for(worldKey)]`. */
export const worldKey = 'postrun.host';

type Preload = (require: (name: string) => unknown, process: { platform: string }) => void;
type Listener = (event: { ports: MessagePort[] }, ...args: unknown[]) => void;

export function installWorld(names: { binding: string; world: string; platform: string }, preload: Preload): void {
  if (window.top !== window || location.protocol === 'about:') return;
  const call: (document: string, message: PageMessage) => Promise<unknown> = Reflect.get(window, names.binding);
  Reflect.deleteProperty(window, names.binding);
  const documentId = `${Date.now()}-${Math.random()}`;
  const tell = (message: PageMessage) => call(documentId, message);
  const ports = new Map<number, MessagePort>();
  const listeners = new Map<string, Listener[]>();
  const files: Record<string, string> = {};

  const hold = (id: number): MessagePort => {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => void tell({ type: 'port', port: id, data });
    port1.addEventListener('close', () => void tell({ type: 'port-closed', port: id }));
    return port2;
  };
  const world: PageWorld = {
    document: documentId,
    files,
    receive(messages) {
      for (const message of messages) {
        if (message.type === 'ipc') {
          const event = { ports: message.ports.map(hold) };
          for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
        } else if (message.type === 'port') ports.get(message.port)?.postMessage(message.data);
        else ports.get(message.port)?.close();
      }
    },
  };
  Object.defineProperty(window, Symbol.for(names.world), { value: world });

  /**
   * Copies a value for the bridge, which passes plain data, functions, promises and files, but no
   * other prototypes.
   */
  const bridged = (value: unknown): unknown => {
    if (typeof value === 'function') return (...args: unknown[]) => bridged(value(...args.map(bridged)));
    if (value === null || typeof value !== 'object' || value instanceof Blob) return value;
    if (value instanceof Promise) return value.then(bridged);
    if (Array.isArray(value)) return value.map(bridged);
    if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error('An object could not be cloned.');
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, each]) => [key, bridged(each)])));
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld(key: string, api: unknown) {
        Object.defineProperty(window, key, { value: bridged(api), enumerable: true });
      },
    },
    ipcRenderer: {
      on(channel: string, listener: Listener) {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
      send: (channel: string, ...args: unknown[]) => void tell({ type: 'send', channel, args: structuredClone(args) }),
      invoke: (channel: string, ...args: unknown[]) => tell({ type: 'invoke', channel, args: structuredClone(args) }),
    },
    webUtils: { getPathForFile: (file: File) => files[file.name] ?? '' },
  };
  // Menus get a key or a right click after the page, and only if the page left it alone. Listeners
  // added to the window last run last.
  addEventListener('DOMContentLoaded', () => {
    const isForMenus = (event: Event) => !event.defaultPrevented;
    setTimeout(() => {
      window.addEventListener('keydown', (event) => {
        const { key, ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta } = event;
        if (isForMenus(event)) void tell({ type: 'key', press: { key, ctrl, shift, alt, meta } });
      });
      window.addEventListener('contextmenu', (event) => {
        if (!isForMenus(event)) return;
        const { target, clientX: x, clientY: y } = event;
        const isEditable = target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
        const selectionText = getSelection()?.toString() ?? '';
        void tell({ type: 'context-menu', params: { isEditable, selectionText, x, y } });
      });
    });
  });
  tell({ type: 'hello' }).catch(() => {});
  new PerformanceObserver((list) => {
    const first = list.getEntries().find((entry) => entry.name === 'first-contentful-paint');
    if (first !== undefined) void tell({ type: 'paint', at: performance.timeOrigin + first.startTime });
  }).observe({ type: 'paint', buffered: true });
  preload(
    (name) => {
      if (name !== 'electron') throw new Error(`a sandboxed preload cannot require ${name}`);
      return electron;
    },
    { platform: names.platform },
  );
}
