/**
 * The hash of a token has 64 bits. It is the same as that of `hashOfRun` and `hashOfCharacter` of
 * base/tokens.ts, which compute it for searches.
 */
import { KEPT } from './memory.ts';
import { HASH_CHARACTER, HASH_FIRST, HASH_LAST, HASH_SECOND, LOWER_CASE_BITS } from './numbers.ts';

/**
 * For each number of bytes that are left, which bits of the next two times eight are of them.
 * Looked up, for choosing would be a branch that cannot be foretold.
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
 * Of the ASCII run `[at, at + length)`, 1 ≤ length ≤ 64; bytes behind it may be read. Sixteen at a
 * time: nearly all tokens are shorter.
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

/** Of a character beyond ASCII, folded. */
export function hashOfCharacter(codePoint: i32): u64 {
  return end((HASH_CHARACTER ^ <u64>codePoint) * HASH_FIRST);
}

/** The key of a posting list. */
@inline
export function keyOf(hash: u64): u32 {
  return <u32>(hash >>> 32);
}
