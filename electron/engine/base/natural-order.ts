/**
 * Natural order: numbers within names by their value, so that `process2` comes before `process10`.
 * All else goes by code units, the same on every machine. Names that differ only in leading zeros
 * keep an order of their own, so that no two different names are equal.
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
      // The same value so far: go on behind the digits of both where these are as long, else by
      // code units.
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

/** The numbers that begin at the same place of both; 0 where their values are equal. */
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
