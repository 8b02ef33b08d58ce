/**
 * Replies are results and errors as data, since a thrown error loses its fields between processes.
 */
import type { ErrorInfo } from '../contract/errors.ts';
import type { Reply } from '../contract/pipe.ts';

/** Builds the reply for a result that the pipe cannot carry. */
export function uncloneableReply(command: string, cause: unknown): Reply {
  return failure({
    kind: 'bug',
    code: 'uncloneable',
    message: `The result${command === '' ? '' : ` of ${command}`} cannot be sent from the engine. Please report this.`,
    where: null,
    detail: cause instanceof Error ? cause.message : String(cause),
  });
}

/** Builds the reply for an invalid request; `where` names the field. */
export function badRequest(code: string, message: string, where: string | null): Reply {
  return failure({ kind: 'bug', code, message, where, detail: null });
}

export function failure(error: ErrorInfo): Reply {
  return { ok: false, error };
}
