/**
 * What the lines that a search finds have in common: the numbers in them, the templates that they
 * are written by, and the values of a template's variable parts. Counted over all lines in the
 * background: a command answers with what is counted by now, and is asked again until `complete`.
 */
import * as z from 'zod';
import { type Command, command } from './commands.ts';
import { clockSchema, filterSchema } from './filter.ts';
import type { AttemptRow, LineRow } from './records.ts';

/** How far counting is. */
export interface HitCount {
  complete: boolean;
  /** Share 0…1 of the lines that were looked at. */
  progress: number;
  /** Lines found by now. */
  lines: number;
  /** Why counting was given up. */
  error: string | null;
}

/** Null where there is no value. */
export interface NumberFigures {
  count: number;
  min: number | null;
  median: number | null;
  p95: number | null;
  max: number | null;
}

/** Figures of the values in each bucket of time; null in a bucket without any. */
export interface NumberBuckets {
  count: number[];
  min: (number | null)[];
  median: (number | null)[];
  p95: (number | null)[];
  max: (number | null)[];
}

export interface NumberGroup extends NumberFigures {
  /**
   * What the lines have in common: of `by: 'node'` the node, of `process` node and process (its
   * name, else its pid), of `file` its path.
   */
  node: string | null;
  process: string | null;
  file: string | null;
  /** Median by bucket; null for groups beyond `curves`. */
  medians: (number | null)[] | null;
}

/** One number from each line, the first one that the pattern catches. */
export interface HitNumbers extends HitCount {
  /** Lines that gave a number, whatever their time. */
  values: number;
  /** Of these, lines without a time; they are in no figure. */
  untimed: number;
  /** Of these, lines with a time outside of the range; they are in no figure. */
  outside: number;
  /** Lines that match, but what is caught is not a number. */
  unread: number;
  fromUs: number;
  toUs: number;
  bucketUs: number;
  all: NumberFigures & { buckets: NumberBuckets };
  /** Most values first; empty for `by: 'none'`. */
  groups: NumberGroup[];
  /** Values by size in bins of equal width, from the least to the greatest value. */
  histogram: { from: number; width: number; counts: number[] };
}

export interface HitTemplate {
  /** Names the template in `search.templateValues`, for this search. */
  id: number;
  /** The text with variable parts as `<number>`, `<path>` …; `<*>` is a word that differs. */
  template: string;
  lines: number;
  /** Times of its lines; null where none has one. */
  firstUs: number | null;
  lastUs: number | null;
  /** One of its lines. */
  fileId: number;
  line: number;
}

export interface HitTemplates extends HitCount {
  /** Most lines first. */
  templates: HitTemplate[];
  /** All templates, and the lines of those that are not listed. */
  distinct: number;
  otherLines: number;
}

export interface TemplateValues extends HitCount {
  parts: {
    /** As it stands in the template: `<number>`, `id=<number>`, `<*>`. */
    name: string;
    /** Place among the template's words, from 0. */
    word: number;
    distinct: number;
    /**
     * There are more values than were told apart: counts of the listed ones may be too low,
     * `distinct` is too.
     */
    isCut: boolean;
    /** Most lines first, at most 100. */
    values: { value: string; count: number }[];
  }[];
}

/** `same`: both attempts have it, the same but for its variable parts. */
export interface AlignedLine {
  side: 'same' | 'left' | 'right';
  left: LineRow | null;
  right: LineRow | null;
  /** Ranges of the texts in which two aligned lines differ. */
  leftDiffers: [number, number][];
  rightDiffers: [number, number][];
}

export interface AttemptLines {
  attempt: AttemptRow;
  /** Lines of its process while it lasted. */
  lines: number;
  /** Lines that were aligned, the first ones. */
  aligned: number;
}

export interface AlignedAttempts {
  left: AttemptLines;
  right: AttemptLines;
  rows: AlignedLine[];
}

const caseId = z.string().min(1);
const searchId = z.string().min(1);
const attempt = z.object({ miniBatchId: z.string().min(1), attempt: z.number().int().min(1) });

export const hitCommands = {
  /**
   * Numbers from all lines of a case that the filter lets through and the pattern matches.
   * `pattern`: a regular expression; the number is what its group `value` catches, else its first
   * group that catches, else the first number in what it matches. Null range = all values with a
   * time. Errors: `bad_query`, `runaway_search`.
   */
  'search.numbers': command<HitNumbers>()(
    z.object({
      caseId,
      filter: filterSchema.prefault({}),
      pattern: z.string().min(1).max(10_000),
      by: z.enum(['none', 'node', 'process', 'file']).default('none'),
      fromUs: z.number().nullable().default(null),
      toUs: z.number().nullable().default(null),
      buckets: z.number().int().min(1).max(4_000).default(240),
      bins: z.number().int().min(1).max(1_000).default(60),
      /** Groups that come with a curve. */
      curves: z.number().int().min(0).max(2_000).default(50),
    }),
  ),
  'search.templates': command<HitTemplates>()(
    z.object({ searchId, count: z.number().int().min(1).max(10_000).default(200) }),
  ),
  /** Values of the variable parts of one template of a search. Error `no_template`. */
  'search.templateValues': command<TemplateValues>()(z.object({ searchId, id: z.number().int().min(0) })),
  /** Two attempts line by line, aligned by the templates of their lines. Error `no_attempt`. */
  'attempts.align': command<AlignedAttempts>()(
    z.object({
      caseId,
      left: attempt,
      right: attempt,
      /** Of each attempt, from its start. */
      maxLines: z.number().int().min(1).max(5_000).default(2_000),
      clock: clockSchema,
    }),
  ),
} satisfies Record<string, Command>;
