import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { EngineHost } from '../host/engine-host.ts';
import { createEngineServer } from '../host/engine-server.ts';
import { makePipe } from '../host/make-pipe.ts';
import { contractSuite } from '../host/testing/contract-suite.ts';
import { createFakeEngine } from '../host/testing/fake-engine.ts';
import { memoryPipePair } from '../host/testing/memory-pipe.ts';
import { handOver } from './hand-over.ts';
import { type RunningServer, serve } from './serve.ts';

const assets = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', body: Buffer.from('<title>Postrun</title>') }],
  ['/app.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('1') }],
]);

const paths: string[] = [];

function fakeHost(): EngineHost {
  const server = createEngineServer((emit) => {
    const engine = createFakeEngine(emit);
    return {
      ...engine,
      handlers: {
        ...engine.handlers,
        'case.export': ({ path }) => {
          paths.push(path);
          writeFileSync(path, 'a portable case', { flag: 'wx' });
          return null;
        },
      },
    };
  });
  return {
    connect(who, right) {
      const [client, engineEnd] = memoryPipePair();
      server.connect(engineEnd, who, right);
      return client;
    },
    failure: () => null,
    close: () => server.close(),
  };
}

const start = (path?: string, idleMs: number | null = null) =>
  serve({ path, dataDir: '', startEngine: fakeHost, assets, idleMs });

interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Send a request as a browser would, or as it would not. */
function ask(server: RunningServer, path: string, options: Ask = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const call = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    call.once('error', reject);
    call.end(body);
  });
}
interface Ask {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

const originOf = (server: RunningServer) => `http://127.0.0.1:${server.port}`;
const codeOf = (address: string) => new URL(address).hash.slice(1);
const enter = (server: RunningServer, code: string, headers: Record<string, string> = {}) =>
  ask(server, '/enter', { method: 'POST', headers: { origin: originOf(server), ...headers }, body: code });

/** The session's cookie, got as a page gets it. */
async function cookieOf(server: RunningServer): Promise<string> {
  const reply = await enter(server, codeOf(server.newAddress()));
  return String(reply.headers['set-cookie']).split(';')[0] ?? '';
}

/** Bytes as they are; what comes back until the server closes or `ms` have passed. */
function raw(server: RunningServer, bytes: string | Buffer, ms = 2_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(server.port, '127.0.0.1');
    let text = '';
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(text);
    };
    const timer = setTimeout(end, ms);
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', end);
    socket.on('close', end);
    socket.write(bytes);
  });
}

