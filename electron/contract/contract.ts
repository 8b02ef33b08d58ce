/** The contract: one typed map of commands and one of events, whichever shell carries them. */
import type * as z from 'zod';
import { analysisCommands } from './analysis.ts';
import { type Command, coreCommands, type EngineEvents } from './commands.ts';
import { exportCommands } from './export.ts';
import { hitCommands } from './hits.ts';
import { listingCommands } from './listing.ts';
import { notebookCommands } from './notebook.ts';
import { readingCommands } from './reading.ts';
import { reportCommands } from './report.ts';
import { runsCommands } from './runs.ts';
import { sqlCommands } from './sql.ts';

/** Every command. A feature adds its group of commands here. */
export const commands = {
  ...coreCommands,
  ...analysisCommands,
  ...exportCommands,
  ...hitCommands,
  ...listingCommands,
  ...notebookCommands,
  ...readingCommands,
  ...reportCommands,
  ...runsCommands,
  ...sqlCommands,
} satisfies Record<string, Command>;

export type CommandName = keyof typeof commands;

/**
 * Commands that write a file of the caller's choosing, named by `path` in their parameters. A page
 * may call them only for a file that the person named in a dialog of the shell; in a browser, the
 * page gets a download instead. Add every new command that writes to this list (a test looks for
 * missing ones).
 */
export const savingCommands = [
  'report.save',
  'case.export',
  'listing.save',
  'export.save',
] as const satisfies readonly CommandName[];
export type SavingCommandName = (typeof savingCommands)[number];
export type CommandInput<Name extends CommandName> = z.input<(typeof commands)[Name]['params']>;
export type CommandParams<Name extends CommandName> = z.output<(typeof commands)[Name]['params']>;
export type CommandResult<Name extends CommandName> =
  NonNullable<(typeof commands)[Name]['result']> extends infer R
    ? null extends (typeof commands)[Name]['result']
      ? R | null
      : R
    : never;

export type EventName = keyof EngineEvents;
export type EventPayload<Name extends EventName> = EngineEvents[Name];

/** The part of AbortSignal that the contract uses, since it may name no platform type. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
  throwIfAborted(): void;
}

/**
 * Handlers that the engine implements, one per command. `signal` aborts when the caller cancels.
 */
export type Handlers = {
  [Name in CommandName]: (
    params: CommandParams<Name>,
    signal: CancelSignal,
  ) => CommandResult<Name> | Promise<CommandResult<Name>>;
};

/** Receives the engine's events. */
export type EmitEvent = <Name extends EventName>(name: Name, payload: EventPayload<Name>) => void;
