/**
 * The rows of a unit, as a worker gathers them: in segments, each of which goes to the writer when
 * it is full.
 */
import type { MessagePort } from 'node:worker_threads';
import { compress } from '../base/codec.ts';
import { type BlockRow, emptyRows, type SegmentRows } from '../store/rows.ts';
import { SegmentBuilder } from '../store/segment-builder.ts';
import { packTasks } from '../store/task-columns.ts';

/** A segment closes at this size, which bounds the worker's memory and what a kill can lose. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/**
 * A segment also closes at this many distinct tokens (a file of numbers has one per line) or
 * records (a log may hold nothing but errors).
 */
const SEGMENT_TOKENS = 400_000;
const SEGMENT_RECORDS = 20_000;
/** And at this many blocks or files: one stream can hold a million small files. */
const SEGMENT_BLOCKS = 4_096;
/** The worker stops reading once this many segments wait for the writer. */
const MAX_WAITING = 2;

export class UnitRows {
  readonly #writer: MessagePort;
  readonly #builder = new SegmentBuilder();
  #rows = emptyRows(0);
  /** Bytes of the segment's blocks. */
  #bytes = 0;
  #waiting = 0;
  #wakeUp: (() => void) | null = null;

  /** `writer` gets the segments, and answers each when it is written. */
  constructor(writer: MessagePort) {
    this.#writer = writer;
    writer.on('message', () => {
      this.#waiting--;
      this.#wakeUp?.();
    });
  }

  /** Where a reader loads the text of the next block. */
  get kernel(): SegmentBuilder['kernel'] {
    return this.#builder.kernel;
  }

  /** The rows of the present segment, for a reader to add to. */
  get segment(): SegmentRows {
    return this.#rows;
  }

  /** Bytes of the present segment's blocks. */
  get bytes(): number {
    return this.#bytes;
  }

  get isFull(): boolean {
    const { tasks, processes, runs, errors, blocks } = this.#rows;
    if (this.#bytes >= SEGMENT_BYTES || this.#builder.tokens >= SEGMENT_TOKENS) return true;
    const records = tasks.length + processes.length + runs.length + errors.length;
    return records >= SEGMENT_RECORDS || blocks.length >= SEGMENT_BLOCKS || this.isOfManyParts;
  }

  get isOfManyParts(): boolean {
    return this.#rows.parts.length >= SEGMENT_BLOCKS;
  }

  begin(unitId: number): void {
    this.#rows = emptyRows(unitId);
    this.#bytes = 0;
  }

  /**
   * Adds the block that the kernel has loaded. `text` is to be stored with it; null if it can be
   * read in place. `isCutInToken` says that a token of it goes on in a block beside it.
   */
  addBlock(row: Omit<BlockRow, 'stored'>, text: Buffer | null, isCutInToken: boolean): void {
    const { blocks, texts } = this.#rows;
    blocks.push({ ...row, stored: text !== null });
    this.#builder.addBlock(isCutInToken);
    if (text !== null) texts.push([blocks.length - 1, compress(text)]);
    this.#bytes += row.bytes;
  }

  /** Sends the segment; `isLast` ends the unit. Resolves when the worker may go on reading. */
  async send(isLast: boolean): Promise<void> {
    const rows = this.#rows;
    rows.last = isLast;
    rows.index = this.#builder.finish();
    rows.taskColumns = packTasks(rows.tasks);
    const handedOver = new Set<ArrayBuffer>();
    for (const page of rows.index.postings) handedOver.add(page.data.buffer as ArrayBuffer);
    for (const page of rows.index.vocabulary) handedOver.add(page.data.buffer as ArrayBuffer);
    for (const [, bytes] of rows.texts) handedOver.add(bytes.buffer as ArrayBuffer);
    this.#writer.postMessage(rows, [...handedOver]);
    this.begin(rows.unitId);
    this.#waiting++;
    while (this.#waiting >= MAX_WAITING) {
      await new Promise<void>((resolve) => {
        this.#wakeUp = resolve;
      });
    }
  }
}
