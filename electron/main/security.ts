/**
 * Limits of every window, whatever its page says: it must not leave the app's own address, open
 * windows, use the network or use devices. A log is hostile text; this is the safety net below a
 * renderer that treats it only as text.
 */
import { app, type Session } from 'electron';
import { appOrigin, isAppUrl } from './protocol.ts';

/**
 * The one permission granted: copying to the clipboard, which the browser allows only after a user
 * gesture.
 */
const granted = 'clipboard-sanitized-write';

/** Restricts every page of every later window. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-frame-navigate', (event) => {
      if (!(event.isMainFrame && isAppUrl(event.url))) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Lets no request leave the app, and grants no other permission. */
export function guardSession(session: Session): void {
  session.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !isOwnRequest(details.url) }));
  session.setPermissionRequestHandler((contents, permission, callback) =>
    callback(permission === granted && isAppUrl(contents.getURL())),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === granted && isOwnOrigin(origin));
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${appOrigin}/`)) event.preventDefault();
  });
  session.setSpellCheckerEnabled(false);
}

/**
 * Allows the app's files, what a page makes itself, and the developer tools, which only an
 * unpackaged app opens.
 */
function isOwnRequest(url: string): boolean {
  return (
    isAppUrl(url) ||
    url.startsWith(`blob:${appOrigin}/`) ||
    url.startsWith('data:') ||
    (!app.isPackaged && url.startsWith('devtools:'))
  );
}

/** Electron gives an origin with or without a trailing slash. */
function isOwnOrigin(origin: string): boolean {
  return origin === appOrigin || origin === `${appOrigin}/`;
}
