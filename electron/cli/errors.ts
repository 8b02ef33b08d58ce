/** Errors as the command line prints them: one line, or JSON. */
import { type ErrorInfo, PostrunError } from '../contract/errors.ts';
import { showControls } from './output.ts';

/**
 * Formats an error as one line, `postrun: what: where: what to do`. The first sentence of the
 * message is "what", the rest "what to do".
 */
export function errorLine(error: ErrorInfo): string {
  const sentences = /^(?<what>.*?[^.])\.(?:\s+(?<todo>.+))?$/s.exec(error.message.trim());
  const what = sentences?.groups?.what ?? error.message.trim();
  const todo = sentences?.groups?.todo ?? (error.kind === 'bug' ? 'this is a fault of Postrun; please report it' : '');
  return showControls(['postrun', what, error.where ?? '', todo].filter((part) => part !== '').join(': '));
}

/** Builds the document that `--json` prints for an error. */
export function errorJson(error: ErrorInfo) {
  return { error: { code: error.code, message: error.message, where: error.where } };
}

/** Creates an error about how the command was called. */
export function usageError(message: string, where?: string): PostrunError {
  return new PostrunError('user', 'usage', message, where === undefined ? {} : { where });
}
