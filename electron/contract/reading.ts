/**
 * How the lines of a file are read: what was decided for it from a sample of its lines, and what a
 * person may set instead.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import { type DateOrder, dateOrders, type TimeForm, timeForms } from './time-forms.ts';

const timeForm = z.enum(Object.keys(timeForms) as [TimeForm, ...TimeForm[]]);

/** What a person sets for a file; what is left out is decided from its lines. */
const readingChoiceSchema = z.object({
  /** Of times that name none: `UTC`, `KST`, `+09:00`, `Asia/Seoul`. */
  zone: z.string().max(64).optional(),
  order: z.enum(dateOrders).optional(),
  /** Of the file's last time, where times name no year. */
  year: z.number().int().min(1980).max(2100).optional(),
  /** Only this form is a time; `none`: no line has one. */
  form: z.union([timeForm, z.literal('none')]).optional(),
  /** As `TextDecoder` names it: `euc-kr`, `shift_jis`, `utf-16le`. */
  encoding: z.string().max(40).optional(),
});
export type ReadingChoice = z.output<typeof readingChoiceSchema>;

/**
 * Choices by the path of their file, from an object as JSON has it. Throws where it is none of
 * such.
 */
export function parseReadingChoices(value: unknown): Map<string, ReadingChoice> {
  if (typeof value !== 'object' || value === null) throw new TypeError('an object of choices expected');
  // A schema of a record would lose a file called `__proto__`.
  return new Map(Object.entries(value).map(([path, choice]) => [path, readingChoiceSchema.parse(choice)]));
}

/** How the lines of a file are read. */
export interface ReadingRow {
  /** The forms of its times, the most frequent first; empty where its lines have none. */
  forms: TimeForm[];
  /** The first time, as it is written. */
  example: string | null;
  /**
   * Of times that name none; `by`: whether the lines name it, nobody does (then it is UTC), or a
   * person has set it.
   */
  zone: { name: string; by: 'lines' | 'assumed' | 'set' };
  /** Null where every date tells its own order. */
  order: { name: DateOrder; by: 'evidence' | 'assumed' | 'set' } | null;
  /** Its times name no year. */
  isYearless: boolean;
  encoding: string;
  /** What a person has set. */
  choice: ReadingChoice;
}

export const readingCommands = {
  /**
   * How the lines of a file are read; null where that is not decided yet, or the lines have a
   * format of one's own.
   */
  'files.reading': command<ReadingRow | null>()(z.object({ caseId: z.string().min(1), fileId: z.number().int() })),
  /**
   * Read a file otherwise: what is left out of `choice` is decided from its lines. It is kept with
   * the case, also when that is made anew; the file is read again. Errors: `bad_reading` for a zone
   * or encoding that is not known, `read_only` for a portable case.
   */
  'files.setReading': command<null>()(
    z.object({ caseId: z.string().min(1), fileId: z.number().int(), choice: readingChoiceSchema }),
  ),
} satisfies Record<string, Command>;
