/** Reading the body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http';

/**
 * The body of a request as text; null when it is longer than `maxBytes`. Rejects when the
 * connection breaks.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > maxBytes) {
        request.pause();
        resolve(null);
      } else {
        parts.push(part);
      }
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('error', reject);
    request.on('close', () => reject(new Error('the connection was closed')));
  });
}
