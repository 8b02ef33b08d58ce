/**
 * Commands of the analysis. Their result types live in the files re-exported here; import them from
 * this file.
 */
import * as z from 'zod';
import type {
  AttemptDots,
  Durations,
  EndMarks,
  Lanes,
  Moments,
  OverTime,
  ProcessDetail,
  QuartileRow,
  Retries,
  SpreadRow,
  Stragglers,
  WhatIf,
} from './analysis-charts.ts';
import type {
  Advice,
  Comparison,
  Completeness,
  Counted,
  ErrorBudget,
  InitSummary,
  Ledger,
  LifeCycle,
  RerunItem,
} from './analysis-judgements.ts';
import { type Command, command } from './commands.ts';
import { clockSchema, filterSchema } from './filter.ts';
import type { Finding } from './run-info.ts';
import type { RuleHit, Signature, SignatureLines } from './signatures.ts';

export type * from './analysis-charts.ts';
export type * from './analysis-judgements.ts';
export * from './signatures.ts';

const caseId = z.string().min(1);
const filter = filterSchema.prefault({});
const paged = { start: z.number().int().min(0).default(0), count: z.number().int().min(0).max(10_000).default(200) };
const range = { fromUs: z.number().nullable().default(null), toUs: z.number().nullable().default(null) };
const buckets = z.number().int().min(1).max(4_000).default(120);

/**
 * Commands about what happened to the run. Figures follow the node, pid, mini-batch, outcome and
 * time of the global filter. The filter's text applies only to the search.
 */
export const analysisCommands = {
  'analysis.findings': command<Finding[]>()(z.object({ caseId })),
  'analysis.completeness': command<Completeness>()(z.object({ caseId })),
  'analysis.signatures': command<Signature[]>()(
    z.object({
      caseId,
      filter,
      /** Maximum number of processes, and of mini-batches, listed per group. */
      most: z.number().int().min(1).max(1_000).default(1_000),
    }),
  ),
  'analysis.signatureLines': command<SignatureLines>()(z.object({ caseId, filter, id: z.string(), ...paged })),
  /** When the errors of groups happened, for the bars beside each. An unknown id has none. */
  'analysis.signatureMoments': command<Moments>()(
    z.object({ caseId, filter, ids: z.array(z.string()).max(10_000), ...range, buckets }),
  ),
  'analysis.lanes': command<Lanes>()(
    z.object({
      caseId,
      filter,
      ...range,
      width: z.number().int().min(1).max(8_000),
      start: z.number().int().min(0).default(0),
      count: z.number().int().min(0).max(10_000).default(2_000),
    }),
  ),
  'analysis.process': command<ProcessDetail | null>()(z.object({ caseId, processId: z.number().int() })),
  'analysis.overTime': command<OverTime>()(
    z.object({ caseId, filter, ...range, buckets, of: z.enum(['attempts', 'miniBatches']).default('miniBatches') }),
  ),
  'analysis.spread': command<SpreadRow[]>()(
    z.object({ caseId, filter, by: z.enum(['node', 'process']).default('node') }),
  ),
  'analysis.durations': command<Durations>()(
    z.object({ caseId, filter, bins: z.number().int().min(2).max(400).default(60) }),
  ),
  /** Ends of attempts per node or process, for the marks on its graph. */
  'analysis.endMarks': command<EndMarks>()(
    z.object({ caseId, filter, ...range, buckets, by: z.enum(['node', 'process']).default('node') }),
  ),
  /**
   * Attempts by start and duration, for a scatter plot. Those of the nodes in `apart` are returned
   * separately.
   */
  'analysis.attemptDots': command<AttemptDots>()(
    z.object({
      caseId,
      filter,
      ...range,
      columns: z.number().int().min(1).max(4_000).default(400),
      rows: z.number().int().min(1).max(2_000).default(100),
      apart: z.array(z.string()).default([]),
    }),
  ),
  'analysis.quartiles': command<QuartileRow[]>()(z.object({ caseId, filter })),
  'analysis.retries': command<Retries>()(z.object({ caseId, filter, ...range, buckets })),
  'analysis.stragglers': command<Stragglers>()(z.object({ caseId, filter })),
  'analysis.whatIf': command<WhatIf>()(
    z.object({
      caseId,
      filter,
      timeoutSeconds: z.number().min(0),
      maxTries: z.number().int().min(1).max(100).default(3),
    }),
  ),
  'analysis.inits': command<InitSummary>()(z.object({ caseId })),
  'analysis.errorBudget': command<ErrorBudget>()(z.object({ caseId })),
  'analysis.advice': command<Advice[]>()(z.object({ caseId })),
  'analysis.rerun': command<{ total: number; rows: RerunItem[] }>()(z.object({ caseId, filter, ...paged })),
  'analysis.compare': command<Comparison>()(z.object({ a: caseId, b: caseId })),
  'analysis.rules': command<RuleHit[]>()(z.object({ caseId, clock: clockSchema })),
  'analysis.ledger': command<Ledger>()(z.object({ caseId })),
  'analysis.lifeCycle': command<LifeCycle>()(z.object({ caseId, clock: clockSchema })),
  'analysis.counted': command<Counted[]>()(z.object({ caseId })),
} satisfies Record<string, Command>;

export type AnalysisName = keyof typeof analysisCommands;
/** Parameters of a command of this group, defaults filled in. */
export type AnalysisParams<Name extends AnalysisName> = z.output<(typeof analysisCommands)[Name]['params']>;
export type AnalysisResult<Name extends AnalysisName> =
  NonNullable<(typeof analysisCommands)[Name]['result']> extends infer R
    ? null extends (typeof analysisCommands)[Name]['result']
      ? R | null
      : R
    : never;
