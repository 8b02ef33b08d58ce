import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { EngineHost } from '../host/engine-host.ts';
import { createEngineServer } from '../host/engine-server.ts';
import { makePipe } from '../host/make-pipe.ts';
import { memoryPipePair } from '../host/memory-pipe.ts';
import { contractSuite } from '../host/testing/contract-suite.ts';
import { createFakeEngine } from '../host/testing/fake-engine.ts';
import { type RunningServer, serve } from './serve.ts';

const assets = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', body: Buffer.from('<title>Postrun</title>') }],
  ['/app.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('1') }],
]);

function fakeHost(): EngineHost {
  const server = createEngineServer(createFakeEngine);
  return {
    connect(who) {
      const [client, engineEnd] = memoryPipePair();
      server.connect(engineEnd, who);
      return client;
    },
    failure: () => null,
    close: () => server.close(),
  };
}

const start = (path?: string) => serve({ path, dataDir: '', startEngine: fakeHost, assets });

function socketUrl(server: RunningServer): string {
  const url = new URL('/pipe', server.url.replace('http:', 'ws:'));
  url.searchParams.set('token', new URL(server.url).searchParams.get('token') ?? '');
  return url.href;
}

contractSuite('a WebSocket', async () => {
  const server = await start();
  const socket = new WebSocket(socketUrl(server), { origin: `http://127.0.0.1:${server.port}` });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const end = makePipe({ post: (message) => socket.send(JSON.stringify(message)), close: () => socket.close() });
  socket.on('message', (data) => end.receive(JSON.parse(String(data))));
  socket.on('close', end.closed);
  return { pipe: end.pipe, stop: () => server.close() };
});

describe('the server', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await start('/logs/a run.zip');
  });
  afterAll(() => server.close());

  const get = (path: string, options: { method?: string; host?: string } = {}) =>
    new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      const headers = options.host === undefined ? {} : { host: options.host };
      const call = request({ port: server.port, path, method: options.method, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      call.once('error', reject);
      call.end();
    });
  const connectStatus = (url: string, origin: string | undefined, host?: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(url, { origin, headers: host === undefined ? {} : { host } });
      socket.once('open', () => {
        socket.close();
        resolve('open');
      });
      socket.once('error', (error) => resolve(error.message));
    });

  test('serves the page with a policy that lets nothing else in', async () => {
    const page = await get('/?token=x');
    expect(page.status).toBe(200);
    expect(page.body).toBe('<title>Postrun</title>');
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        `connect-src 'self' ws://127.0.0.1:${server.port} ws://localhost:${server.port}; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
  });

  test('has no files but the assets', async () => {
    expect((await get('/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/app.js/', '/etc/passwd']) {
      expect((await get(path)).status).toBe(404);
    }
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  test('refuses a name that is not its own (DNS rebinding)', async () => {
    expect((await get('/', { host: `evil.example:${server.port}` })).status).toBe(421);
    expect((await get('/', { host: `localhost:${server.port}` })).status).toBe(200);
  });

  test('opens the socket only for its own page with the token', async () => {
    const good = socketUrl(server);
    const origin = `http://127.0.0.1:${server.port}`;
    expect(await connectStatus(good, origin)).toBe('open');
    expect(await connectStatus(good.replace(/token=.*/, 'token=wrong'), origin)).toMatch(/403/);
    expect(await connectStatus(good.replace(/\?.*/, ''), origin)).toMatch(/403/);
    expect(await connectStatus(good, 'http://evil.example')).toMatch(/403/);
    expect(await connectStatus(good, `http://127.0.0.1:${server.port + 1}`)).toMatch(/403/);
    expect(await connectStatus(good, undefined)).toMatch(/403/);
    expect(await connectStatus(good, 'http://evil.example', 'evil.example')).toMatch(/403/);
    expect(await connectStatus(good.replace('/pipe', '/other'), origin)).toMatch(/403/);
  });

  test('hands the path to the page in its address', () => {
    expect(new URL(server.url).searchParams.get('path')).toBe('/logs/a run.zip');
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
  });

  test('a port that is taken is an error that says what to do', async () => {
    const second = serve({ port: server.port, dataDir: '', startEngine: fakeHost, assets });
    await expect(second).rejects.toMatchObject({ code: 'port_in_use', message: expect.stringContaining('--port') });
  });
});
