/**
 * The browser shell: the same page and the same engine as the desktop app, over HTTP and a
 * WebSocket on loopback. Whatever a client sends is answered with an error at worst; no event of
 * the server lets an exception through.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { createClient, type EngineClient } from '../contract/client.ts';
import { PostrunError, toErrorInfo } from '../contract/errors.ts';
import { type Assets, findAsset, loadAssets, securityHeaders } from '../host/assets.ts';
import { type EngineHost, startEngineHost } from '../host/engine-host.ts';
import { relay } from '../host/relay.ts';
import { createDownloads, type Downloads } from './downloads.ts';
import { entranceAssets, usedCode } from './entrance.ts';
import { createGuard, entrancePath, type Guard, pathOf } from './guard.ts';
import { readBody } from './read-body.ts';
import { socketPipe } from './socket-pipe.ts';

export interface ServeOptions {
  /** What the page opens: a folder, a zip or a case. Without it the page asks. */
  path?: string;
  /** 0 or absent: any free port. */
  port?: number;
  dataDir: string;
  /** End after the last window has been closed for so long; null never ends by itself. */
  idleMs?: number | null;
  /** Other engine or page than the usual ones, for tests. */
  startEngine?: () => EngineHost;
  assets?: Assets;
}

export interface RunningServer {
  /** Address of the app for a browser that has a session. */
  url: string;
  port: number;
  /** An address with a one-time code: it opens the app in one browser, once. */
  newAddress(): string;
  /** Resolves when the last window has been closed for the time given. */
  idle: Promise<void>;
  close(): Promise<void>;
}

/** A request is a few ids and a filter; a query may be 100,000 characters. */
const maxMessageBytes = 4 * 1024 * 1024;
const maxBodyBytes = 1024 * 1024;
const maxCodeBytes = 256;
const maxConnections = 128;
const maxWindows = 32;
/** Wrong codes a minute; a code has 192 bits, so this only bounds the noise. */
const maxWrongCodes = 30;

interface Shell {
  assets: Assets;
  guard: Guard;
  downloads: Downloads;
  start: string;
  /** Times of wrong codes within the last minute. */
  wrongCodes: number[];
}

/**
 * Serve the app on 127.0.0.1 until closed. All windows share one engine, started with the first and
 * again if it died.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const startEngine = options.startEngine ?? (() => startEngineHost({ dataDir: options.dataDir }));
  let engine: EngineHost | null = null;
  let client: EngineClient | null = null;
  const liveEngine = (): EngineHost => {
    if (engine === null || engine.failure() !== null) {
      engine = startEngine();
      client = null;
    }
    return engine;
  };
  const assets = options.assets ?? loadAssets();
  const server = createServer({ maxHeaderSize: 16 * 1024, connectionsCheckingInterval: 2_000 });
  server.maxConnections = maxConnections;
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.keepAliveTimeout = 5_000;
  const port = await listen(server, options.port ?? 0);
  const start = options.path === undefined ? '/' : `/?${new URLSearchParams({ path: options.path })}`;
  const shell: Shell = {
    assets: new Map([...assets, ...entranceAssets]),
    guard: createGuard(port),
    downloads: createDownloads(() => {
      const host = liveEngine();
      client ??= createClient(host.connect('downloads', 'anywhere'));
      return client;
    }),
    start,
    wrongCodes: [],
  };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  const idle = watchIdle(sockets, options.idleMs ?? null);

  server.on('request', (request, response) => {
    respond(shell, request, response).catch((error: unknown) => fail(response, error));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, connection: Duplex) => {
    if (error.code === 'ECONNRESET' || !connection.writable) connection.destroy();
    else
      refuse(
        connection,
        error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request',
      );
  });
  server.on('upgrade', (request: IncomingMessage, connection: Duplex, head: Buffer) => {
    connection.on('error', () => connection.destroy());
    try {
      const refusal = shell.guard.refuseSocket(request);
      if (refusal !== null) return refuse(connection, `${refusal.status} ${reasons[refusal.status]}`);
      if (sockets.clients.size >= maxWindows) return refuse(connection, '503 Service Unavailable');
      sockets.handleUpgrade(request, connection, head, (socket) => {
        idle.opened(socket);
        try {
          // A page writes nothing but downloads.
          relay(socketPipe(socket), liveEngine().connect('browser', 'nowhere'));
        } catch {
          socket.close(1011, 'The engine does not start');
        }
      });
    } catch {
      refuse(connection, '400 Bad Request');
    }
  });

  return {
    url: `http://127.0.0.1:${port}${start}`,
    port,
    newAddress: () => `http://127.0.0.1:${port}${entrancePath}#${shell.guard.newCode()}`,
    idle: idle.promise,
    async close() {
      idle.stop();
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      shell.downloads.close();
      client?.close();
      await engine?.close();
    },
  };
}

const reasons = { 400: 'Bad Request', 403: 'Forbidden', 421: 'Misdirected Request' };

function refuse(connection: Duplex, status: string): void {
  connection.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Tells when no window has been there for `idleMs`, once there was one. */
