/**
 * A small seeded generator (sfc32). Each stream has a label, so that adding a draw to one renderer
 * never changes what another renderer writes.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number, label = '') {
    let hash = (0x811c9dc5 ^ seed) >>> 0;
    for (let i = 0; i < label.length; i++) hash = Math.imul(hash ^ label.charCodeAt(i), 0x01000193) >>> 0;
    this.#a = hash;
    this.#b = Math.imul(hash ^ 0x9e3779b9, 0x85ebca6b) >>> 0;
    this.#c = (seed ^ 0x243f6a88) >>> 0;
    this.#d = 1;
    for (let i = 0; i < 12; i++) this.next32();
  }

  /** Draws 32 random bits as an unsigned integer. */
  next32(): number {
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + t;
    this.#c |= 0;
    return t >>> 0;
  }

  /** Draws from [0, 1). */
  unit(): number {
    return this.next32() / 4294967296;
  }

  /** Draws an integer from [0, n). */
  int(n: number): number {
    return Math.floor(this.unit() * n);
  }

  /** Draws from [from, to). */
  range(from: number, to: number): number {
    return from + (to - from) * this.unit();
  }

  /** Draws true with probability `p`. */
  chance(p: number): boolean {
    return this.unit() < p;
  }

  /** Draws one element of a non-empty list. */
  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)] as T;
  }

  /** Draws approximately from the standard normal distribution, cheaply: a sum of uniform draws. */
  normal(): number {
    return (this.unit() + this.unit() + this.unit() + this.unit() - 2) * 1.732;
  }

  /** Draws `digits` lower-case hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.next32().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** Draws an identifier of the form 8-4-4-4-12. */
  guid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`;
  }
}
