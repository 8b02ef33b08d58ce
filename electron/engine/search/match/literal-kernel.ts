/**
 * Finds the lines with an ASCII literal in bytes, sixteen bytes per step and without making
 * strings.
 */
import { BYTE_CLASS } from '../../base/tokens.ts';
import { createFinder } from '../../kernel/kernel.ts';

/** A literal that the kernel can search for. */
export interface KernelLiteral {
  /** ASCII without line ends, at most {@link MAX_LITERAL} characters. */
  text: string;
  caseSensitive: boolean;
  /** No word character may come before it, or after it. */
  borderBefore: boolean;
  borderAfter: boolean;
}

/**
 * Lines that the kernel found, with three numbers each: start, end (at the `\n` or the end of the
 * bytes), and line number.
 */
export interface KernelLines {
  count: number;
  values: Int32Array;
}

const MAX_LITERAL = 240;

/** Copies every text into its only memory, so each thread has one. */
class LiteralKernel {
  readonly #finder = createFinder();
  readonly #bytes = new Uint8Array(this.#finder.memory.buffer);
  readonly #values = new Int32Array(this.#finder.memory.buffer, this.#finder.linesAt());
  readonly #needleAt = this.#finder.needleAt();
  readonly #foldAt = this.#finder.foldAt();
  readonly #inputAt = this.#finder.inputAt();
  #literal: KernelLiteral | null = null;
  #rare: [number, number] = [0, 0];
  readonly #rareOf = new WeakMap<KernelLiteral, [number, number]>();

  constructor() {
    const word = this.#finder.wordAt();
    for (let byte = 0; byte < 128; byte++) this.#bytes[word + byte] = BYTE_CLASS[byte] === 1 ? 1 : 0;
    this.#bytes.copyWithin(word + 256, word, word + 128).fill(1, word + 384, word + 512);
  }

  #use(literal: KernelLiteral): void {
    if (this.#literal === literal) return;
    this.#literal = literal;
    for (let k = 0; k < literal.text.length; k++) {
      const code = literal.text.charCodeAt(k);
      const isLetter = (code | 0x20) >= 97 && (code | 0x20) <= 122;
      const fold = isLetter && !literal.caseSensitive ? 0x20 : 0;
      this.#bytes[this.#needleAt + k] = code | fold;
      this.#bytes[this.#foldAt + k] = fold;
    }
    this.#rare = this.#rareOf.get(literal) ?? rarest(literal.text);
    this.#rareOf.set(literal, this.#rare);
  }

  find(literal: KernelLiteral, bytes: Uint8Array, beyondIsWord: boolean): KernelLines {
    this.#use(literal);
    this.#bytes.set(bytes, this.#inputAt);
    const borders = [literal.borderBefore, literal.borderAfter, beyondIsWord].map(Number);
    const count = this.#finder.find(bytes.length, literal.text.length, ...this.#rare, ...borders);
    return { count, values: this.#values };
  }
}

/** Most frequent in logs first. All other characters are rarer. */
const FREQUENT = ' 0e1t2a-o3i:rn4s5.6d7l8c9,up/_mgfbhy=v|w"\'()kx';

/** Returns the places of the two rarest characters of a text, ascending. */
function rarest(text: string): [number, number] {
  const rank = (letter: string) => {
    const at = FREQUENT.indexOf(letter.toLowerCase());
    return at === -1 ? FREQUENT.length : at;
  };
  const places = [...text].map((letter, k) => ({ k, rank: rank(letter) }));
  places.sort((a, b) => b.rank - a.rank);
  const first = places[0]?.k ?? 0;
  return [first, places[1]?.k ?? first];
}

let kernel: LiteralKernel | null = null;

/**
 * Finds the lines with the literal, each once, in at most `FINDER_MAX_BYTES` bytes. `beyondIsWord`:
 * treat bytes beyond ASCII as word characters. The result is valid until the next call.
 */
export function linesWithLiteral(literal: KernelLiteral, bytes: Uint8Array, beyondIsWord: boolean): KernelLines {
  kernel ??= new LiteralKernel();
  return kernel.find(literal, bytes, beyondIsWord);
}

/** Returns true if the kernel can search for a text. */
export function isKernelText(text: string): boolean {
  if (text.length === 0 || text.length > MAX_LITERAL) return false;
  for (let k = 0; k < text.length; k++) {
    const code = text.charCodeAt(k);
    if (code === 0 || code === 10 || code === 13 || code >= 128) return false;
  }
  return true;
}
