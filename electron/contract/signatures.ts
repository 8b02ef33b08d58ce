/** Error groups, and the known-issue rules. */
import * as z from 'zod';
import type { LineRef } from './line-records.ts';

/**
 * One error group: the same exception chain through the same frames of user code, or otherwise the
 * same message apart from its variable parts.
 */
export interface Signature {
  /** `v1:<hash>`, equal for the same error in every run. */
  id: string;
  /** The common feature of the group's errors. */
  groupedBy: 'traceback' | 'template';
  /** The exception chain, innermost first; empty for plain lines. */
  chain: string[];
  /** `file:function`, outermost first. */
  frames: string[];
  /** The message with variable parts as `<number>`, `<path>`, `<*>` … */
  template: string;
  /**
   * `primary`: contains the first cause; `noise`: known to have no influence; `follow_on`: what the
   * service says after an error.
   */
  role: 'primary' | 'follow_on' | 'noise' | 'other';
  /** The reason why it is noise or a follow-on. */
  roleReason: string | null;
  level: 'error' | 'critical';
  /** All error lines and tracebacks of the group, counting each copy in another log. */
  count: number;
  /** The same without copies: by node, pid and time within two seconds. */
  occurrences: number;
  firstUs: number | null;
  lastUs: number | null;
  nodes: { node: string | null; count: number }[];
  /** Most frequent first, at most as many as requested. */
  pids: { node: string | null; pid: number | null; count: number }[];
  /** All processes that wrote lines of it. Lines without a pid belong to none. */
  pidCount: number;
  /** Most frequent first, at most 100 and at most as many as requested. */
  miniBatches: { miniBatchId: string; count: number }[];
  miniBatchCount: number;
  /** Values of each variable part, most frequent first, at most 10. */
  variables: { name: string; distinct: number; values: { value: string; count: number }[] }[];
  example: LineRef;
  /** Number of lines that the example covers. */
  exampleLines: number;
}

export interface SignatureLines {
  total: number;
  rows: {
    ref: LineRef;
    fileId: number;
    lines: number;
    timeUs: number | null;
    node: string | null;
    pid: number | null;
    miniBatchId: string | null;
  }[];
}

export interface RuleHit {
  rule: string;
  title: string;
  cause: string;
  nextStep: string;
  reference: string;
  pack: string;
  count: number;
  isNoise: boolean;
  evidence: LineRef[];
}

const knownIssue = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  /** JavaScript regular expression, case-sensitive. */
  pattern: z.string().min(1),
  cause: z.string(),
  nextStep: z.string(),
  reference: z.string(),
  noise: z.boolean().default(false),
  /** Lines that must match, and lines that must not. Every pack is tested with its own. */
  samples: z.array(z.string()).min(1),
  counterSamples: z.array(z.string()).default([]),
});
/** A file of known-issue rules, Postrun's own or the user's. */
export const rulePackSchema = z.object({
  pack: z.string().min(1),
  version: z.number().int(),
  rules: z.array(knownIssue),
});
export type RulePack = z.output<typeof rulePackSchema>;
