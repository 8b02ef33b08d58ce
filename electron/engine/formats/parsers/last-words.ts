/**
 * Last words are what the end of a log says about how the program that wrote it ended.
 *
 * Python, a shell, a launcher or a container engine writes its reason last and then stops. So an
 * error counts as last words only if nothing but its own continuation and a few closing lines
 * follow. If the log goes on after an error, the program recovered from it.
 */
import { nextTraceback } from '../traceback.ts';
import type { FileTail } from '../types.ts';
import { isGuidance } from './failure-text.ts';

/**
 * `exception`: a traceback; `exception_above`: a traceback followed by a few lines that are neither
 * part of it nor closing lines; `error_line`: an exception or error block without a traceback;
 * `usage_error`: argparse rejected the arguments; `killed`: a shell reports a signal (`value`);
 * `not_started`: a program that the shell could not start; `container`: a container that did not
 * start; `launcher`: MPI gave up.
 */
type LastWordsKind =
  | 'exception'
  | 'exception_above'
  | 'error_line'
  | 'usage_error'
  | 'killed'
  | 'not_started'
  | 'container'
  | 'launcher';

export interface LastWords {
  name: LastWordsKind;
  /** 1-based line in the file; for a traceback, its last line so far. */
  line: number;
  message: string;
  value: number | null;
}

const timePrefix = /^\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d[^\s\]]*\]?[ |]?/;
/** Levels below error: such a line reports something that the program recovered from. */
const mildLevel =
  /^(?:\|?\s*)?(?:DEBUG|INFO|NOTICE|WARN(?:ING)?)\b|\b(?:Deprecation|Future|User|Runtime|Resource)Warning\b/;
const closing = new RegExp(
  [
    'Cleaning up all outstanding',
    String.raw`\d+ items? cleaning up`,
    'Cleanup took',
    'Starting the daemon thread',
    'The experiment failed',
    'Finalizing run',
    'Logging experiment (?:finalizing|failed)',
    'Finished context manager',
    '(?:Enter|Exit) __exit__ of',
    'Unmounting',
    'Upload(?:ing|ed) (?:logs?|files?|output)',
    'Process (?:exited|exiting|finished) with',
    'The driver (?:ends|exits|exited|ended)\\b',
    'The (?:launcher|job) (?:ends|ended|exited)\\b',
    'Exit(?:ing|ed)? (?:with )?(?:code|status)',
    'Job - Ending',
    'Command exited with',
    'make: \\*\\*\\*',
    'sys:1: ',
    String.raw`[-=*#]{5,}\s*$`,
  ].join('|'),
);
const closingLine = new RegExp(`^(?:${closing.source})`, 'i');

const signals: Readonly<Record<string, number>> = {
  Killed: 9,
  'Segmentation fault': 11,
  Aborted: 6,
  'Bus error': 7,
  'Illegal instruction': 4,
  Terminated: 15,
};
/**
 * `Killed`, `run.sh: line 3: 871 Killed python score.py`, `Segmentation fault (core dumped)`.
 */
const shellSignal =
  /^(?:\S+: line \d+:\s+\d+ )?\s*(Killed|Segmentation fault|Aborted|Bus error|Illegal instruction|Terminated)(?:\s+\(core dumped\))?(?:\s{2,}\S.*)?$/;
const shellRefusal =
  /^(?:\/?\S*(?:bash|sh|dash|zsh|env|exec|nohup|time|conda|python[\d.]*)\d*: ).*(?:not found|No such file or directory|Permission denied|cannot execute.*|[Ee]xec format error|Is a directory)\s*$|^exec \/\S+: [Ee]xec format error\s*$|^(?:standard_init_linux\.go:\d+: )?exec user process caused\b.*$/;
const containerError =
  /Error response from daemon|OCI runtime (?:create|exec|start)|docker: Error|(?:fail(?:ed|ure)|unable|cannot|could not)\b.{0,40}\b(?:start|create|run|launch)\w*\b.{0,30}\bcontainer\b|\bcontainer\b.{0,60}\b(?:failed to start|did not start|could not be started)/i;
const launcherError =
  /\b(?:ORTE|PRTE|PMIX|PMIx|mpirun)\b.{0,40}\b(?:lost communication|unexpectedly|noticed|was unable)|BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES|^A daemon \(pid \d+\) died unexpectedly/;
const errorBlock = /^(?:Native Error|Error Code|Error Message|Fatal error|FATAL)\s*:/;
/**
 * `Dataset initialization failed: UserErrorException:`, `azure.core.exceptions.HttpResponseError:
 * …`; a class alone or after other words.
 */
const exceptionLine =
  /^(?:[^\n:|]{1,100}: ){0,3}(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Failure|Timeout|Interrupt|Exit|NotFound)\b\s*:/;

