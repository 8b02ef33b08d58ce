/** Who is at fault: the input or the person (`user`), the machine (`environment`), Postrun (`bug`), nobody (`cancelled`). */
export type ErrorKind = 'user' | 'environment' | 'bug' | 'cancelled';

/**
 * An error as data: the only form in which one crosses the pipe, because Electron's `invoke` keeps only a message.
 * `message` says what happened and what to do; `code` is stable and machine-readable; `where` is a path or `file:line`.
 */
export interface ErrorInfo {
  kind: ErrorKind;
  code: string;
  message: string;
  where: string | null;
  /** For the curious: stack or raw message, shown one click deeper. */
  detail: string | null;
}

/** An error with the four parts that a person needs. Thrown anywhere in the engine, turned into {@link ErrorInfo} at the pipe. */
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

/** Turn anything thrown into data; what is not a {@link PostrunError} is a bug and keeps its stack in `detail`. */
export function toErrorInfo(thrown: unknown): ErrorInfo {
  if (thrown instanceof PostrunError) {
    const cause = thrown.cause instanceof Error ? thrown.cause.message : null;
    return { kind: thrown.kind, code: thrown.code, message: thrown.message, where: thrown.where, detail: cause };
  }
  if (thrown instanceof Error) {
    if (thrown.name === 'AbortError') return cancelledInfo();
    return { kind: 'bug', code: 'internal', message: thrown.message, where: null, detail: thrown.stack ?? null };
  }
  return { kind: 'bug', code: 'internal', message: String(thrown), where: null, detail: null };
}

/** The error of an operation that was cancelled: never shown to a person. */
export function cancelledInfo(): ErrorInfo {
  return { kind: 'cancelled', code: 'cancelled', message: 'Cancelled.', where: null, detail: null };
}

/** Bring data from the pipe back to an Error that can be thrown and caught. */
export function fromErrorInfo(info: ErrorInfo): PostrunError {
  const cause = info.detail === null ? undefined : new Error(info.detail);
  return new PostrunError(info.kind, info.code, info.message, { where: info.where ?? undefined, cause });
}
