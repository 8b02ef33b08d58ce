/** The command line run within a test: what it printed and how it ended. */

import { Writable } from 'node:stream';
import type { Io } from '../io.ts';
import { runCli } from '../program.ts';

export interface Ran {
  status: number;
  stdout: string;
  stderr: string;
}

export interface CaptureOptions {
  isTerminal?: boolean;
  /** Presses Ctrl-C after this many milliseconds. */
  interruptAfter?: number;
  /** The reader leaves after the first chunk. */
  readerLeaves?: boolean;
}

/** Runs one command line with an engine that the test provides. */
export async function captureCli(
  argv: string[],
  startEngine: Io['startEngine'],
  options: CaptureOptions = {},
): Promise<Ran> {
  const stdout = sink(options.readerLeaves === true);
  const stderr = sink(false);
  const status = await runCli(
    argv,
    {
      stdout: Object.assign(stdout.stream, { isTTY: options.isTerminal === true, columns: 100 }),
      stderr: Object.assign(stderr.stream, { isTTY: false, columns: 100 }),
      env: {},
      startEngine,
      onInterrupt(listener) {
        if (options.interruptAfter === undefined) return () => {};
        const timer = setTimeout(listener, options.interruptAfter);
        return () => clearTimeout(timer);
      },
    },
    '1.2.3',
  );
  return { status, stdout: await stdout.text(), stderr: await stderr.text() };
}

function sink(leaves: boolean) {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    highWaterMark: 1024,
    write(chunk: string, _encoding, done) {
      if (leaves && chunks.length > 0) {
        return done(Object.assign(new Error('the reader is gone'), { code: 'EPIPE' }));
      }
      chunks.push(chunk);
      setImmediate(done);
    },
  });
  const text = async () => {
    if (!stream.destroyed) await new Promise<void>((resolve) => stream.end(resolve));
    return chunks.join('');
  };
  return { stream, text };
}
