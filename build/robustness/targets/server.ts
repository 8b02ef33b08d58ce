/**
 * The browser shell: damaged requests and messages, with and without the session. The server
 * survives and answers the next valid one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { Random } from '../../../electron/sample/random.ts';
import { serve } from '../../../electron/serve/serve.ts';
import { mutateBytes, mutateText } from '../mutate.ts';
import { Broken, type FuzzTarget } from './target.ts';

const REQUESTS = [
  'GET / HTTP/1.1\r\nHost: HOST\r\n\r\n',
  'GET /pipe HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  'POST /enter HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nContent-Length: 5\r\n\r\nabcde',
  'POST /download HTTP/1.1\r\nHost: HOST\r\nCookie: COOKIE\r\nOrigin: http://HOST\r\nContent-Length: 45\r\n\r\n{"command":"listing.save","params":{},"name":"x"}',
  'GET //[::1]:x/../%00%ff?a=b#c HTTP/1.0\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n',
];

const MESSAGES = [
  '{"type":"request","id":1,"command":"case.recent","params":{}}',
  '{"type":"request","id":2,"command":"source.inspect","params":{"path":"/nowhere"}}',
  '{"type":"cancel","id":1}',
];

export async function createServerTarget(): Promise<FuzzTarget> {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-fuzz-'));
  const server = await serve({ dataDir: dir });
  const host = `127.0.0.1:${server.port}`;
  const origin = `http://${host}`;
  const code = new URL(server.newAddress()).hash.slice(1);
  const entered = await fetch(`${origin}/enter`, { method: 'POST', headers: { origin }, body: code });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const send = (bytes: Buffer) =>
    new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.end(bytes));
      socket.setTimeout(2_000, () => socket.destroy());
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.on('close', () => resolve());
    });
  const speak = (random: Random) =>
    new Promise<void>((resolve) => {
      const socket = new WebSocket(`ws://${host}/pipe`, { origin, headers: { cookie } });
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
      socket.on('open', () => {
        for (let k = 0; k < 5; k++)
          socket.send(mutateText(random, random.pick(MESSAGES)), { binary: random.chance(0.1) });
        setTimeout(() => socket.close(), 20);
      });
    });
  return {
    async attack(random) {
      const request = random.pick(REQUESTS).replaceAll('HOST', host).replaceAll('COOKIE', cookie);
      const bytes = random.chance(0.5)
        ? Buffer.from(mutateText(random, request))
        : mutateBytes(random, Buffer.from(request));
      await send(bytes);
      if (random.chance(0.3)) await speak(random);
      const alive = await fetch(origin, { headers: { cookie } }).catch((error: unknown) => String(error));
      if (typeof alive === 'string' || alive.status !== 200)
        throw new Broken(`the server does not answer: ${alive}`, bytes);
      await alive.arrayBuffer();
    },
    async close() {
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
