/** Errors: what went wrong, as data that crosses the pipe, and in words for people. */
import { isObject } from './known-keys.ts';

/**
 * The party at fault: the input or the person (`user`), the machine (`environment`), Postrun
 * (`bug`), nobody (`cancelled`).
 */
export type ErrorKind = 'user' | 'environment' | 'bug' | 'cancelled';

/**
 * An error as data. Only this form crosses the pipe, because Electron's `invoke` keeps only a
 * message. `message` says what happened and what to do; `code` is stable and machine-readable;
 * `where` is a path or `file:line`.
 */
export interface ErrorInfo {
  kind: ErrorKind;
  code: string;
  message: string;
  where: string | null;
  /** Stack or raw message, shown one click deeper. */
  detail: string | null;
}

/**
 * An error with the four parts that a person needs. Thrown anywhere in the engine and turned into
 * {@link ErrorInfo} at the pipe.
 */
export class PostrunError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly where: string | null;

  constructor(kind: ErrorKind, code: string, message: string, options: { where?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = 'PostrunError';
    this.kind = kind;
    this.code = code;
    this.where = options.where ?? null;
  }
}

/**
 * Turns anything thrown into data. Anything that is neither a {@link PostrunError}, a cancellation
 * nor a known system error is a bug and keeps its stack in `detail`.
 */
export function toErrorInfo(thrown: unknown): ErrorInfo {
  if (thrown instanceof PostrunError) {
    const cause = thrown.cause instanceof Error ? thrown.cause.message : null;
    return { kind: thrown.kind, code: thrown.code, message: thrown.message, where: thrown.where, detail: cause };
  }
  if (thrown instanceof Error) {
    if (thrown.name === 'AbortError') return cancelledInfo();
    const system = systemErrorWords(thrown);
    if (system !== null) {
      const where = 'path' in thrown && typeof thrown.path === 'string' ? thrown.path : null;
      return { kind: 'environment', code: system.code, message: system.words, where, detail: thrown.message };
    }
    return { kind: 'bug', code: 'internal', message: thrown.message, where: null, detail: thrown.stack ?? null };
  }
  return { kind: 'bug', code: 'internal', message: String(thrown), where: null, detail: null };
}

/** Codes of the system and of SQLite, and what they mean to a person. */
const systemWords: ReadonlyMap<string, { code: string; words: string }> = new Map([
  [
    'ENOSPC',
    { code: 'disk_full', words: 'The disk is full. Make room, or keep cases elsewhere with --case-dir, then go on.' },
  ],
  [
    'EDQUOT',
    {
      code: 'disk_full',
      words: 'Your share of the disk is used up. Make room, or keep cases elsewhere with --case-dir.',
    },
  ],
  [
    'SQLITE_FULL',
    { code: 'disk_full', words: 'The disk is full. Make room, or keep cases elsewhere with --case-dir, then go on.' },
  ],
  ['EROFS', { code: 'read_only', words: 'The place can only be read. Choose another one, for cases with --case-dir.' }],
  ['SQLITE_READONLY', { code: 'read_only', words: 'The case can only be read. Keep cases elsewhere with --case-dir.' }],
  [
    'SQLITE_CANTOPEN',
    {
      code: 'case_unwritable',
      words:
        'The case cannot be opened where it is kept. Check that its folder may be written, or keep cases elsewhere with --case-dir.',
    },
  ],
  [
    'EACCES',
    { code: 'no_permission', words: 'The system does not allow it. Check the permissions, or choose another place.' },
  ],
  [
    'EPERM',
    { code: 'no_permission', words: 'The system does not allow it. Check the permissions, or choose another place.' },
  ],
  [
    'ENOTDIR',
    {
      code: 'not_a_folder',
      words: 'A file stands where a folder is needed. Move it away, or keep cases elsewhere with --case-dir.',
    },
  ],
  [
    'EMFILE',
    {
      code: 'too_many_files',
      words: 'Too many files are open. Close some windows or raise the limit (ulimit -n), then try again.',
    },
  ],
  [
    'ENFILE',
    { code: 'too_many_files', words: 'The system has too many files open. Close some programs, then try again.' },
  ],
  [
    'EIO',
    {
      code: 'disk_error',
      words: 'The disk or the network share reports an error. Copy the logs to another disk and open them there.',
    },
  ],
  [
    'SQLITE_IOERR',
    { code: 'disk_error', words: 'The disk reports an error, or is full. Keep cases elsewhere with --case-dir.' },
  ],
  [
    'SQLITE_CORRUPT',
    {
      code: 'case_damaged',
      words: 'The case is damaged. Open the source again: it is indexed again, your marks are kept.',
    },
  ],
  [
    'SQLITE_NOTADB',
    {
      code: 'case_damaged',
      words: 'The case is damaged. Open the source again: it is indexed again, your marks are kept.',
    },
  ],
  ['SQLITE_BUSY', { code: 'case_busy', words: 'Another program holds the case. Wait until it is done, or close it.' }],
]);

/** Describes an error of the system or of SQLite. Returns null for any other error. */
export function systemErrorWords(error: unknown): { code: string; words: string } | null {
  const code = isObject(error) && 'code' in error ? String(error.code) : '';
  return systemWords.get(code) ?? systemWords.get(/^SQLITE_[A-Z]+/.exec(code)?.[0] ?? '') ?? null;
}

/** Describes an operation that was cancelled. It is never shown to a person. */
export function cancelledInfo(): ErrorInfo {
  return { kind: 'cancelled', code: 'cancelled', message: 'Cancelled.', where: null, detail: null };
}

/** Turns data from the pipe back into an Error that can be thrown and caught. */
export function fromErrorInfo(info: ErrorInfo): PostrunError {
  const cause = info.detail === null ? undefined : new Error(info.detail);
  return new PostrunError(info.kind, info.code, info.message, { where: info.where ?? undefined, cause });
}
