/**
 * Orders the hits of a search without holding all of them in memory. For each verified block it
 * knows the number of hits and the range of their keys (times, or the block's place in file order).
 * A page reads the hits themselves again.
 *
 * Counting finds row `i`: blocks whose hits all come before a key count whole, and blocks that
 * straddle it are read. A page costs the blocks whose key ranges overlap it, about one per file
 * written at that time.
 */
export interface OrderedBlock {
  /** Place in the list of candidates, in file order. Breaks ties of equal keys, before line. */
  index: number;
  count: number;
  min: number;
  max: number;
}

export interface Window {
  /** Blocks to read. */
  active: OrderedBlock[];
  /** Number of hits before `from` in blocks that are not active. */
  before: number;
  from: number;
  to: number;
}

export class HitOrder {
  /** Sorted by min and by max, ascending, with running sums of counts. */
  #byMin: OrderedBlock[] = [];
  #byMax: OrderedBlock[] = [];
  #sumByMin: Float64Array = new Float64Array(1);
  #sumByMax: Float64Array = new Float64Array(1);
  total = 0;

  /** Sets the blocks that have hits. O(n log n). */
  set(blocks: OrderedBlock[]): void {
    this.#byMin = [...blocks].sort((a, b) => a.min - b.min || a.index - b.index);
    this.#byMax = [...blocks].sort((a, b) => a.max - b.max || a.index - b.index);
    this.#sumByMin = sums(this.#byMin);
    this.#sumByMax = sums(this.#byMax);
    this.total = this.#sumByMin.at(-1) ?? 0;
  }

  /** Returns the number of hits that certainly come before a key. */
  certainlyBefore(key: number): number {
    return this.#sumByMax[firstIndex(this.#byMax, (block) => block.max >= key)] as number;
  }

  /** Returns the blocks needed for rows [start, start + count). Requires `start < total`. */
  window(start: number, count: number): Window {
    // The greatest key with at most `start` hits possibly before it. Row `start` is at or after it.
    const low = firstIndex(this.#sumByMin, (sum) => sum > start) - 1;
    const from = (this.#byMin[low] as OrderedBlock).min;
    // The least key with at least `start + count` hits certainly before it.
    const wanted = Math.min(this.total, start + count);
    const high = firstIndex(this.#sumByMax, (sum) => sum >= wanted);
    const to = (this.#byMax[high - 1] as OrderedBlock).max;
    const end = firstIndex(this.#byMin, (block) => block.min > to);
    const active: OrderedBlock[] = [];
    for (let k = 0; k < end; k++) {
      const block = this.#byMin[k] as OrderedBlock;
      if (block.max >= from) active.push(block);
    }
    return { active, before: this.certainlyBefore(from), from, to };
  }

  /** Returns the blocks that straddle a key, and the number of hits in blocks wholly before it. */
  around(key: number): { straddling: OrderedBlock[]; before: number } {
    const end = firstIndex(this.#byMin, (block) => block.min >= key);
    return {
      straddling: this.#byMin.slice(0, end).filter((block) => block.max >= key),
      before: this.certainlyBefore(key),
    };
  }
}

function sums(blocks: OrderedBlock[]): Float64Array {
  const result = new Float64Array(blocks.length + 1);
  blocks.forEach((block, k) => {
    result[k + 1] = (result[k] as number) + block.count;
  });
  return result;
}

/**
 * Returns the first index whose element passes; all later ones must pass too. Returns the length if
 * none passes.
 */
function firstIndex<T>(list: ArrayLike<T>, passes: (item: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}
