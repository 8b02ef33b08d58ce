/**
 * Schemes, the one session, and every request of every page, which `protocol.handle` answers or the
 * session refuses.
 */
import { EventEmitter } from 'node:events';
import type { BrowserContext, Route } from '@playwright/test';
import type Electron from 'electron';

type SchemeHandler = Parameters<Electron.Protocol['handle']>[1];
type BeforeRequest = NonNullable<Parameters<Electron.WebRequest['onBeforeRequest']>[0]>;
type CheckHandler = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type RequestHandler = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type DeviceHandler = NonNullable<Parameters<Electron.Session['setDevicePermissionHandler']>[0]>;

const schemes = new Map<string, SchemeHandler>();
const known = new Set<string>();

export const protocol = {
  registerSchemesAsPrivileged(customSchemes: Electron.CustomScheme[]): void {
    for (const { scheme, privileges } of customSchemes) {
      if (!(privileges?.standard && privileges.secure)) throw new Error(`the host needs ${scheme} standard and secure`);
      known.add(scheme);
    }
  },
  handle(scheme: string, handler: SchemeHandler): void {
    if (!known.has(scheme)) throw new Error(`${scheme} was not registered before the app was ready`);
    schemes.set(scheme, handler);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

/**
 * Converts `app://postrun/x` to `https://postrun.app.invalid/x`, which a browser treats as an
 * origin. Other addresses stay.
 */
export function toBrowser(url: string): string {
  const match = /^([a-z]+):\/\/([a-z]+)\/(.*)$/s.exec(url);
  return match !== null && known.has(match[1] ?? '') ? `https://${match[2]}.${match[1]}.invalid/${match[3]}` : url;
}

/** The inverse of {@link toBrowser}. */
export function fromBrowser(url: string): string {
  return url.replace(/https:\/\/([a-z]+)\.([a-z]+)\.invalid(?=\/|$)/, (_, host, scheme) => `${scheme}://${host}`);
}

class HostSession extends EventEmitter {
  #beforeRequest: BeforeRequest | null = null;
  #check: CheckHandler = () => true;
  #request: RequestHandler = (_contents, _permission, callback) => callback(true);

  readonly webRequest = {
    onBeforeRequest: (listener: BeforeRequest) => {
      this.#beforeRequest = listener;
    },
  };

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.#check = handler;
  }

  setPermissionRequestHandler(handler: RequestHandler): void {
    this.#request = handler;
  }
  setDevicePermissionHandler(_handler: DeviceHandler): void {}
  setSpellCheckerEnabled(_isEnabled: boolean): void {}

  /**
   * Decides what a page may do. Both handlers must agree, as in Electron, where one answers queries
   * and the other requests.
   */
  async isAllowed(permission: string, url: string): Promise<boolean> {
    const { origin } = new URL(toBrowser(url));
    const isChecked = this.#check(null, permission as Parameters<CheckHandler>[1], fromBrowser(`${origin}/`), {
      isMainFrame: true,
    });
    const contents = { getURL: () => url } as Electron.WebContents;
    const details = { requestingUrl: url, isMainFrame: true } as Parameters<RequestHandler>[3];
    const isGranted = await new Promise<boolean>((resolve) =>
      this.#request(contents, permission as Parameters<RequestHandler>[1], resolve, details),
    );
    return isChecked && isGranted;
  }

  /** Asks the app about a download; true if it may proceed. */
  mayDownload(url: string, name: string): boolean {
    let isPrevented = false;
    const event = {
      preventDefault: () => {
        isPrevented = true;
      },
    };
    this.emit('will-download', event, { getURL: () => url, getFilename: () => name });
    return !isPrevented;
  }

  isCancelled(url: string): Promise<boolean> {
    const listener = this.#beforeRequest;
    if (listener === null) return Promise.resolve(false);
    return new Promise((resolve) => {
      listener({ url } as Electron.OnBeforeRequestListenerDetails, ({ cancel }) => resolve(cancel === true));
    });
  }
}

const defaultSession = new HostSession();
defaultSession satisfies Pick<
  Electron.Session,
  'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled'
>;
export const session = { defaultSession };

/** Electron's permissions, with their names in the browser's protocol. */
const permissions: Record<string, string> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  media: 'camera',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
};

/** Asks the app once for each permission and sets the browser's answer. */
export async function applyPermissions(context: BrowserContext, url: string): Promise<void> {
  const browserOrigin = new URL(toBrowser(url)).origin;
  const page = context.pages()[0];
  if (page === undefined) return;
  const client = await context.newCDPSession(page);
  for (const [permission, name] of Object.entries(permissions)) {
    const setting = (await defaultSession.isAllowed(permission, url)) ? 'granted' : 'denied';
    await client.send('Browser.setPermission', { permission: { name }, setting, origin: browserOrigin });
  }
  await client.detach();
}

/** Requests that were let through or refused, for specs. */
export const requests: { url: string; isCancelled: boolean }[] = [];

/** Downloads that a page started, for specs. */
export const downloads: { url: string; isAllowed: boolean }[] = [];

/** Answers a request of a page. */
export async function answer(route: Route): Promise<void> {
  const url = fromBrowser(route.request().url());
  const isCancelled = await defaultSession.isCancelled(url);
  requests.push({ url, isCancelled });
  const handler = schemes.get(new URL(url).protocol.slice(0, -1));
  if (isCancelled || handler === undefined) return route.abort('blockedbyclient');
  const response = await handler(new Request(url, { method: route.request().method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
