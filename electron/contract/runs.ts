/** Commands over many runs: find them below folders, and sum up each in one row. */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import type { FoundRun, RunList, RunSummary } from './runs-records.ts';

export const runsCommands = {
  /**
   * The runs below folders: folders of logs, and archives. Only names are read. Error `not_found`.
   */
  'runs.find': command<FoundRun[]>()(z.object({ paths: z.array(z.string().min(1)).min(1).max(1_000) })),
  /** An open case in one row. Errors: `no_case`, `not_complete`. */
  'runs.summary': command<RunSummary>()(z.object({ caseId: z.string().min(1) })),
  /** Every run indexed on this machine, the latest start first. */
  'runs.list': command<RunList>()(z.object({})),
} satisfies Record<string, Command>;
