/**
 * Searches for many exact texts in one pass: one regular expression over their common prefixes
 * makes a thousand texts cost little more than one.
 */

interface Branch {
  next: Map<string, Branch>;
  isEnd: boolean;
}

const quoted = (char: string) => char.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

function source(branch: Branch): string {
  const parts = [...branch.next].map(([char, next]) => quoted(char) + source(next));
  if (parts.length === 0) return '';
  const all = parts.length === 1 ? (parts[0] ?? '') : `(?:${parts.join('|')})`;
  // Try longer texts before the one that ends here.
  return branch.isEnd ? `(?:${all})?` : all;
}

/**
 * Returns a regular expression that matches the longest of the texts at a place; null if there are
 * none.
 */
export function needles(texts: Iterable<string>, before: string, after: string, flags: string): RegExp | null {
  const root: Branch = { next: new Map(), isEnd: false };
  for (const text of texts) {
    let branch = root;
    for (const char of text) {
      let next = branch.next.get(char);
      if (next === undefined) {
        next = { next: new Map(), isEnd: false };
        branch.next.set(char, next);
      }
      branch = next;
    }
    if (branch !== root) branch.isEnd = true;
  }
  return root.next.size === 0 ? null : new RegExp(`${before}(?:${source(root)})${after}`, flags);
}
