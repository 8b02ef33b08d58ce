/** A written run: the logs of a small run, with a careful person's conclusions. */
import type { CauseKind, Confidence, RunStatus } from '../../../contract/run-info.ts';
import type { SmallRun } from './small-run.ts';

/** A written run and what to expect. Omitted fields are not checked. */
export interface WrittenRun {
  name: string;
  files: SmallRun;
  /** Acceptable statuses. */
  status: RunStatus | readonly RunStatus[];
  /** Acceptable kinds; null for no cause. */
  cause: readonly (CauseKind | null)[];
  /**
   * Kinds that are also acceptable when files are missing: they say less about the same cause, or
   * the remaining files show only part of it.
   */
  weaker?: readonly CauseKind[];
  confidence?: readonly Confidence[];
  node?: string;
  /** What the cause's message must say, and must not say. */
  says?: RegExp;
  never?: RegExp;
  /** Class of the cause's exception. */
  exception?: string;
  /** The user's own frame: file, function and source line. */
  frame?: string;
  method?: string;
  code?: string;
  /** The advised next step. */
  next?: RegExp;
  /** What some finding must say, and no finding may say. */
  finding?: RegExp;
  noFinding?: RegExp;
  /** True if no finding may say that something went wrong. */
  isHealthy?: boolean;
  /** Text of a line shown as evidence or under "start here". */
  shows?: string;
  /** Number of worker processes. */
  processes?: number;
}
