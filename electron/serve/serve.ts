/** The browser shell: the same page and the same engine as the desktop app, over HTTP and a WebSocket on loopback. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { PostrunError } from '../contract/errors.ts';
import { type Assets, findAsset, loadAssets, securityHeaders } from '../host/assets.ts';
import { type EngineHost, startEngineHost } from '../host/engine-host.ts';
import { relay } from '../host/relay.ts';
import { createGuard, type Guard } from './guard.ts';
import { socketPipe } from './socket-pipe.ts';

export interface ServeOptions {
  /** What the page opens: a folder, a zip or a case. Without it the page asks. */
  path?: string;
  /** 0 or absent: any free port. */
  port?: number;
  dataDir: string;
  /** Other engine or page than the usual ones, for tests. */
  startEngine?: () => EngineHost;
  assets?: Assets;
}

export interface RunningServer {
  /** Address to open, token included. */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** A request is a few ids and a filter; a query may be 100,000 characters. */
const maxMessageBytes = 4 * 1024 * 1024;

/** Serve the app on 127.0.0.1 until closed. All windows share one engine, started with the first and again if it died. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const assets = options.assets ?? loadAssets();
  const startEngine = options.startEngine ?? (() => startEngineHost({ dataDir: options.dataDir }));
  let engine: EngineHost | null = null;
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const guard = createGuard(port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });

  server.on('request', (request, response) => respond(assets, guard, request, response));
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy());
    if (!guard.mayConnect(request)) {
      connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, connection, head, (socket) => {
      if (engine === null || engine.failure() !== null) engine = startEngine();
      relay(socketPipe(socket), engine.connect('browser'));
    });
  });

  const query = new URLSearchParams({ token: guard.token });
  if (options.path !== undefined) query.set('path', options.path);
  return {
    url: `http://127.0.0.1:${port}/?${query}`,
    port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await engine?.close();
    },
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const message = isTaken
        ? `Port ${port} cannot be used. Choose another with --port, or leave --port out for any free one.`
        : `No port could be opened on 127.0.0.1. ${error.message}`;
      reject(new PostrunError('environment', isTaken ? 'port_in_use' : 'no_port', message, { cause: error }));
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function respond(assets: Assets, guard: Guard, request: IncomingMessage, response: ServerResponse): void {
  const { status, type, body } = answer(assets, guard, request);
  response.writeHead(status, {
    ...securityHeaders(guard.socketSources()),
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function answer(
  assets: Assets,
  guard: Guard,
  request: IncomingMessage,
): { status: number; type: string; body: Uint8Array | string } {
  const text = 'text/plain; charset=utf-8';
  if (!guard.isOwnHost(request)) return { status: 421, type: text, body: 'This server answers to 127.0.0.1 only.\n' };
  if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, type: text, body: 'Only GET.\n' };
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  // Browsers ask on their own; a 404 would show as an error of the page.
  if (pathname === '/favicon.ico') return { status: 204, type: 'image/png', body: '' };
  const asset = findAsset(assets, pathname);
  return asset === null ? { status: 404, type: text, body: 'Not found.\n' } : { status: 200, ...asset };
}