function watchIdle(sockets: WebSocketServer, idleMs: number | null) {
  let timer: NodeJS.Timeout | undefined;
  let end = () => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    promise,
    opened(socket: WebSocket) {
      clearTimeout(timer);
      socket.once('close', () => {
        clearTimeout(timer);
        if (idleMs !== null && sockets.clients.size === 0) timer = setTimeout(end, idleMs);
      });
    },
    stop: () => clearTimeout(timer),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE' || error.code === 'EACCES';
      const message = isTaken
        ? `Port ${port} cannot be used. Choose another with --port, or leave --port out for any free one.`
        : `No port could be opened on 127.0.0.1. ${error.message}`;
      reject(new PostrunError('environment', isTaken ? 'port_in_use' : 'no_port', message, { cause: error }));
    };
    server.once('error', onError);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError);
      // Out of descriptors: the connection is lost, the server is not.
      server.on('error', () => {});
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

interface Answer {
  status: number;
  type: string;
  body: Uint8Array | string;
  headers?: Record<string, string>;
}

const text = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body });
const json = (status: number, value: unknown, headers?: Record<string, string>): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(value),
  headers,
});

async function respond(shell: Shell, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const common = securityHeaders(shell.guard.socketSources());
  const path = pathOf(request);
  if (isAllowed(shell, request) && path !== null && shell.downloads.send(path, common, response)) return;
  const { status, type, body, headers } = await answer(shell, request, path);
  response.writeHead(status, {
    ...common,
    ...headers,
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    // What is left of a body that was not read must not be taken for the next request.
    ...(request.complete ? {} : { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The request is of the page itself and asks for something that needs the session. */
function isAllowed({ guard }: Shell, request: IncomingMessage): boolean {
  return guard.refuse(request) === null && request.method === 'GET' && guard.hasSession(request);
}

async function answer(shell: Shell, request: IncomingMessage, path: string | null): Promise<Answer> {
  const { guard, assets } = shell;
  const refusal = guard.refuse(request);
  if (refusal !== null) return text(refusal.status, refusal.text);
  if (request.method === 'POST' && path === entrancePath) return enter(shell, request);
  if (request.method === 'POST' && path === '/download') return download(shell, request);
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(405, 'Only GET.\n');
  // Browsers ask on their own; a 404 would show as an error of the page.
  if (path === '/favicon.ico') return { status: 204, type: 'image/png', body: '' };
  const asset = path === null ? null : findAsset(assets, path);
  return asset === null ? text(404, 'Not found.\n') : { status: 200, ...asset };
}

/** Exchange a one-time code; who has the session already is let in without one. */
async function enter(shell: Shell, request: IncomingMessage): Promise<Answer> {
  if (request.headers.origin === undefined) return text(403, 'Only the own page of Postrun may.\n');
  const start = { start: shell.start };
  const code = await readBody(request, maxCodeBytes);
  if (code === null) return text(413, 'Too long for a code.\n');
  const cookie = shell.guard.exchange(code);
  if (cookie !== null) return json(200, start, { 'Set-Cookie': cookie });
  if (shell.guard.hasSession(request)) return json(200, start);
  // Not the time of day, which can be set back.
  const now = performance.now();
  shell.wrongCodes = [...shell.wrongCodes.filter((at) => at > now - 60_000), now].slice(-maxWrongCodes - 1);
  return shell.wrongCodes.length > maxWrongCodes
    ? text(429, 'Too many wrong codes. Wait a minute.\n')
    : text(403, usedCode);
}

/**
 * Run a command that saves, for a page with a session; what it made is fetched from the address in
 * the reply.
 */
async function download(shell: Shell, request: IncomingMessage): Promise<Answer> {
  if (request.headers.origin === undefined || !shell.guard.hasSession(request)) {
    return text(403, 'Only a page with a session may.\n');
  }
  const body = await readBody(request, maxBodyBytes);
  if (body === null) return text(413, 'Too long a request.\n');
  try {
    return json(200, await shell.downloads.prepare(JSON.parse(body)));
  } catch (thrown) {
    const error =
      thrown instanceof SyntaxError ? new PostrunError('bug', 'bad_request', 'download: JSON expected') : thrown;
    return json(422, { error: toErrorInfo(error) });
  }
}

function fail(response: ServerResponse, _error: unknown): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(500, { 'Content-Length': 0, Connection: 'close' }).end();
}
