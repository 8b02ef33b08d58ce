/**
 * Testimony: one statement of the logs about how the run ended.
 *
 * A verdict weighs testimonies. It says which one decided and which ones it overrode, so that a
 * reader can judge the judge.
 */

/** Authors of testimonies. Their order is the default rank: the first outweighs those after it. */
export const witnesses = [
  'platform', // the compute around the run: status lines, preparation, pre-emption, container and image
  'driver', // the process that runs the job: its exit code, its last words
  'job_result', // the job result file
  'master', // the orchestrator's log
  'overview', // the progress overview
  'worker', // system logs of worker processes
  'user_code', // what the entry script logged, printed and raised
  'error_list', // lists of errors, some of them tolerated: never decide
] as const;
export type Witness = (typeof witnesses)[number];

const testimonyRoles = ['cause', 'consequence', 'pointer', 'ending'] as const;
/**
 * Relation of a testimony to the failure: the `cause` itself, a `consequence` of something earlier
 * (no progress, an exceeded threshold), a `pointer` that only says to look elsewhere (`SystemExit:
 * 42`), or the `ending`, a plain statement of how the run went.
 */
export type TestimonyRole = (typeof testimonyRoles)[number];

/** `Place` names its line: by default the contract's reference, in the store the engine's own. */
export interface Testimony<Place = { file: string; line: number; text: string }> {
  witness: Witness;
  claims: 'succeeded' | 'failed' | 'cancelled' | 'running';
  role: TestimonyRole;
  /** The verdict rests on it. At most one testimony of a run decides. */
  decided: boolean;
  /** It contradicts the verdict. */
  overridden: boolean;
  /**
   * The platform's attempt that it speaks of, from 0. Any attempt before the last is history and
   * decides nothing.
   */
  platformAttempt: number;
  /** Null if the logs give no time. */
  timeUs: number | null;
  /** The statement in one line. */
  message: string;
  ref: Place;
}

/**
 * The exception behind a failure as Python prints it: `{ class: 'KeyError', message:
 * "'customer_id'" }`.
 */
export interface ExceptionInfo {
  class: string;
  message: string;
}

/**
 * The innermost frame of the user's own code. `code` is the source line that the traceback shows.
 */
export interface FrameInfo {
  file: string;
  line: number;
  function: string;
  code: string | null;
}
