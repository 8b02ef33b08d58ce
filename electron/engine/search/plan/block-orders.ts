/**
 * Block orders: the blocks of a case sorted by place and by time, for searches that select many of
 * them.
 */

/** Line numbers of a file are below this. It keeps places exact for two million files. */
const PLACES_A_FILE = 2 ** 32;

/** Returns the place of a line in file order. `fileOrder` is the place of its file. */
export function placeOf(fileOrder: number, fileLine: number): number {
  return fileOrder * PLACES_A_FILE + fileLine;
}

/**
 * Returns a block's key in time order: its least effective time. A block without times comes last.
 */
export function timeKey(minUs: number): number {
  return Number.isNaN(minUs) ? Number.MAX_SAFE_INTEGER : minUs;
}

/** What the orders need from each block, indexed by its id below `end`; see `BlockTable`. */
interface SortableBlocks {
  segments: readonly { firstBlock: number; blocks: number }[];
  end: number;
  files: ReadonlyMap<number, { order: number }>;
  fileId: ArrayLike<number>;
  /** Microseconds since the epoch; NaN if the block has no time. */
  minUs: ArrayLike<number>;
  fileLine(id: number): number;
}

export class BlockOrders {
  /** Block ids. */
  readonly byPlace: Uint32Array;
  readonly byTime: Uint32Array;

  /** `shiftOf` returns the microseconds to subtract from the times of a block. */
  constructor(table: SortableBlocks, shiftOf: (id: number) => number) {
    const ids: number[] = [];
    for (const { firstBlock, blocks } of table.segments) for (let k = 0; k < blocks; k++) ids.push(firstBlock + k);
    const keys = new Float64Array(table.end);
    for (const id of ids) {
      keys[id] = placeOf(table.files.get(table.fileId[id] as number)?.order ?? 0, table.fileLine(id));
    }
    ids.sort((a, b) => (keys[a] as number) - (keys[b] as number));
    this.byPlace = Uint32Array.from(ids);
    for (const id of ids) keys[id] = timeKey((table.minUs[id] as number) - shiftOf(id));
    ids.sort((a, b) => (keys[a] as number) - (keys[b] as number));
    this.byTime = Uint32Array.from(ids);
  }
}
