/** All that the command line touches of the world, so that a test can be the world. */
import type { Readable, Writable } from 'node:stream';
import type { EngineHost } from '../host/engine-host.ts';

/** All that the command line touches of the world, so that a test can be the world. */
export interface Io {
  stdout: Writable & { isTTY?: boolean; columns?: number };
  stderr: Writable & { isTTY?: boolean; columns?: number };
  /** Where a person types; absent in tests. */
  stdin?: Readable & { isTTY?: boolean };
  env: Record<string, string | undefined>;
  /** `formats`: folders with formats of one's own. */
  startEngine(dataDir: string, formats?: readonly string[]): EngineHost;
  /** Called on Ctrl-C or a polite kill; returns the function that stops listening. */
  onInterrupt(listener: () => void): () => void;
}

/** Exit statuses, grep's where they say something. */
export const exitStatus = { done: 0, nothingFound: 1, error: 2, interrupted: 130 } as const;
