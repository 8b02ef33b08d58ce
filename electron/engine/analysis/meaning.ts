/**
 * Meaning: what an exception's class and words tell the person who has to fix the run.
 *
 * One table lists the words that the service, Python, Linux and cloud clients use for trouble. A
 * row gives the kind of cause that the text alone shows (`unknown` if no kind of the contract fits)
 * and what to do next.
 */
import type { CauseKind } from '../../contract/run-info.ts';

export interface Meaning {
  /** `authentication`, `not_found`, `network` and others: finer than the kind of cause. */
  id: string;
  kind: CauseKind;
  nextStep: string;
}

/** Most specific first. Sources: formats/README.md#failures, and the error codes of each client. */
const MEANINGS: readonly (readonly [id: string, kind: CauseKind, pattern: RegExp, nextStep: string])[] = [
  [
    'disk_full',
    'disk_full',
    /No space left on device|\[?Errno 28\]?|\bENOSPC\b|Disk quota exceeded|disk (?:is )?full\b/i,
    'Delete temporary files in run(), write less, or use a VM size with a larger disk.',
  ],
  [
    'out_of_memory',
    'out_of_memory',
    /\bMemoryError\b|Out of memory: Kill|oom-kill|\boom_?killer\b|OOMKilled|Cannot allocate memory|std::bad_alloc|CUDA out of memory|OutOfMemory(?:Error|Exception)?\b|\[?Errno 12\]?(?!\d)/i,
    'Use fewer processes per node, smaller mini-batches, or a VM size with more memory.',
  ],
  [
    'missing_module',
    'import_error',
    /\b(?:ModuleNotFoundError|ImportError)\b|No module named\b|cannot import name\b/,
    "Add the package to the environment's dependencies and build the environment again.",
  ],
  [
    'mount',
    'mount_failed',
    /\bmount(?:ing)?\b[^\n]{0,80}\b(?:fail|error|denied|timed? ?out|unable)|(?:fail|unable|error|could not|cannot|can't)[^\n]{0,80}\b(?:to mount|mount(?:ing)?)\b|Transport endpoint is not connected|\bMountError|DatasetMount|invalid volume specification/i,
    'Check that the input exists, holds data, and that the identity of the compute may read it; then mount it again or download it instead.',
  ],
  [
    'unsupported_type',
    'unknown',
    /\bUnsupported(?:File|Data|Media)?(?:Type|Format)\b|unsupported (?:file|data|media|column)? ?(?:type|format)|(?:type|format)\b[^\n]{0,60}\b(?:is|are) not supported|files? of type [^\n]{0,60}cannot be read/i,
    'Convert the input to a type that the reader supports, or filter such files out.',
  ],
  [
    'stream_authentication',
    'download_failed',
    /StreamAccess\.?(?:Exception|\.?(?:Authentication|Authorization|NotFound|Throttling|Validation))|StreamError\(|when trying to access the stream/i,
    'Give the identity of the compute the right to read the input (Storage Blob Data Reader), and check the network rules of the account.',
  ],
  [
    'download',
    'download_failed',
    /\b(?:download|fetch)(?:ing|ed)?\b[^\n]{0,80}\b(?:fail|error|denied|timed? ?out)|(?:fail|unable|error|could not)[^\n]{0,80}\b(?:to (?:download|fetch)|download(?:ing)?|fetching)\b|\bStreamAccessException|failed to pull image|ErrImagePull|ImagePull(?:BackOff|Error)/i,
    'Check that the source exists and that the identity of the compute may read it; then try again.',
  ],
  [
    'authentication',
    'unknown',
    /\bnot authori[sz]ed\b|\b(?:ClientAuthentication|Authentication|Authorization|Credential\w*|Unauthorized|Forbidden|AccessDenied|AADSTS\w*|InvalidToken|ExpiredToken)\w*(?:Error|Exception|Failure|Failed|Mismatch)?\b|\b40[13]\b[^\n]{0,40}(?:Unauthorized|Forbidden|Client Error)|(?:refused|rejected|expired|invalid)[^\n]{0,30}\b(?:token|credentials?|key|identity)\b|\b(?:token|credentials?)\b[^\n]{0,30}\b(?:refused|rejected|expired|invalid)/i,
    'Check the credentials or the managed identity of the compute, its role on the storage account, and the network rules of the account.',
  ],
  [
    'bad_return_type',
    'bad_return_type',
    /should return a list or a pandas DataFrame|EntryScriptRunReturnWrongType|There is no succeeded mini batch item returned|NoResultToAppendError|unable to successfully process any mini batches/i,
    'Return one element per input item from run().',
  ],
  [
    'first_task_timeout',
    'first_task_timeout',
    /Unable to create any task within|FirstTaskCreationTimeout/,
    'Make the single input smaller, or raise --first_task_creation_timeout.',
  ],
  [
    'no_input',
    'no_input',
    /InputFileNotFoundError|UserInputNotFoundError|\bno (?:input|files?)\b[^\n]{0,40}\b(?:found|given|in)\b|\binputs?\b[^\n]{0,60}\b(?:is|are) empty|Scheduled 0 mini batches|\b0 tasks\b/i,
    'Check the path of the input and that it holds files.',
  ],
  [
    'node_lost',
    'node_lost',
    /\bnodes?\b[^\n]{0,60}\b(?:lost|pre-?empt\w*|unreachable|no heartbeat|not responding|evicted|went away|disappeared|reclaimed|deallocated)|\bPreemption(?:Error)?\b|\bpre-?empted\b|\bevicted\b|lost (?:the )?(?:node|contact|connection to node)|lost communication with a remote daemon|heartbeat[^\n]{0,40}\b(?:lost|timed? ?out|missing)/i,
    'Submit the run again, on dedicated nodes if it may not be interrupted.',
  ],
  [
    'quota',
    'unknown',
    /\bInsufficient ?Quota|Quota ?Exceeded|\bquota\b[^\n]{0,40}\bexceeded|exceed[^\n]{0,60}\bquota|AllocationFailed|OutOfCapacity|not enough (?:quota|capacity|cores)/i,
    'Ask for more quota, use fewer or smaller nodes, or another region.',
  ],
  [
    'container',
    'unknown',
    /Error response from daemon|OCI runtime|\bcontainer\b[^\n]{0,60}\b(?:fail|did not start|could not)|(?:fail|unable|could not)[^\n]{0,60}\bcontainer\b|exit status 12[567]\b/i,
    'Check the image, its entry point, and the volumes that the job mounts.',
  ],
  [
    'not_found',
    'unknown',
    /\b(?:FileNotFound|ResourceNotFound|NotADirectory|BlobNotFound|ContainerNotFound|PathNotFound|NoSuchKey)\w*|\[?Errno 2\]|No such file or directory|\b404\b[^\n]{0,30}(?:Not Found|Client Error)|does not exist\b/i,
    'Check that the file is part of the job and that the path is right on the node.',
  ],
  [
    'permission',
    'unknown',
    /\bPermissionError\b|Permission ?denied|\[?Errno 13\]/i,
    'Check that the target may be written by the job: output folder, rights of the identity, read-only mounts.',
  ],
  [
    'network',
    'unknown',
    /\b(?:Connection(?:Reset|Refused|Aborted)?|ServiceRequest|ServiceResponse|NewConnection|MaxRetry|ReadTimeout|ConnectTimeout|ProxyError|SSL\w*|gaierror|EndpointConnection)(?:Error|Exception)?\b|Name or service not known|Temporary failure in name resolution|Network is unreachable|Connection (?:reset|refused|aborted|timed out)|\b50[234]\b[^\n]{0,30}(?:Error|Unavailable|Gateway)/i,
    'Check name resolution, firewall and private endpoints of the network; try again where the service was only busy.',
  ],
  [
    'arguments',
    'unknown',
    /: error: (?:the following arguments are required|argument |unrecognized arguments|one of the arguments|invalid choice|ambiguous option|too few arguments)/,
    'Pass the arguments that the script asks for, spelled as its usage says.',
  ],
];

/** Returns the meaning of a text; null if no row matches. */
export function meaningOf(text: string): Meaning | null {
  const head = text.length > 8_000 ? text.slice(0, 8_000) : text;
  for (const [id, kind, pattern, nextStep] of MEANINGS) if (pattern.test(head)) return { id, kind, nextStep };
  return null;
}

/**
 * Returns the kind of cause that a text names; null if it names none or the contract has no kind
 * for it.
 */
export function troubleOf(text: string): CauseKind | null {
  const head = text.length > 8_000 ? text.slice(0, 8_000) : text;
  for (const [, kind, pattern] of MEANINGS) if (kind !== 'unknown' && pattern.test(head)) return kind;
  return null;
}

/** Returns the pattern of one meaning. */
export function patternOf(id: string): RegExp {
  const row = MEANINGS.find(([name]) => name === id);
  if (row === undefined) throw new Error(`no meaning ${id}`);
  return row[2];
}

/** Returns the first non-empty line of a text, cut to 300 characters. */
export function firstLine(text: string): string {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? '';
  return line.trim().slice(0, 300);
}
