/**
 * The guard decides who may speak to the browser shell. The server listens on loopback only, but
 * every page in the person's browser and every account of the machine can reach that. So each
 * request and each upgrade passes these checks, in this order:
 * - `Host` names this server. A foreign name that was rebound to 127.0.0.1 is refused.
 * - `Origin`, where the browser sends one, is this server's own, and `Sec-Fetch-Site` does not say
 *   that another page asks.
 *   Only the entrance, which holds nothing, may be reached from elsewhere.
 * - The engine answers to a session only: an `HttpOnly`, `SameSite=Strict` cookie. A page gets it
 *   for a one-time code, which
 *   travels in a fragment (never sent, never logged) or in a file that only the user can read, and
 *   is worth nothing once used.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Path of the socket to the engine. */
const socketPath = '/pipe';
/** Path of the page that exchanges a one-time code for the session. */
export const entrancePath = '/enter';

/** Why a request is refused. */
interface Refusal {
  status: 400 | 403 | 421;
  text: string;
}

export interface Guard {
  /**
   * A new one-time code; it opens one browser. Older codes that nobody used stay valid, the oldest
   * of many do not.
   */
  newCode(): string;
  /** Exchange a code for the value of `Set-Cookie`; null for a code that is wrong or was used. */
  exchange(code: string): string | null;
  /** Why the request may not even be looked at; null if it may. */
  refuse(request: IncomingMessage): Refusal | null;
  /** The request bears the session's cookie. */
  hasSession(request: IncomingMessage): boolean;
  /** Why the request may not open the socket to the engine; null if it may. */
  refuseSocket(request: IncomingMessage): Refusal | null;
  /** Sources for `connect-src`. */
  socketSources(): string[];
}

/** Codes that were made and not used. */
const maxCodes = 16;

export function createGuard(port: number): Guard {
  const session = randomBytes(24).toString('base64url');
  // Cookies are shared by all ports of a host: the name tells two servers apart.
  const cookie = `postrun-${port}`;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  let codes: string[] = [];

  const refuse = (request: IncomingMessage): Refusal | null => {
    const { host, origin, 'sec-fetch-site': site } = request.headers;
    if (!hosts.includes(host ?? '') || request.headersDistinct.host?.length !== 1)
      return { status: 421, text: 'This server answers to 127.0.0.1 only.\n' };
    if (origin !== undefined && origin !== `http://${host}`) {
      return { status: 403, text: 'Another page asks. Only the own page of Postrun may.\n' };
    }
    const path = pathOf(request);
    if (path === null) return { status: 400, text: 'The address cannot be read.\n' };
    const isForeign = site === 'cross-site' || site === 'same-site';
    if (isForeign && path !== entrancePath) {
      return { status: 403, text: 'A link on another page leads here. Open Postrun by its own address.\n' };
    }
    return null;
  };
  const hasSession = (request: IncomingMessage): boolean => {
    const values = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
    return values.some((pair) => isSame(pair, `${cookie}=${session}`));
  };

  return {
    newCode() {
      const code = randomBytes(24).toString('base64url');
      codes = [...codes.slice(1 - maxCodes), code];
      return code;
    },
    exchange(code) {
      const found = codes.find((one) => isSame(code, one));
      if (found === undefined) return null;
      codes = codes.filter((one) => one !== found);
      return `${cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    refuse,
    hasSession,
    refuseSocket(request) {
      const refusal = refuse(request);
      if (refusal !== null) return refusal;
      // A browser always says where a socket comes from. The page's own programs (tests, scripts)
      // must say it too.
      const isOwn = request.headers.origin !== undefined && pathOf(request) === socketPath && hasSession(request);
      return isOwn ? null : { status: 403, text: 'Only a page with a session may connect.\n' };
    },
    socketSources: () => hosts.map((host) => `ws://${host}`),
  };
}

/**
 * The path that a request asks for, without its query; null where its target is no path. Never
 * throws.
 */
export function pathOf(request: IncomingMessage): string | null {
  const target = request.url ?? '';
  if (!target.startsWith('/')) return null;
  return target.split(/[?#]/, 1)[0] ?? null;
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
