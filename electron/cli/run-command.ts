/** Runs the work of a command with its output. The work's result is the exit status. */
import type { Io } from './io.ts';
import type { Output } from './output.ts';

export type RunCommand = (work: (context: { io: Io; out: Output }) => Promise<number>) => Promise<void>;
