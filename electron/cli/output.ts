/**
 * Output writes to standard output no faster than its reader reads, and ends quietly when the
 * reader is gone.
 */
import type { Writable } from 'node:stream';
import { PostrunError, systemErrorWords } from '../contract/errors.ts';

/**
 * Thrown internally when the reader of the output is gone (`| head`). It is not an error, but the
 * end.
 */
export class ReaderGone extends Error {}

/** Standard output with back-pressure. */
export interface Output {
  write(text: string): Promise<void>;
  /**
   * Tells whether anything was written. After that, an error can no longer be the only document.
   */
  hasWritten(): boolean;
  /** Sends what was gathered. */
  flush(): Promise<void>;
}

/** Small writes are gathered up to this many characters. */
const chunkChars = 64 * 1024;

/**
 * Creates the output; `json` says that JSON is written. No control character of a log reaches a
 * terminal: JSON shows it as `\u009b`, other text as `\x9b`. Writing rejects with {@link
 * PostrunError} `output_failed` when the stream cannot take it (a full disk).
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
    // Resolves once it is written, so that the program waits for a slow reader and notices a full
    // disk.
    await new Promise<void>((resolve) => {
      stream.write(text, (error) => {
        if (error) note(error);
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
// biome-ignore lint/suspicious/noControlCharactersInRegex: the expression looks for them
const controls = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Shows control and direction characters as `\x1b` instead of sending them to a terminal. */
export function showControls(text: string): string {
  return text.replace(controls, (char) => {
    const code = char.charCodeAt(0);
    return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
  });
}

/**
 * Makes text safe for a terminal: keeps line ends and tabs, and shows all other control and
 * direction characters.
 */
function forTerminal(text: string, json: boolean): string {
  return text.replace(controls, (char) => {
    if (char === '\n' || char === '\r') return char;
    const code = char.charCodeAt(0).toString(16);
    return json || code.length > 2 ? `\\u${code.padStart(4, '0')}` : `\\x${code.padStart(2, '0')}`;
  });
}
