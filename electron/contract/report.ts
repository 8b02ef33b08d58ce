/** Commands of the failure report and its options. */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import { clockSchema } from './filter.ts';
import { type RedactionKind, redactionKinds, reportFormats, reportSections } from './report-choices.ts';
import type { Report } from './report-model.ts';

const lineSchema = z.object({
  file: z.string(),
  line: z.number().int().min(1),
  note: z.string().max(10_000).default(''),
});

const reportScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run') }),
  z.object({ kind: z.literal('batch'), id: z.string().min(1) }),
  z.object({ kind: z.literal('signature'), id: z.string().min(1) }),
  z.object({ kind: z.literal('node'), id: z.string().min(1) }),
  z.object({ kind: z.literal('lines') }),
]);
export type ReportScope = z.output<typeof reportScopeSchema>;

export const reportOptionsSchema = z.object({
  scope: reportScopeSchema.default({ kind: 'run' }),
  /** The clock of the timeline, error groups and graphs. Quoted lines stay as written. */
  clock: clockSchema,
  sections: z.array(z.enum(reportSections)).default([...reportSections]),
  title: z.string().max(300).default(''),
  notes: z.string().max(200_000).default(''),
  /**
   * Lines chosen by hand, each with a note. The section `quotes` shows them with their neighbours.
   */
  lines: z.array(lineSchema).max(1_000).default([]),
  /** Kinds to hide besides secrets. */
  redact: z.array(z.enum(redactionKinds)).default([...redactionKinds]),
  /** False hides nothing at all, not even secrets. */
  redaction: z.boolean().default(true),
  /** For the zip: the whole of each quoted file, or this many lines around each quote. */
  wholeFiles: z.boolean().default(false),
  contextLines: z.number().int().min(0).max(5_000).default(50),
});
export type ReportOptions = z.output<typeof reportOptionsSchema>;
export type ReportOptionsInput = z.input<typeof reportOptionsSchema>;

/**
 * A hidden value. `sample` is only for the person who makes the report; for a secret it shows the
 * first characters.
 */
export interface HiddenValue {
  kind: RedactionKind;
  /** Its type: `SAS signature`, `IP address` … */
  what: string;
  pseudonym: string;
  sample: string;
  places: number;
}

export interface ReportPreview {
  report: Report;
  /** Each hidden value, most frequent first, at most 500. */
  hidden: HiddenValue[];
  hiddenTotal: number;
  /** Kinds that are switched off, and what they would hide. */
  shown: { kind: RedactionKind; values: number; places: number }[];
}

export interface SavedReport {
  path: string;
  bytes: number;
  /** Names of the entries of a zip. */
  entries: string[];
}

const caseId = z.string().min(1);
const options = reportOptionsSchema.prefault({});

/**
 * Reports of a case. Errors: `no_such_batch`, `no_such_signature`, `no_such_node`. `report.save`
 * adds `bad_path` (not absolute, or an ending other than the format's), `exists` (without `force`),
 * `unwritable`, and `redaction_failed`, when the final check finds a hidden value in the output;
 * then nothing is written.
 */
export const reportCommands = {
  'report.preview': command<ReportPreview>()(z.object({ caseId, options })),
  'report.render': command<{ text: string; bytes: number }>()(
    z.object({ caseId, options, format: z.enum(['html', 'md', 'json']) }),
  ),
  'report.save': command<SavedReport>()(
    z.object({
      caseId,
      options,
      format: z.enum(reportFormats),
      path: z.string().min(1).max(32_768),
      force: z.boolean().default(false),
    }),
  ),
} satisfies Record<string, Command>;
