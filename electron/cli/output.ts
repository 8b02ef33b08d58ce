/**
 * Output writes to standard output no faster than its reader takes it, and ends quietly when the
 * reader has gone.
 */
import type { Writable } from 'node:stream';
import { PostrunError, systemErrorWords } from '../contract/errors.ts';

/** Thrown inside when the reader of our output is gone (`| head`): not an error, the end. */
export class ReaderGone extends Error {}

/** Standard output with manners: waits while the reader is slow, ends quietly when it is gone. */
export interface Output {
  write(text: string): Promise<void>;
  /** Whether anything was written: then an error can no longer be the one document. */
  hasWritten(): boolean;
  /** Send what was gathered. */
  flush(): Promise<void>;
}

/** Small writes are gathered up to this many characters. */
const chunkChars = 64 * 1024;

/**
 * `json`: what is written is JSON. To a terminal no control character of a log gets through, in
 * JSON as `\u009b`, else as `\x9b`. Writing rejects with {@link PostrunError} `output_failed` when
 * the place cannot take it (a full disk).
 */
export function createOutput(stream: Writable & { isTTY?: boolean }, json = false): Output {
  let gathered = '';
  let isGone = false;
  let hasWritten = false;
  let failure: NodeJS.ErrnoException | null = null;
  const note = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') isGone = true;
    else failure ??= error;
  };
  stream.on('error', note);
  const check = () => {
    if (failure !== null) {
      const reason = systemErrorWords(failure)?.words ?? failure.message;
      throw new PostrunError('environment', 'output_failed', `The output could not be written. ${reason}`, {
        cause: failure,
      });
    }
    if (isGone) throw new ReaderGone();
  };
  const flush = async () => {
    check();
    if (gathered === '') return;
    const text = stream.isTTY === true ? forTerminal(gathered, json) : gathered;
    gathered = '';
    // Resolved when it is written, so that a slow reader is waited for and a full disk is noticed.
    await new Promise<void>((resolve) => {
      stream.write(text, (error) => {
        if (error) note(error as NodeJS.ErrnoException);
        resolve();
      });
    });
    check();
  };
  return {
    async write(text) {
      hasWritten = true;
      gathered += text;
      if (gathered.length >= chunkChars) await flush();
      else check();
    },
    hasWritten: () => hasWritten,
    flush,
  };
}

// Log text is hostile: a terminal would obey its control characters. Tab is harmless.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Show control and direction characters as `\x1b` instead of sending them to a terminal. */
export function showControls(text: string): string {
  return text.replace(controls, (char) => {
    const code = char.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

/**
 * Text as a terminal may get it: line ends and tabs stay, all other control and direction
 * characters are shown.
 */
function forTerminal(text: string, json: boolean): string {
  return text.replace(controls, (char) => {
    if (char === '\n' || char === '\r') return char;
    const code = char.charCodeAt(0).toString(16);
    return json || code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}
