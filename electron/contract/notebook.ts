/**
 * A notebook is what people add to a case: marked lines with notes, highlighted words, saved
 * searches. It lies beside the index, so that it survives a rebuild, and travels with a portable
 * case.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';

const markSchema = z.object({
  /** Path of the file within the run, which stays the same across rebuilds. */
  path: z.string().max(32_768),
  /** 1-based. */
  line: z.number().int().min(1),
  note: z.string().max(10_000),
  /** Start of the line, so that the list of marks needs no further request. */
  text: z.string().max(1_000),
});
const wordSchema = z.object({
  text: z.string().min(1).max(1_000),
  /** 1 … 9 */
  colour: z.number().int().min(1).max(9),
  isOn: z.boolean(),
});
const searchSchema = z.object({
  query: z.string().min(1).max(100_000),
  mode: z.enum(['words', 'fixed', 'regex']),
  matchCase: z.enum(['smart', 'yes', 'no']),
});

export const notebookSchema = z.object({
  marks: z.array(markSchema).max(5_000).default([]),
  words: z.array(wordSchema).max(1_000).default([]),
  searches: z.array(searchSchema).max(1_000).default([]),
});
export type Notebook = z.output<typeof notebookSchema>;
export type Mark = z.output<typeof markSchema>;
export type HighlightedWord = z.output<typeof wordSchema>;
export type SavedSearch = z.output<typeof searchSchema>;

const caseId = z.string().min(1);

/**
 * Error of `notebook.set`: `unwritable`. `notebook.changed` tells all windows that have the case
 * open.
 */
export const notebookCommands = {
  'notebook.get': command<Notebook>()(z.object({ caseId })),
  'notebook.set': command<null>()(z.object({ caseId, notebook: notebookSchema })),
} satisfies Record<string, Command>;
