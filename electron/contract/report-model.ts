/** The model of a failure report. */
import * as z from 'zod';
import { outcomes } from './batch-records.ts';
import { fileKinds } from './file-records.ts';
import { clocks } from './filter.ts';
import { redactionKinds } from './report-choices.ts';
import { causeKinds, confidences, runStatuses } from './run-info.ts';

/**
 * The schemas below define the JSON form of a report and are published; the other forms are written
 * from it. Times are ISO 8601 in UTC, durations are seconds, unknown values are null. Fields may be
 * added, never renamed.
 */

/** Version of the JSON form. It goes up only when a field changes its meaning. */
export const REPORT_SCHEMA = 'postrun-report/1';

const refSchema = z.object({
  /** Path relative to the run's root, after redaction. */
  file: z.string(),
  /** 1-based. */
  line: z.number().int(),
  text: z.string(),
  /** The line is longer than the quote. */
  cut: z.boolean(),
});
/**
 * A quoted line. Its reference `file:line` is the same in the app, the command line and on another
 * machine.
 */
export type ReportLine = z.output<typeof refSchema>;

const quoteSchema = z.object({
  /** The author, if known. */
  label: z.string(),
  note: z.string().nullable(),
  lines: z.array(refSchema),
  /** Number of lines that belong to it and are not quoted. */
  omittedLines: z.number().int(),
});
/** Adjacent lines of one file: a traceback, or a line with its neighbours. */
export type ReportQuote = z.output<typeof quoteSchema>;

const finding = z.object({
  kind: z.string(),
  confidence: z.enum(confidences),
  message: z.string(),
  evidence: z.array(refSchema),
});

