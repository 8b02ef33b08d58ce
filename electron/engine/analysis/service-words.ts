/**
 * The service's own words about a failure: its exceptions, its reasons, and statements that only
 * point elsewhere.
 */
import { patternOf } from './meaning.ts';

/** Exceptions that the service raises to sum up an earlier failure. */
const SERVICE_CLASS =
  /^(?:EntryScript\w*|DriverException|JobException|ErrorThreshold\w*|SomeTaskProcessed\w*|NoTask\w*|TaskPoisoned\w*|TaskCreation\w*|FirstTaskCreation\w*|UnknownException|NoResultToAppend\w*|UserException)$/;

/**
 * Returns true for an exception class that only sums up. The reason is in its text or in another
 * log.
 */
export function isServiceClass(name: string): boolean {
  return SERVICE_CLASS.test(name.slice(name.lastIndexOf('.') + 1));
}

/**
 * Returns true for a text that only points elsewhere: an exit code, a count of exceptions, "see the
 * logs".
 */
export function isPointer(text: string): boolean {
  const line = text.trim();
  return (
    // An exit with words instead of a number gives its reason.
    /^(?:[\w.]+\.)?(?:SystemExit(?::\s*-?\d+)?$|(?:CalledProcess|ChildFailed)Error\b)/.test(line) ||
    /\b(?:exit(?:ed)? (?:with )?(?:exit )?(?:code|status)|non-?zero (?:exit )?(?:code|status)|returned \d+)\b/i.test(
      line,
    ) ||
    /^(?:User program failed with )?(?:[\w.]+\.)?(?:SystemExit|UserException|DriverException|JobException)?:?\s*(?:\d+)?$/.test(
      line,
    )
  );
}

/** Why the service gave up, from its final message or stop reason. */
export type Terminal =
  | 'cancelled'
  | 'threshold'
  | 'no_progress'
  | 'no_result'
  | 'first_task_timeout'
  | 'no_input'
  | 'init_exception'
  | 'init_timeout'
  | 'run_exception'
  | 'run_timeout'
  | 'node_lost'
  | 'mount_failed'
  | 'download_failed'
  | 'not_all_processed';

const TERMINALS: readonly (readonly [Terminal, RegExp])[] = [
  ['cancelled', /User cancell?ed the run|run was cancell?ed/i],
  ['first_task_timeout', /Unable to create any task within|FirstTaskCreationTimeout/],
  ['no_input', /InputFileNotFoundError|UserInputNotFoundError/],
  ['threshold', /exceeds error threshold|Exceeded error threshold|ErrorThresholdException/i],
  ['no_progress', /No progress update in \d+/],
  ['init_exception', /init\(\) (?:function )?in the entry scr?ipt had raised exception|EntryScriptInitException/i],
  ['init_timeout', /init\(\) (?:function )?in the entry scr?ipt had timeout|EntryScriptInitTimeout/i],
  ['no_result', /no succeeded mini batch item|NoResultToAppendError|unable to successfully process any mini batches/i],
  ['run_exception', /run\(\) (?:function )?in the entry scr?ipt had raised exception|EntryScriptRunException/i],
  ['run_timeout', /run\(\) (?:function )?in the entry scr?ipt had timeout|EntryScriptRunTimeout/i],
  ['node_lost', patternOf('node_lost')],
  ['mount_failed', patternOf('mount')],
  ['download_failed', patternOf('download')],
  [
    'not_all_processed',
    /No task has been (?:picked|processed)|NoTaskPickedException|NoTaskProcessedException|SomeTaskProcessedException|There are \d+ pending tasks/,
  ],
];

/** Returns every reason in a final message, most decisive first. */
export function terminalsOf(text: string): Terminal[] {
  return TERMINALS.filter(([, pattern]) => pattern.test(text)).map(([terminal]) => terminal);
}

/**
 * Returns true for a stop reason of a good run: all was processed, or the master told the others to
 * stop.
 */
export function isUsualEnd(text: string): boolean {
  return /\ball (?:of the )?(?:\d+ )?(?:mini[- ]?batch(?:es)?|tasks|items)\b.{0,40}\b(?:processed|finished|done|completed)\b|^(?:Got|Master sent a) stop signal/i.test(
    text,
  );
}

const SUMMARIES: ReadonlySet<Terminal> = new Set([
  'threshold',
  'no_progress',
  'no_result',
  'first_task_timeout',
  'init_exception',
  'init_timeout',
  'run_exception',
  'run_timeout',
  'not_all_processed',
]);

/**
 * Returns true for a text that sums up why the service gave up and repeats what other lines show.
 */
export function isSummary(text: string): boolean {
  return terminalsOf(text).some((terminal) => SUMMARIES.has(terminal));
}
