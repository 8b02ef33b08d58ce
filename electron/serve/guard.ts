/**
 * Who may speak to the server. It listens on loopback only, but every page in the person's browser and every account of the
 * machine can reach that, so:
 * - `Host` must name this server: a foreign name that was rebound to 127.0.0.1 is refused;
 * - the socket's `Origin` must be this server's page: other pages are refused;
 * - the socket bears a random token that only the address printed at the start holds. It stays in the address, so that the
 *   page can be reloaded, is worth nothing once the server ends, and is sent nowhere else (`no-referrer`). The page's files,
 *   which are no secret, need none.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Guard {
  token: string;
  /** `Host` is one of this server's own names. */
  isOwnHost(request: IncomingMessage): boolean;
  /** The request may open the socket to the engine. */
  mayConnect(request: IncomingMessage): boolean;
  /** Sources for `connect-src`. */
  socketSources(): string[];
}

/** Path of the socket to the engine. */
export const socketPath = '/pipe';

export function createGuard(port: number): Guard {
  const token = randomBytes(24).toString('base64url');
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const isOwnHost = (request: IncomingMessage) => hosts.includes(request.headers.host ?? '');
  return {
    token,
    isOwnHost,
    mayConnect(request) {
      const url = new URL(request.url ?? '', 'http://localhost');
      return (
        isOwnHost(request) &&
        request.headers.origin === `http://${request.headers.host}` &&
        url.pathname === socketPath &&
        isSame(url.searchParams.get('token') ?? '', token)
      );
    },
    socketSources: () => hosts.map((host) => `ws://${host}`),
  };
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