const verdictSchema = z.object({
  status: z.enum(runStatuses),
  message: z.string().nullable(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  durationSeconds: z.number().nullable(),
  firstCause: z
    .object({
      kind: z.enum(causeKinds),
      confidence: z.enum(confidences),
      message: z.string(),
      node: z.string().nullable(),
      pid: z.number().nullable(),
      miniBatchId: z.string().nullable(),
      at: z.string().nullable(),
      evidence: z.array(refSchema),
      /** The whole traceback of the first cause. */
      quote: quoteSchema.nullable(),
    })
    .nullable(),
  startHere: z.array(refSchema),
  findings: z.array(finding),
});

const environmentSchema = z.object({
  generation: z.string().nullable(),
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  /** `aliases`: the node's other names in the logs. Reports of earlier versions have none. */
  nodes: z.array(
    z.object({
      node: z.string(),
      aliases: z.array(z.string()).optional(),
      processes: z.number(),
      miniBatches: z.number(),
      failed: z.number(),
    }),
  ),
  omittedNodes: z.number().int(),
});

const countsSchema = z.object({
  miniBatches: z.object({
    total: z.number().nullable(),
    processed: z.number(),
    succeeded: z.number().nullable(),
    failed: z.number().nullable(),
    unfinished: z.number().nullable(),
    retried: z.number(),
  }),
  items: z.object({
    total: z.number().nullable(),
    succeeded: z.number().nullable(),
    failed: z.number().nullable(),
    errorThreshold: z.number().nullable(),
  }),
  nodes: z.number(),
  processes: z.number(),
  files: z.number(),
  lines: z.number(),
  bytes: z.number(),
  errorLines: z.number(),
});

const timelineSchema = z.object({
  fromAt: z.string(),
  toAt: z.string(),
  bucketSeconds: z.number(),
  /** Mini-batches that ended in each bucket, in the order of `outcomes`. */
  outcomes: z.array(z.enum(outcomes)),
  ended: z.array(z.array(z.number().int())),
  progress: z.array(
    z.object({
      at: z.string(),
      scheduled: z.number().nullable(),
      processed: z.number().nullable(),
      total: z.number().nullable(),
    }),
  ),
  phases: z.array(z.object({ phase: z.string(), fromAt: z.string(), toAt: z.string() })),
  marks: z.array(z.object({ kind: z.string(), at: z.string(), message: z.string(), ref: refSchema.nullable() })),
  omittedMarks: z.number().int(),
});

const batchesSchema = z.object({
  /**
   * Mini-batches of the scope that failed, timed out, were left unfinished, lost items, or were
   * picked up more than once.
   */
  total: z.number().int(),
  /** Grouped by outcome and reason, the largest first. */
  groups: z.array(
    z.object({
      status: z.enum(outcomes),
      reason: z.string(),
      count: z.number().int(),
      retried: z.number().int(),
      failedItems: z.number().nullable(),
      firstAt: z.string().nullable(),
      lastAt: z.string().nullable(),
      miniBatchIds: z.array(z.string()),
      omittedIds: z.number().int(),
    }),
  ),
  /** Groups that are not listed, and the mini-batches in them. */
  omittedGroups: z.number().int(),
  omittedInGroups: z.number().int(),
  /** The mini-batches shown in full: the most often tried of each group. */
  rows: z.array(
    z.object({
      miniBatchId: z.string(),
      status: z.enum(outcomes),
      inputs: z.string().nullable(),
      attempts: z.array(
        z.object({
          attempt: z.number().int(),
          outcome: z.enum(outcomes),
          node: z.string().nullable(),
          pid: z.number().nullable(),
          process: z.string().nullable(),
          startedAt: z.string().nullable(),
          durationSeconds: z.number().nullable(),
          total: z.number().nullable(),
          failed: z.number().nullable(),
          error: z.string().nullable(),
          ref: refSchema.nullable(),
        }),
      ),
      omittedAttempts: z.number().int(),
    }),
  ),
  omittedRows: z.number().int(),
});

const signaturesSchema = z.object({
  total: z.number().int(),
  rows: z.array(
    z.object({
      id: z.string(),
      role: z.enum(['primary', 'follow_on', 'noise', 'other']),
      roleReason: z.string().nullable(),
      level: z.enum(['error', 'critical']),
      chain: z.array(z.string()),
      frames: z.array(z.string()),
      template: z.string(),
      count: z.number().int(),
      occurrences: z.number().int(),
      firstAt: z.string().nullable(),
      lastAt: z.string().nullable(),
      nodes: z.array(z.object({ node: z.string().nullable(), count: z.number().int() })),
      nodeCount: z.number().int(),
      processCount: z.number().int(),
      miniBatchIds: z.array(z.string()),
      miniBatchCount: z.number().int(),
      variables: z.array(
        z.object({
          name: z.string(),
          distinct: z.number().int(),
          values: z.array(z.object({ value: z.string(), count: z.number().int() })),
        }),
      ),
      example: quoteSchema,
    }),
  ),
  omitted: z.number().int(),
  /** Error lines in the groups that are not listed. */
  omittedCount: z.number().int(),
});

const stragglersSchema = z.object({
  medianSeconds: z.number().nullable(),
  slowCount: z.number().int(),
  attempts: z.array(
    z.object({
      miniBatchId: z.string(),
      attempt: z.number().int(),
      node: z.string().nullable(),
      pid: z.number().nullable(),
      durationSeconds: z.number(),
      times: z.number(),
      cause: z.string(),
    }),
  ),
  nodes: z.array(
    z.object({
      node: z.string(),
      attempts: z.number(),
      medianSeconds: z.number(),
      ratio: z.number(),
      slow: z.boolean(),
    }),
  ),
  omittedNodes: z.number().int(),
  tail: z
    .object({
      miniBatches: z.number(),
      seconds: z.number(),
      shareOfRun: z.number(),
      idleWorkerSeconds: z.number(),
    })
    .nullable(),
});

const resourcesSchema = z.object({
  /** The event around which the graphs are drawn, and its time. */
  around: z.string(),
  at: z.string().nullable(),
  fromAt: z.string(),
  toAt: z.string(),
  series: z.array(
    z.object({
      node: z.string(),
      process: z.string().nullable(),
      pid: z.number().nullable(),
      metric: z.string(),
      title: z.string(),
      unit: z.string(),
      max: z.number(),
      points: z.array(z.tuple([z.string(), z.number().nullable()])),
      file: z.string(),
    }),
  ),
  omittedSeries: z.number().int(),
});

const missingSchema = z.object({
  missing: z.array(
    z.object({
      kind: z.string(),
      message: z.string(),
      have: z.number().nullable(),
      expected: z.number().nullable(),
      nodes: z.array(z.string()),
      evidence: z.array(refSchema),
    }),
  ),
  problems: z.array(
    z.object({
      file: z.string().nullable(),
      line: z.number().nullable(),
      kind: z.string(),
      message: z.string(),
      count: z.number(),
    }),
  ),
  omittedProblems: z.number().int(),
});

const redactionSchema = z.object({
  /** False: nothing is hidden, by choice. */
  on: z.boolean(),
  kinds: z.array(
    z.object({
      kind: z.enum(redactionKinds),
      on: z.boolean(),
      /** Number of distinct values, and of the places where they stood. */
      values: z.number().int(),
      places: z.number().int(),
    }),
  ),
});

/** The JSON form of a report. A section that was not chosen is null. */
export const reportSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  title: z.string(),
  /** The only field that differs between two reports of the same case with the same options. */
  madeAt: z.string(),
  madeBy: z.object({ name: z.literal('Postrun'), version: z.string() }),
  run: z.object({
    name: z.string(),
    /** Name of the zip or folder, without its location. */
    source: z.string(),
    root: z.string(),
    generation: z.string().nullable(),
  }),
  scope: z.object({
    kind: z.enum(['run', 'batch', 'signature', 'node', 'lines']),
    id: z.string().nullable(),
    label: z.string(),
  }),
  /**
   * The clock of all times except those within quoted lines: as written, or aligned to the
   * master's.
   */
  clock: z.enum(clocks).default('written'),
  notes: z.string().nullable(),
  verdict: verdictSchema.nullable(),
  environment: environmentSchema.nullable(),
  counts: countsSchema.nullable(),
  timeline: timelineSchema.nullable(),
  batches: batchesSchema.nullable(),
  signatures: signaturesSchema.nullable(),
  stragglers: stragglersSchema.nullable(),
  resources: resourcesSchema.nullable(),
  /** Lines chosen by hand, or those that the scope stands for. */
  quotes: z.array(quoteSchema).nullable(),
  omittedQuotes: z.number().int(),
  missing: missingSchema.nullable(),
  redaction: redactionSchema,
  /**
   * The quoted files. `index` is the file's position among all files of the run by path. With it,
   * only somebody who has the source can resolve a hidden path.
   */
  files: z.array(
    z.object({
      file: z.string(),
      index: z.number().int(),
      kind: z.enum(fileKinds),
      bytes: z.number(),
      lines: z.number().nullable(),
    }),
  ),
});
export type Report = z.output<typeof reportSchema>;

/** Returns the published JSON Schema of a report, as `postrun report --schema` prints it. */
export function reportJsonSchema(): Record<string, unknown> {
  return {
    $id: REPORT_SCHEMA,
    title: 'Postrun failure report',
    ...z.toJSONSchema(reportSchema),
  };
}
