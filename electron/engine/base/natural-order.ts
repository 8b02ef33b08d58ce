/**
 * Compares names in natural order: numbers within names by value, so that `process2` comes before
 * `process10`, everything else by code units, which is the same on every machine. Names that differ
 * only in leading zeros still have an order, so that no two different names compare as equal.
 */
export function compareNatural(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (isDigit(x) && isDigit(y)) {
      const start = startOfNumber(a, at);
      const order = compareNumbers(a, b, start);
      if (order !== 0) return order;
      // The values are equal so far: continue. If one number has more leading zeros, code units
      // decide.
    }
    if (x !== y) return x - y;
  }
  return a.length - b.length;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function startOfNumber(text: string, at: number): number {
  let start = at;
  while (start > 0 && isDigit(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Compares the numbers that begin at `start` in both; 0 if their values are equal. */
function compareNumbers(a: string, b: string, start: number): number {
  const x = significant(a, start);
  const y = significant(b, start);
  if (x.length !== y.length) return x.length - y.length;
  return x < y ? -1 : x > y ? 1 : 0;
}

function significant(text: string, start: number): string {
  let from = start;
  while (text.charCodeAt(from) === 48) from++;
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return text.slice(from, end);
}
