/**
 * The hash of a token has 64 bits. base/tokens.ts must compute the same keys for searches
 * (`keyOfRun`, `keyOfCharacter`).
 */
import { KEPT } from './memory.ts';
import { HASH_CHARACTER, HASH_FIRST, HASH_LAST, HASH_SECOND, LOWER_CASE_BITS } from './numbers.ts';

/**
 * Fills a table that says, for each number of bytes left, which bits of the next two words of 8
 * bytes count. A table avoids a branch that the processor cannot predict.
 */
export function makeKept(): void {
  for (let rest = 1; rest <= 64; rest++) {
    store<u64>(KEPT + 16 * rest, rest >= 8 ? <u64>-1 : ((<u64>1) << (8 * rest)) - 1);
    store<u64>(KEPT + 16 * rest, rest >= 16 ? <u64>-1 : rest <= 8 ? 0 : ((<u64>1) << (8 * (rest - 8))) - 1, 8);
  }
}

@inline
function end(h: u64): u64 {
  const m = (h ^ (h >>> 32)) * HASH_LAST;
  return m ^ (m >>> 29);
}

/**
 * Hashes the ASCII run `[at, at + length)`, 1 ≤ length ≤ 64; may read past its end. Takes sixteen
 * bytes at a time, because nearly all tokens are shorter.
 */
@inline
export function hashOfRun(at: usize, length: i32): u64 {
  let h: u64 = length;
  let rest = length;
  do {
    const first = (load<u64>(at) | LOWER_CASE_BITS) & load<u64>(KEPT + 16 * rest);
    const second = (load<u64>(at, 8) | LOWER_CASE_BITS) & load<u64>(KEPT + 16 * rest, 8);
    h = end((h ^ first) * HASH_FIRST + (h ^ second) * HASH_SECOND);
    at += 16;
    rest -= 16;
  } while (rest > 0);
  return h;
}

/** Hashes a folded character beyond ASCII. */
export function hashOfCharacter(codePoint: i32): u64 {
  return end((HASH_CHARACTER ^ <u64>codePoint) * HASH_FIRST);
}

/** Returns the key of a hash's posting list. */
@inline
export function keyOf(hash: u64): u32 {
  return <u32>(hash >>> 32);
}
