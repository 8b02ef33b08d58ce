/**
 * The app's own log: what main and engine print, in rotating files of the data folder, for when
 * something goes wrong. It holds no line of any run, and nothing of it leaves the machine.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { createStream } from 'rotating-file-stream';

export interface AppLog {
  /** The file being written. */
  file: string;
  write(who: string, text: string): void;
  /** Returns the last lines that `who` wrote, oldest first. */
  tail(who: string, lines: number): string[];
}

const fileName = 'postrun.log';
const kept = { size: '2M', maxFiles: 4 } as const;
/** Lines of each writer kept in memory, for notices. */
const mostTail = 50;

/** Creates the log below `folder`. If it cannot be written, the app carries on without it. */
export function createAppLog(folder: string, now = () => new Date()): AppLog {
  mkdirSync(folder, { recursive: true });
  const stream = createStream(fileName, { path: folder, ...kept });
  stream.on('error', () => {});
  stream.on('warning', () => {});
  const tails = new Map<string, string[]>();
  return {
    file: join(folder, fileName),
    write(who, text) {
      for (const line of text.split(/\r?\n/)) {
        if (line.trim() === '') continue;
        stream.write(`${now().toISOString()} ${who}: ${line}\n`);
        const tail = tails.get(who) ?? [];
        tail.push(line);
        if (tail.length > mostTail) tail.shift();
        tails.set(who, tail);
      }
    },
    tail: (who, lines) => (tails.get(who) ?? []).slice(-lines),
  };
}

/** Copies everything that this process prints to the log. */
export function captureConsole(log: AppLog): void {
  const tee =
    (print: (...values: unknown[]) => void) =>
    (...values: unknown[]) => {
      print(...values);
      log.write('main', format(...values));
    };
  console.error = tee(console.error);
  console.warn = tee(console.warn);
}
