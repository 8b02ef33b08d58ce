/**
 * Row keys decide which elements of a virtual list serve which rows. A row that stays in view keeps
 * its element; after a jump, the elements of previous rows can be reused.
 */
import { useState } from 'react';

/** The drawn rows, and the row whose key is 0. */
interface Drawn {
  first: number;
  last: number;
  base: number;
}

/** Returns the drawn rows `first` … `last` with keys that continue from the previous ones. */
export function nextDrawn(before: Drawn, first: number, last: number): Drawn {
  const isJump = first > before.last || last < before.first;
  return { first, last, base: isJump ? first - (before.first - before.base) : before.base };
}

/** Returns the key of each drawn row. Without recycling, a row's key never changes. */
export function useRowKeys(first: number, last: number, recycles: boolean): (index: number) => number {
  const [before, setDrawn] = useState<Drawn>({ first, last, base: 0 });
  let drawn = before;
  if (recycles && (first !== before.first || last !== before.last)) {
    drawn = nextDrawn(before, first, last);
    setDrawn(drawn);
  }
  return (index) => index - drawn.base;
}
