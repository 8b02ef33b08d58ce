/** What texts of errors mean: one place for the words by which the service, Python and Linux speak of trouble. */
import type { CauseKind } from '../../contract/records.ts';

/** Kinds that a text alone can show, most specific first; sources in the formats file, sections C, D and F. */
const TEXT_KINDS: readonly (readonly [CauseKind, RegExp])[] = [
  ['disk_full', /No space left on device|\[?Errno 28\]?|\bENOSPC\b|Disk quota exceeded|disk (?:is )?full\b/i],
  [
    'out_of_memory',
    /\bMemoryError\b|Out of memory: Kill|oom-kill|\boom_?killer\b|Cannot allocate memory|std::bad_alloc|CUDA out of memory|OutOfMemoryError/i,
  ],
  ['import_error', /\b(?:ModuleNotFoundError|ImportError)\b|No module named\b|cannot import name\b/],
  [
    'mount_failed',
    /\bmount(?:ing)?\b[^\n]{0,80}\b(?:fail|error|denied|timed? ?out|unable)|(?:fail|unable|error|could not)[^\n]{0,80}\b(?:to mount|mount(?:ing)?)\b|Transport endpoint is not connected/i,
  ],
  [
    'download_failed',
    /\b(?:download|fetch)(?:ing|ed)?\b[^\n]{0,80}\b(?:fail|error|denied|timed? ?out)|(?:fail|unable|error|could not)[^\n]{0,80}\b(?:to (?:download|fetch)|download(?:ing)?|fetching)\b|StreamAccessException|AuthenticationException/i,
  ],
  [
    'bad_return_type',
    /should return a list or a pandas DataFrame|EntryScriptRunReturnWrongType|There is no succeeded mini batch item returned|NoResultToAppendError|unable to successfully process any mini batches/i,
  ],
  ['first_task_timeout', /Unable to create any task within|FirstTaskCreationTimeout/],
  [
    'no_input',
    /InputFileNotFoundError|UserInputNotFoundError|\bno (?:input|files?)\b[^\n]{0,40}\b(?:found|given|in)\b|\binputs?\b[^\n]{0,60}\b(?:is|are) empty|Scheduled 0 mini batches|\b0 tasks\b/i,
  ],
  [
    'node_lost',
    /\bnode\b[^\n]{0,60}\b(?:lost|preempt\w*|unreachable|no heartbeat|not responding|evicted|went away|disappeared)|lost (?:the )?(?:node|contact|connection to node)|heartbeat[^\n]{0,40}\b(?:lost|timed? ?out|missing)/i,
  ],
];

/** Kind of trouble that a text names; null where it names none of them. */
export function troubleOf(text: string): CauseKind | null {
  const head = text.length > 8_000 ? text.slice(0, 8_000) : text;
  for (const [kind, pattern] of TEXT_KINDS) if (pattern.test(head)) return kind;
  return null;
}

/** Why the service gave up, by its final message or stop reason. */
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
  ['node_lost', TEXT_KINDS.find(([kind]) => kind === 'node_lost')?.[1] ?? /node lost/],
  ['mount_failed', TEXT_KINDS.find(([kind]) => kind === 'mount_failed')?.[1] ?? /mount failed/],
  ['download_failed', TEXT_KINDS.find(([kind]) => kind === 'download_failed')?.[1] ?? /download failed/],
  [
    'not_all_processed',
    /No task has been (?:picked|processed)|NoTaskPickedException|NoTaskProcessedException|SomeTaskProcessedException|There are \d+ pending tasks/,
  ],
];

/** Every reason that a final text gives, most decisive first. */
export function terminalsOf(text: string): Terminal[] {
  return TERMINALS.filter(([, pattern]) => pattern.test(text)).map(([terminal]) => terminal);
}

/** The first line of a text that says something, at most 300 characters. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().slice(0, 300);
}
