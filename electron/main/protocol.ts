/** The protocol of the app's pages, `app:`. It serves the bundle and nothing else. */
import { protocol } from 'electron';
import { type Assets, findAsset, securityHeaders } from '../host/assets.ts';

const scheme = 'app';
const host = 'postrun';

/** Origin of every page of the app. */
export const appOrigin = `${scheme}://${host}`;

/** Decides whether an address is one of the app's own. */
export function isAppUrl(url: string): boolean {
  return url.startsWith(`${appOrigin}/`);
}

/** Returns the address of a window; `path` is what it opens. */
export function pageUrl(path: string | null): string {
  return `${appOrigin}/${path === null ? '' : `?${new URLSearchParams({ path })}`}`;
}

/** Makes the scheme an origin like https. Must be called before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the page from memory. Anything that is not one of its files does not exist. */
export function servePage(assets: Assets): void {
  protocol.handle(scheme, (request) => {
    const url = URL.parse(request.url);
    const asset = url?.host === host && request.method === 'GET' ? findAsset(assets, url.pathname) : null;
    const headers = securityHeaders();
    if (asset === null) return new Response('Not found.', { status: 404, headers });
    return new Response(new Uint8Array(asset.body), { headers: { ...headers, 'Content-Type': asset.type } });
  });
}
