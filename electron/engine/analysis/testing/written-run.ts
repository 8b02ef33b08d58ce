/** A written run: the logs of a small run, with what a careful person concludes from them. */
import type { CauseKind, Confidence, RunStatus } from '../../../contract/records.ts';
import type { SmallRun } from './small-run.ts';

/** Fields that are left out are not checked. */
export interface WrittenRun {
  name: string;
  files: SmallRun;
  /** Right ones. */
  status: RunStatus | readonly RunStatus[];
  /** Kinds that are right; null where there is no cause. */
  cause: readonly (CauseKind | null)[];
  /**
   * Kinds that are right as well when files are missing: they say less of the same, or what is left
   * shows only part of it.
   */
  weaker?: readonly CauseKind[];
  confidence?: readonly Confidence[];
  node?: string;
  /** What the cause's message says, and what it must not. */
  says?: RegExp;
  never?: RegExp;
  /** Class of the cause's exception. */
  exception?: string;
  /** The user's own frame: its file, function and source line. */
  frame?: string;
  method?: string;
  code?: string;
  /** What to do next. */
  next?: RegExp;
  /** What a finding says, and what none must. */
  finding?: RegExp;
  noFinding?: RegExp;
  /** No finding says that something went wrong. */
  isHealthy?: boolean;
  /** Text of a line that is shown as evidence or where to start. */
  shows?: string;
  /** Number of worker processes. */
  processes?: number;
}
