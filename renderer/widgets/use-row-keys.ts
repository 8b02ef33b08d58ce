/**
 * Row keys decide which elements of a virtual list go on being used for which rows: a row that
 * stays in view keeps its own, and a jump may fill the elements of the rows before anew.
 */
import { useState } from 'react';

/** The rows that are drawn, and the row whose key is 0. */
interface Drawn {
  first: number;
  last: number;
  base: number;
}

/** The rows `first` … `last` after those that were drawn before. */
export function nextDrawn(before: Drawn, first: number, last: number): Drawn {
  const isJump = first > before.last || last < before.first;
  return { first, last, base: isJump ? first - (before.first - before.base) : before.base };
}

/** The key of each drawn row; without recycling, rows have one for ever. */
export function useRowKeys(first: number, last: number, recycles: boolean): (index: number) => number {
  const [before, setDrawn] = useState<Drawn>({ first, last, base: 0 });
  let drawn = before;
  if (recycles && (first !== before.first || last !== before.last)) {
    drawn = nextDrawn(before, first, last);
    setDrawn(drawn);
  }
  return (index) => index - drawn.base;
}
