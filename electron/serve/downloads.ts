/**
 * Downloads are the only way in which a page in a browser writes a file. The page names a command
 * that saves, the server runs it into a folder of its own, and the page fetches the result once. So
 * no page ever chooses a path on this machine.
 */
import { randomBytes } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { EngineClient } from '../contract/client.ts';
import { savingCommands } from '../contract/contract.ts';
import { PostrunError } from '../contract/errors.ts';

const requestSchema = z.object({
  command: z.enum(savingCommands),
  params: z.record(z.string(), z.unknown()),
  /** Name that the file gets; a name only, no path. */
  name: z.string().min(1).max(200),
});

export interface Downloads {
  /** Run a saving command; resolves to the address of the result. Throws {@link PostrunError}. */
  prepare(request: unknown): Promise<{ address: string; bytes: number }>;
  /** Send a prepared file and forget it; false where there is none of this address. */
  send(path: string, headers: Record<string, string>, response: ServerResponse): boolean;
  close(): void;
}

/** Results that nobody fetched. */
const maxWaiting = 8;
const waitMs = 10 * 60_000;
const prefix = '/download/';

export function createDownloads(client: () => EngineClient): Downloads {
  const waiting = new Map<string, { dir: string; file: string; name: string; timer: NodeJS.Timeout }>();
  const forget = (id: string) => {
    const found = waiting.get(id);
    if (found === undefined) return;
    clearTimeout(found.timer);
    waiting.delete(id);
    rmSync(found.dir, { recursive: true, force: true });
  };

  return {
    async prepare(raw) {
      const checked = requestSchema.safeParse(raw);
      if (!checked.success) {
        const issue = checked.error.issues[0];
        throw new PostrunError('bug', 'bad_request', `download: ${issue?.path.join('.')}: ${issue?.message}`);
      }
      const { command, params, name } = checked.data;
      const safe = safeName(name);
      // Only this account can look into it.
      const dir = mkdtempSync(join(tmpdir(), 'postrun-download-'));
      const file = join(dir, safe);
      try {
        // The engine checks the parameters of the command.
        await client().call(command, { ...params, path: file, force: false } as never);
        const bytes = statSync(file).size;
        const id = randomBytes(16).toString('base64url');
        const timer = setTimeout(() => forget(id), waitMs);
        timer.unref();
        waiting.set(id, { dir, file, name: safe, timer });
        for (const oldest of [...waiting.keys()].slice(0, -maxWaiting)) forget(oldest);
        return { address: prefix + id, bytes };
      } catch (error) {
        rmSync(dir, { recursive: true, force: true });
        throw error;
      }
    },
    send(path, headers, response) {
      const id = path.startsWith(prefix) ? path.slice(prefix.length) : '';
      const found = waiting.get(id);
      if (found === undefined) return false;
      response.writeHead(200, {
        ...headers,
        'Content-Type': 'application/octet-stream',
        'Content-Length': statSync(found.file).size,
        'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.name)}`,
      });
      const stream = createReadStream(found.file);
      stream.once('error', () => response.destroy());
      response.once('close', () => {
        stream.destroy();
        forget(id);
      });
      stream.pipe(response);
      return true;
    },
    close() {
      for (const id of [...waiting.keys()]) forget(id);
    },
  };
}

/** A file name without a folder, control characters, or what a file system refuses. */
function safeName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const bare = last.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069<>:"|?*]/g, '_').toWellFormed();
  return /^\.*$/.test(bare) ? 'postrun' : bare;
}