async function openSocket(server: RunningServer): Promise<WebSocket> {
  const headers = { cookie: await cookieOf(server) };
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/pipe`, { origin: originOf(server), headers });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

contractSuite('a WebSocket', async () => {
  const server = await start();
  const socket = await openSocket(server);
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

  const isAlive = async () => (await ask(server, '/')).status === 200;
  const connectStatus = (path: string, headers: Record<string, string>, origin?: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { origin, headers });
      socket.once('open', () => {
        socket.close();
        resolve('open');
      });
      socket.once('error', (error) => resolve(error.message));
    });

  test('serves the page with a policy that lets nothing else in', async () => {
    const page = await ask(server, '/?path=x');
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
    expect((await ask(server, '/app.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/app.js/', '/etc/passwd', '/download/x']) {
      expect((await ask(server, path)).status).toBe(404);
    }
    expect((await ask(server, '/', { method: 'POST' })).status).toBe(405);
  });

  test('refuses a name that is not its own (DNS rebinding), whatever else is asked', async () => {
    const host = `evil.example:${server.port}`;
    expect((await ask(server, '/', { headers: { host } })).status).toBe(421);
    expect((await ask(server, '/enter', { method: 'POST', headers: { host }, body: 'x' })).status).toBe(421);
    expect((await ask(server, '/', { headers: { host: `localhost:${server.port}` } })).status).toBe(200);
  });

  test('refuses other pages: by Origin, and by what the browser says of a link or an image', async () => {
    expect((await ask(server, '/', { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await ask(server, '/', { headers: { origin: 'null' } })).status).toBe(403);
    for (const site of ['cross-site', 'same-site']) {
      expect((await ask(server, '/app.js', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
      expect((await ask(server, '/?path=/etc', { headers: { 'sec-fetch-site': site } })).status).toBe(403);
      expect((await ask(server, '/enter', { headers: { 'sec-fetch-site': site } })).status).toBe(200);
    }
    expect((await ask(server, '/', { headers: { 'sec-fetch-site': 'none' } })).status).toBe(200);
  });

  test('a code opens one browser once, for a cookie that no script and no other site gets', async () => {
    const code = codeOf(server.newAddress());
    const first = await enter(server, code);
    expect(first.status).toBe(200);
    expect(JSON.parse(first.body)).toEqual({ start: '/?path=%2Flogs%2Fa+run.zip' });
    expect(String(first.headers['set-cookie'])).toMatch(
      new RegExp(`^postrun-${server.port}=[\\w-]{32}; HttpOnly; SameSite=Strict; Path=/$`),
    );
    expect((await enter(server, code)).status).toBe(403);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    // The same browser, which follows the old address again, is let in.
    expect((await enter(server, code, { cookie })).status).toBe(200);
    for (const wrong of ['', 'x', code.slice(1), 'é'.repeat(32)]) expect((await enter(server, wrong)).status).toBe(403);
    expect((await enter(server, 'x'.repeat(10_000))).status).toBe(413);
  });

  test('a code needs the own page', async () => {
    const code = codeOf(server.newAddress());
    expect((await ask(server, '/enter', { method: 'POST', body: code })).status).toBe(403);
    expect((await enter(server, code, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await enter(server, code)).status).toBe(200);
  });

  test('guessing codes is slowed down', async () => {
    const replies = [];
    for (let k = 0; k < 40; k++) replies.push((await enter(server, `guess${k}`)).status);
    expect(replies.at(-1)).toBe(429);
    expect((await enter(server, codeOf(server.newAddress()))).status).toBe(200);
  });

  test('opens the socket only for its own page with the session', async () => {
    const cookie = await cookieOf(server);
    const origin = originOf(server);
    expect(await connectStatus('/pipe', { cookie }, origin)).toBe('open');
    expect(await connectStatus('/pipe', { cookie: `a=b; ${cookie}` }, origin)).toBe('open');
    expect(await connectStatus('/pipe', {}, origin)).toMatch(/403/);
    expect(await connectStatus('/pipe', { cookie: `${cookie}x` }, origin)).toMatch(/403/);
    expect(await connectStatus('/pipe', { cookie }, 'http://evil.example')).toMatch(/403/);
    expect(await connectStatus('/pipe', { cookie }, `http://127.0.0.1:${server.port + 1}`)).toMatch(/403/);
    expect(await connectStatus('/pipe', { cookie }, undefined)).toMatch(/403/);
    expect(await connectStatus('/pipe', { cookie, host: 'evil.example' }, 'http://evil.example')).toMatch(/421/);
    expect(await connectStatus('/other', { cookie }, origin)).toMatch(/403/);
    expect(await connectStatus(`/pipe?token=${cookie}`, {}, origin)).toMatch(/403/);
  });

  const host = () => `Host: 127.0.0.1:${server.port}\r\n`;
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  test('lives after any malformed request, with or without an upgrade', async () => {
    const targets = [
      '//',
      '//[',
      '/\\/',
      'http://[',
      'http://',
      '*',
      '/%',
      '/%00',
      '/?%zz',
      'x',
      '///',
      '/\u00ff',
      '[',
      '/pipe#',
      `/${'a'.repeat(20_000)}`,
    ];
    for (const target of targets) {
      for (const extra of ['', upgrade, `${upgrade}Sec-WebSocket-Key: x\r\nSec-WebSocket-Version: 99\r\n`]) {
        const said = await raw(server, `GET ${target} HTTP/1.1\r\n${host()}Connection: close\r\n${extra}\r\n`);
        expect(said, target).toMatch(/^HTTP\/1\.1 [24]\d\d /);
      }
    }
    const broken = [
      'nonsense\r\n\r\n',
      '\0\0\0\0\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\n${host()}Bad Header\r\n\r\n`,
      `GET / HTTP/1.1\r\n${host()}X: ${'y'.repeat(100_000)}\r\n\r\n`,
      `POST /enter HTTP/1.1\r\n${host()}Content-Length: -1\r\n\r\n`,
      `POST /enter HTTP/1.1\r\n${host()}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n`,
      `POST /enter HTTP/1.1\r\n${host()}Origin: ${originOf(server)}\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`,
      'GET / HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\n${host()}${host()}\r\n`,
    ];
    for (const bytes of broken) {
      expect(await raw(server, bytes), bytes.slice(0, 60)).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(await isAlive()).toBe(true);
    }
    await raw(server, 'CONNECT evil.example:443 HTTP/1.1\r\n\r\n', 200);
    await raw(server, Buffer.from('160301020001000001fc0303', 'hex'), 200);
    await raw(server, `GET /pipe HTTP/1.1\r\n${host()}`, 50);
    await raw(server, '', 50);
    expect(await isAlive()).toBe(true);
  });

  test('lives after any malformed frame or message', async () => {
    const frames = [
      '8800',
      '81feffff',
      'ff00',
      '8f0000',
      '81ff7fffffffffffffff00000000',
      '8000',
      '0100',
      '890100',
      'c100',
      '81830000000000ff',
    ];
    for (const frame of frames) {
      const socket = await openSocket(server);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {});
      (socket as unknown as { _socket: { write(bytes: Buffer): void } })._socket.write(Buffer.from(frame, 'hex'));
      socket.close();
      socket.terminate();
      await closed;
      expect(await isAlive()).toBe(true);
    }
    const closing = async (message: string | Buffer) => {
      const socket = await openSocket(server);
      const code = new Promise((resolve) => socket.once('close', resolve));
      socket.on('error', () => {});
      socket.send(message);
      return code;
    };
    expect(await closing('{')).toBe(1007);
    expect(await closing(Buffer.from([1, 2, 3]))).toBe(1007);
    expect(await closing('x'.repeat(5 * 1024 * 1024))).toBe(1009);
    const socket = await openSocket(server);
    for (const odd of [
      'null',
      '7',
      '"x"',
      '[]',
      '{"type":"request"}',
      '{"type":"request","id":"x"}',
      '{"type":"cancel","id":{}}',
      '{"__proto__":{"type":"request"}}',
    ]) {
      socket.send(odd);
    }
    const reply = new Promise<string>((resolve) => socket.once('message', (data) => resolve(String(data))));
    socket.send(JSON.stringify({ type: 'request', id: 1, command: '__proto__', params: { ['__proto__']: 1 } }));
    expect(JSON.parse(await reply)).toMatchObject({ id: 1, reply: { ok: false, error: { code: 'unknown_command' } } });
    socket.close();
  });

  test('a flood of messages waits, and is answered in the end', async () => {
    const socket = await openSocket(server);
    const answered = new Set<number>();
    socket.on('message', (data) => answered.add((JSON.parse(String(data)) as { id: number }).id));
    for (let id = 1; id <= 5_000; id++) {
      socket.send(JSON.stringify({ type: 'request', id, command: 'case.recent', params: {} }));
    }
    await expect.poll(() => answered.size).toBe(5_000);
    socket.close();
  });

  test('a page writes no path of its own, but gets a download', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'postrun-serve-test-'));
    const victim = join(dir, '.bashrc');
    writeFileSync(victim, 'mine');
    const socket = await openSocket(server);
    const call = (command: string, params: unknown) =>
      new Promise<unknown>((resolve) => {
        socket.once('message', (data) => resolve((JSON.parse(String(data)) as { reply: unknown }).reply));
        socket.send(JSON.stringify({ type: 'request', id: 1, command, params }));
      });
    for (const path of [victim, join(dir, 'new.postrun')]) {
      expect(await call('case.export', { caseId: 'a', path, force: true })).toMatchObject({
        ok: false,
        error: { code: 'not_named' },
      });
      expect(await call('report.save', { caseId: 'a', path, force: true, format: 'html', options: {} })).toMatchObject({
        ok: false,
        error: { code: 'not_named' },
      });
    }
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    socket.close();

    const headers = { origin: originOf(server), cookie: await cookieOf(server) };
    const post = (value: unknown, more: Record<string, string> = headers) =>
      ask(server, '/download', { method: 'POST', headers: more, body: JSON.stringify(value) });
    const wish = {
      command: 'case.export',
      params: { caseId: 'a', path: victim, force: true },
      name: '../../.bash\u0000rc',
    };
    expect((await post(wish, { origin: headers.origin })).status).toBe(403);
    expect((await post(wish, { cookie: headers.cookie })).status).toBe(403);
    expect((await post({ ...wish, command: 'case.close' })).status).toBe(422);
    expect((await post(7)).status).toBe(422);
    const made = await post(wish);
    expect(made.status, made.body).toBe(200);
    const { address, bytes } = JSON.parse(made.body) as { address: string; bytes: number };
    expect(bytes).toBe(15);
    expect(paths.at(-1)?.startsWith(join(tmpdir(), 'postrun-download-'))).toBe(true);
    expect((await ask(server, address)).status).toBe(404);
    const got = await ask(server, address, { headers: { cookie: headers.cookie } });
    expect(got.body).toBe('a portable case');
    expect(got.headers['content-disposition']).toBe("attachment; filename*=UTF-8''.bash_rc");
    await expect.poll(() => existsSync(paths.at(-1) ?? '')).toBe(false);
    expect((await ask(server, address, { headers: { cookie: headers.cookie } })).status).toBe(404);
    expect(readFileSync(victim, 'utf8')).toBe('mine');
    rmSync(dir, { recursive: true });
  });

  test('what is handed to the browser holds no code, and only the user can read the file', () => {
    const url = `${server.newAddress()}#/logs?a="<b>&c`;
    const handed = handOver(url);
    const file = fileURLToPath(handed.address);
    expect(handed.address).not.toContain(codeOf(url).slice(0, 32));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(file, '..')).mode & 0o777).toBe(0o700);
    expect(readFileSync(file, 'utf8')).toContain(codeOf(url).slice(0, 32));
    expect(readFileSync(file, 'utf8')).not.toContain('"<b>');
    handed.remove();
    expect(existsSync(file)).toBe(false);
  });

  test('hands the path to the page in its address', () => {
    expect(new URL(server.url).searchParams.get('path')).toBe('/logs/a run.zip');
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(server.url).not.toMatch(/token|code/);
  });

  test('a port that is taken is an error that says what to do', async () => {
    const second = serve({ port: server.port, dataDir: '', startEngine: fakeHost, assets });
    await expect(second).rejects.toMatchObject({ code: 'port_in_use', message: expect.stringContaining('--port') });
  });
});

test('it ends when the last window has been closed for a while, and not while one is open or before one was', async () => {
  const server = await start(undefined, 50);
  let isIdle = false;
  void server.idle.then(() => {
    isIdle = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const [first, second] = [await openSocket(server), await openSocket(server)];
  first.close();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isIdle).toBe(false);
  second.close();
  await server.idle;
  await server.close();
});
