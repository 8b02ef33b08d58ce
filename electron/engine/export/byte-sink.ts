/** A growing buffer that encoders append to and reuse for the next page or batch. */
import { Buffer } from 'node:buffer';

const FIRST_BYTES = 64 * 1024;

export class ByteSink {
  buffer = Buffer.allocUnsafe(FIRST_BYTES);
  length = 0;

  /** Makes room for `bytes` more, so that a caller may write into {@link buffer} itself. */
  reserve(bytes: number): void {
    const needed = this.length + bytes;
    if (needed <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(grown, 0, 0, this.length);
    this.buffer = grown;
  }

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  bytes(from: Uint8Array): void {
    this.reserve(from.length);
    this.buffer.set(from, this.length);
    this.length += from.length;
  }

  /** Appends text that is only ASCII. */
  ascii(text: string): void {
    this.reserve(text.length);
    this.length += this.buffer.write(text, this.length, 'latin1');
  }

  /** Returns what was appended, valid until the sink is reused. */
  view(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
