/**
 * Common features of the lines that a search finds: their numbers, their templates, and the values
 * of a template's variable parts. Counting runs over all lines in the background. A command answers
 * with what has been counted so far; callers ask again until `complete`.
 */
import * as z from 'zod';
import type { AttemptRow } from './batch-records.ts';
import { type Command, command } from './commands.ts';
import { clockSchema, filterSchema } from './filter.ts';
import type { LineRow } from './line-records.ts';

/** Progress of counting. */
export interface HitCount {
  complete: boolean;
  /** Share 0…1 of the lines examined. */
  progress: number;
  /** Lines found so far. */
  lines: number;
  /** The reason why counting was given up. */
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

/** Figures of the values per time bucket. Null in an empty bucket. */
export interface NumberBuckets {
  count: number[];
  min: (number | null)[];
  median: (number | null)[];
  p95: (number | null)[];
  max: (number | null)[];
}

export interface NumberGroup extends NumberFigures {
  /**
   * The key of the group: the node for `by: 'node'`, node and process (its name, or otherwise its
   * pid) for `process`, the path for `file`.
   */
  node: string | null;
  process: string | null;
  file: string | null;
  /** Median per bucket. Null for groups beyond `curves`. */
  medians: (number | null)[] | null;
}

/** One number per line: the first that the pattern captures. */
export interface HitNumbers extends HitCount {
  /** Lines that gave a number, whatever their time. */
  values: number;
  /** Of these, lines without a time. No figure includes them. */
  untimed: number;
  /** Of these, lines with a time outside the range. No figure includes them. */
  outside: number;
  /** Lines that match but whose capture is not a number. */
  unread: number;
  fromUs: number;
  toUs: number;
  bucketUs: number;
  all: NumberFigures & { buckets: NumberBuckets };
  /** Most values first; empty for `by: 'none'`. */
  groups: NumberGroup[];
  /** Values in bins of equal width, from the least to the greatest value. */
  histogram: { from: number; width: number; counts: number[] };
}

export interface HitTemplate {
  /** Names the template in `search.templateValues`, for this search. */
  id: number;
  /** The text with variable parts as `<number>`, `<path>` …; `<*>` is a word that differs. */
  template: string;
  lines: number;
  /** Times of its lines. Null if none has one. */
  firstUs: number | null;
  lastUs: number | null;
  /** One of its lines. */
  fileId: number;
  line: number;
}

export interface HitTemplates extends HitCount {
  /** Most lines first. */
  templates: HitTemplate[];
  /** Number of all templates, and of the lines of those not listed. */
  distinct: number;
  otherLines: number;
}

export interface TemplateValues extends HitCount {
  parts: {
    /** As it appears in the template: `<number>`, `id=<number>`, `<*>`. */
    name: string;
    /** Position among the template's words, from 0. */
    word: number;
    distinct: number;
    /**
     * More values exist than were counted separately: the listed counts and `distinct` may be too
     * low.
     */
    isCut: boolean;
    /** Most lines first, at most 100. */
    values: { value: string; count: number }[];
  }[];
}

/** `same`: both attempts have the line, apart from its variable parts. */
export interface AlignedLine {
  side: 'same' | 'left' | 'right';
  left: LineRow | null;
  right: LineRow | null;
  /** Ranges in which the texts of two aligned lines differ. */
  leftDiffers: [number, number][];
  rightDiffers: [number, number][];
}

export interface AttemptLines {
  attempt: AttemptRow;
  /** Lines that its process wrote during the attempt. */
  lines: number;
  /** Number of lines aligned, from the start. */
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
   * Takes numbers from all lines of a case that pass the filter and match the pattern. `pattern` is
   * a regular expression; the number is the capture of its group `value`, otherwise of its first
   * group that captures, otherwise the first number in the match. A null range means all values
   * with a time. Errors: `bad_query`, `runaway_search`.
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
      /** Number of groups that come with a curve. */
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
      /** Per attempt, from its start. */
      maxLines: z.number().int().min(1).max(5_000).default(2_000),
      clock: clockSchema,
    }),
  ),
} satisfies Record<string, Command>;
