import { once } from 'node:events';
import type { Writable } from 'node:stream';

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

export function createOutput(stream: Writable): Output {
  let gathered = '';
  let isGone = false;
  let hasWritten = false;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
    isGone = true;
  });
  const flush = async () => {
    if (isGone) throw new ReaderGone();
    if (gathered === '') return;
    const text = gathered;
    gathered = '';
    if (!stream.write(text)) {
      try {
        await once(stream, 'drain');
      } catch {
        throw new ReaderGone();
      }
    }
  };
  return {
    async write(text) {
      hasWritten = true;
      gathered += text;
      if (gathered.length >= chunkChars) await flush();
      else if (isGone) throw new ReaderGone();
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
