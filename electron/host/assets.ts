/**
 * The files of the page, read once into memory, and the headers that every shell serves them with:
 * `electron/serve` over HTTP, `electron/main` from `protocol.handle`. A file that is not in the map
 * does not exist, so no path ever reaches the disk.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PostrunError } from '../contract/errors.ts';

export interface Asset {
  /** Media type. */
  type: string;
  body: Uint8Array;
}

/** Maps the path of a URL (`/app.js`) to the file. */
export type Assets = ReadonlyMap<string, Asset>;

const types: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '.html': 'text/html; charset=utf-8',
    '.js': 'text/javascript; charset=utf-8',
    '.css': 'text/css; charset=utf-8',
    '.svg': 'image/svg+xml',
    '.png': 'image/png',
    '.woff2': 'font/woff2',
  } satisfies Record<string, string>),
);

/** Returns `dist/renderer`, from the sources as well as from the bundle. */
function rendererDir(): string {
  const isSource = import.meta.url.endsWith('.ts');
  return fileURLToPath(new URL(isSource ? '../../dist/renderer/' : '../renderer/', import.meta.url));
}

/**
 * Reads the page's files, except source maps and files of unknown types. Error `not_built` if there
 * is no page.
 */
export function loadAssets(dir = rendererDir()): Assets {
  const assets = new Map<string, Asset>();
  let names: string[] = [];
  try {
    names = readdirSync(dir);
  } catch {
    // Reported below: a missing folder holds no page.
  }
  for (const name of names) {
    const type = types.get(extname(name));
    if (type !== undefined) assets.set(`/${name}`, { type, body: readFileSync(`${dir}/${name}`) });
  }
  if (!assets.has('/index.html')) {
    throw new PostrunError('environment', 'not_built', 'The window was not built. Run `npm run build` first.', {
      where: dir,
    });
  }
  return assets;
}

/** Returns the file for the path of a URL (`/` is the page itself), or null. */
export function findAsset(assets: Assets, pathname: string): Asset | null {
  return assets.get(pathname === '/' ? '/index.html' : pathname) ?? null;
}

/**
 * Returns the policy under which only our own files run and only the engine can be reached.
 * `connect` adds the engine's socket.
 */
export function contentSecurityPolicy(connect: string[] = []): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Returns the headers of every reply of every shell. */
export function securityHeaders(connect: string[] = []): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-cache',
  };
}
