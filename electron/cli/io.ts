/** Everything outside the command line that it touches, so that a test can replace it. */
import type { Readable, Writable } from 'node:stream';
import type { EngineHost } from '../host/engine-host.ts';

export interface Io {
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Keyboard input of the person; absent in tests. */
  stdin?: Readable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** `formats`: folders with custom formats. */
  startEngine(dataDir: string, formats?: readonly string[]): EngineHost;
  /** Listens for Ctrl-C or SIGTERM; returns the function that stops listening. */
  onInterrupt(listener: () => void): () => void;
}

/** Exit statuses, the same as grep's where grep has one. */
export const exitStatus = { done: 0, nothingFound: 1, error: 2, interrupted: 130 } as const;
