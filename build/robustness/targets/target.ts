/**
 * A fuzz target is one boundary that hostile input crosses, with what must hold there for any
 * input: no exception except one that tells a person what is wrong, no fault of a parser, no figure
 * that nobody could believe, no line lost.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostrunError, toErrorInfo } from '../../../electron/contract/errors.ts';
import type { Random } from '../../../electron/sample/random.ts';
import { writeSample } from '../../../electron/sample/sample.ts';

export interface FuzzTarget {
  /** Tries one input drawn from `random`. Rejects if something that must hold does not. */
  attack(random: Random): Promise<void>;
  close(): Promise<void>;
}

/** Something that must hold does not; `input` broke it. */
export class Broken extends Error {
  readonly input: string | Buffer;
  constructor(message: string, input: string | Buffer) {
    super(message);
    this.name = 'Broken';
    this.input = input;
  }
}

/**
 * Decides whether an error tells a person what is wrong: the input's fault or the machine's, never
 * ours.
 */
export function isTold(error: unknown): boolean {
  return error instanceof PostrunError && error.kind !== 'bug';
}

export const words = (error: unknown) => {
  const { code, message, detail } = toErrorInfo(error);
  return `${code}: ${message}\n${detail ?? ''}`;
};

/** Writes a sample run to a separate folder, which `close` removes. */
export async function sampleRun(
  options: Parameters<typeof writeSample>[1],
): Promise<{ dir: string; run: string; close: () => void }> {
  const dir = mkdtempSync(join(tmpdir(), 'postrun-fuzz-'));
  const run = join(dir, 'run');
  await writeSample(run, options);
  return { dir, run, close: () => rmSync(dir, { recursive: true, force: true }) };
}
