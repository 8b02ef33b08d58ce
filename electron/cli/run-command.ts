/** How a command of the command line is run: with its output, and an exit status as its result. */
import type { Io } from './io.ts';
import type { Output } from './output.ts';

/** Runs the work of a command; its result is the exit status. */
export type RunCommand = (work: (context: { io: Io; out: Output }) => Promise<number>) => Promise<void>;
