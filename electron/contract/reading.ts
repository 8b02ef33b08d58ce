/**
 * How Postrun reads the lines of a file: decided from a sample of its lines, unless a person sets
 * it.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import { keysOf } from './known-keys.ts';
import { type DateOrder, dateOrders, type TimeForm, timeForms } from './time-forms.ts';

const timeForm = z.enum(keysOf(timeForms));

/** A person's settings for a file. Omitted fields are decided from its lines. */
const readingChoiceSchema = z.object({
  /** Zone of times that name none: `UTC`, `KST`, `+09:00`, `Asia/Seoul`. */
  zone: z.string().max(64).optional(),
  order: z.enum(dateOrders).optional(),
  /** Year of the file's last time, if times name no year. */
  year: z.number().int().min(1980).max(2100).optional(),
  /** The only form accepted as a time; `none`: no line has a time. */
  form: z.union([timeForm, z.literal('none')]).optional(),
  /** Name for `TextDecoder`: `euc-kr`, `shift_jis`, `utf-16le`. */
  encoding: z.string().max(40).optional(),
});
export type ReadingChoice = z.output<typeof readingChoiceSchema>;

/**
 * Parses choices, keyed by the path of their file, from a JSON object. Throws if any is invalid.
 */
export function parseReadingChoices(value: unknown): Map<string, ReadingChoice> {
  if (typeof value !== 'object' || value === null) throw new TypeError('an object of choices expected');
  // A schema of a record would lose a file called `__proto__`.
  return new Map(Object.entries(value).map(([path, choice]) => [path, readingChoiceSchema.parse(choice)]));
}

/** How the lines of a file are read. */
export interface ReadingRow {
  /** The forms of its times, most frequent first. Empty if its lines have none. */
  forms: TimeForm[];
  /** The first time, as written. */
  example: string | null;
  /**
   * Zone of times that name none. `by`: the lines name it, nothing does (then it is UTC), or a
   * person set it.
   */
  zone: { name: string; by: 'lines' | 'assumed' | 'set' };
  /** Null if the order of every date is evident. */
  order: { name: DateOrder; by: 'evidence' | 'assumed' | 'set' } | null;
  /** Its times name no year. */
  isYearless: boolean;
  encoding: string;
  /** The person's settings. */
  choice: ReadingChoice;
}

export const readingCommands = {
  /**
   * How the lines of a file are read. Null if that is not decided yet, or if a custom format reads
   * them.
   */
  'files.reading': command<ReadingRow | null>()(z.object({ caseId: z.string().min(1), fileId: z.number().int() })),
  /**
   * Changes how a file is read; fields omitted from `choice` are decided from its lines. The choice
   * stays with the case, even across rebuilds, and the file is read again. Errors: `bad_reading`
   * for an unknown zone or encoding, `read_only` for a portable case.
   */
  'files.setReading': command<null>()(
    z.object({ caseId: z.string().min(1), fileId: z.number().int(), choice: readingChoiceSchema }),
  ),
} satisfies Record<string, Command>;