/** Every line that {@link errorStart} takes for an error contains one of these. */
export const errorNeedles = [
  'rror',
  'xception',
  'Failure:',
  'Timeout:',
  'Interrupt:',
  'Exit:',
  'NotFound:',
  'Killed',
  'Segmentation fault',
  'Aborted',
  'Illegal instruction',
  'Terminated',
  'ontainer',
  'FATAL',
  ': not found',
  'command not found',
  'No such file',
  'Permission denied',
  'cannot execute',
  'xec format error',
  'exec user process',
  'Is a directory',
];

/**
 * Returns the error that begins at this line of free text, or null. `text` is the line without its
 * time.
 */
export function errorStart(text: string, isAfterUsage: boolean): Omit<LastWords, 'line'> | null {
  if (mildLevel.test(text)) return null;
  const message = text.trim();
  const told = (name: LastWordsKind, value: number | null = null) => ({ name, message, value });
  const signal = shellSignal.exec(text)?.[1];
  if (signal !== undefined) return told('killed', signals[signal] ?? null);
  if (isAfterUsage && /^\S[^\n]{0,200}?: error: \S/.test(text)) return told('usage_error');
  if (containerError.test(text)) return told('container');
  if (launcherError.test(text)) return told('launcher');
  if (shellRefusal.test(text)) return told('not_started');
  if (errorBlock.test(text) || exceptionLine.test(text)) return told('error_line');
  return null;
}

/**
 * Number of lines below an exception that may still belong to its message, which Python prints
 * verbatim: notes, sentences, lists.
 */
const mostLoose = 12;
/** Words with which a program says that it continues. */
const gotOver =
  /\b(?:re-?try|re-?tries|re-?trying|try(?:ing)? again|attempts?|continu\w+|skipp?\w*|ignor\w+|fall(?:ing|s)? ?back|recover\w*|proceed\w*|instead|not used|done|finished|completed|succeeded|success\w*|saved|loaded|processed)\b|Batch Inference End/i;
/**
 * `RequestId: …`, `ErrorCode: …`: clients of a service print its answer below their exception. A
 * log's own lines begin with a level.
 */
const answered = /^(?!(?:DEBUG|INFO|NOTICE|WARN|ERROR|CRITICAL)\b)[A-Z][A-Za-z]{2,30}(?: [A-Za-z]{2,20})?:\s?\S/;
/** Rules around the prose that the launcher writes when a process has ended the job. */
const blockRule = /^[-=]{40,}\s*$/;

/** Returns a line without its time. */
function withoutTime(line: string): string {
  return line.replace(timePrefix, '');
}

/** Returns the last words of a log, or null if its end reports no error. */
export function lastWords(tail: FileTail): LastWords | null {
  let found = null as LastWords | null;
  let state = 0;
  let isAfterUsage = false;
  let isInBlock = false;
  let loose = 0;
  for (const [index, line] of tail.lines.entries()) {
    const number = tail.firstLine + index;
    if (line.trim() === '') continue;
    const text = withoutTime(line);
    const isPrefixed = text !== line;
    // The tail can begin within a traceback.
    if (state === 0 && found === null && /^\s+File "[^"]+", line \d+/.test(line))
      state = nextTraceback(0, 'Traceback (most recent call last):', false).state;
    const step = nextTraceback(state, line, isPrefixed);
    state = step.state;
    if (step.role !== null) {
      loose = 0;
      const message = step.role === 'last' ? text.trim() : (found?.message ?? '');
      found = { name: 'exception', line: number, message, value: null };
      continue;
    }
    if (text.startsWith('usage: ')) {
      isAfterUsage = true;
      continue;
    }
    const start = errorStart(text, isAfterUsage);
    // The lines that close the log repeat the name of the exception.
    if (start !== null && !(found?.name.startsWith('exception') && closingLine.test(text))) {
      if (found?.name === 'launcher' && start.name === 'launcher') continue;
      found = { ...start, line: number };
      continue;
    }
    if (found !== null && blockRule.test(text)) isInBlock = !isInBlock;
    if (found === null || isInBlock || goesOn(text, isPrefixed, found)) continue;
    if (!found.name.startsWith('exception') || isPrefixed || gotOver.test(text) || ++loose > mostLoose) found = null;
    else found.name = 'exception_above';
  }
  return found;
}

/**
 * Decides whether a line still belongs to the error before it, or to what any program writes when
 * it ends.
 */
function goesOn(text: string, isPrefixed: boolean, found: LastWords): boolean {
  if (closingLine.test(text.trim())) return true;
  if (isPrefixed) return false;
  if (/^\s/.test(text) || /^[\]}{[).]/.test(text)) return true;
  if (found.name === 'launcher' || found.name === 'container') return true;
  if (isGuidance(text)) return true;
  if (found.name === 'exception' && answered.test(text)) return true;
  // A message of several lines has long sentences or links, whereas a log would continue with short
  // lines.
  return text.length > 100 || /https?:\/\//.test(text);
}
