/**
 * Groups masked messages by template, using a tree of fixed depth: He, Zhu, Zheng, Lyu, "Drain: An
 * Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017. The tree branches by the number of
 * words, then by the first words; a message joins the most similar group there, and words that
 * differ become `<*>`. Messages are masked first (mask.ts), so that the tree need not learn numbers
 * and names.
 */

export interface DrainGroup {
  words: string[];
  size: number;
}

/**
 * Share of words that must be equal to join a group. The paper uses 0.5, but one word in two is too
 * loose for short errors.
 */
const SIMILARITY = 0.6;
/** Number of words that the tree branches by. */
const DEPTH = 2;
const ANY = '<*>';

export class Drain {
  readonly #leaves = new Map<string, DrainGroup[]>();
  readonly #exact = new Map<string, DrainGroup>();

  /** Returns the group of a masked message; its words may become more general later. */
  add(template: string): DrainGroup {
    const known = this.#exact.get(template);
    if (known !== undefined) {
      known.size++;
      return known;
    }
    const words = template.split(/\s+/);
    const key = `${words.length} ${words.slice(0, DEPTH).map(branchOf).join(' ')}`;
    const leaf = this.#leaves.get(key) ?? [];
    this.#leaves.set(key, leaf);
    let best: DrainGroup | null = null;
    let bestShare = 0;
    for (const group of leaf) {
      const share = likeness(group.words, words);
      if (share > bestShare) {
        best = group;
        bestShare = share;
      }
    }
    if (best === null || bestShare < SIMILARITY) {
      best = { words, size: 0 };
      leaf.push(best);
    } else generalize(best, words);
    best.size++;
    this.#exact.set(template, best);
    return best;
  }
}

/** Words with a variable part share one branch. */
function branchOf(word: string): string {
  return word.includes('<') ? ANY : word;
}

/**
 * Returns the share of equal words. A word that is already general does not count, as in the paper.
 */
function likeness(a: readonly string[], b: readonly string[]): number {
  if (a.length !== b.length || a.length === 0) return 0;
  let same = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i] && a[i] !== ANY) same++;
  return same / a.length;
}

function generalize(group: DrainGroup, words: readonly string[]): void {
  for (let i = 0; i < words.length; i++) if (group.words[i] !== words[i]) group.words[i] = ANY;
}

/** Decides whether two templates can be the same apart from their variable parts. */
export function matchTemplates(a: string, b: string): boolean {
  const wordsA = a.split(/\s+/);
  const wordsB = b.split(/\s+/);
  if (wordsA.length !== wordsB.length) return false;
  let same = 0;
  for (let i = 0; i < wordsA.length; i++) {
    if (wordsA[i] === wordsB[i]) same++;
    else if (wordsA[i] !== ANY && wordsB[i] !== ANY) return false;
  }
  return same / wordsA.length >= SIMILARITY / 2;
}
