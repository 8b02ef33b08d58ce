/**
 * Hit pages: stretches of a search's hits in order, and the places of lines and times among them.
 */
import type { LineRow } from '../../contract/line-records.ts';
import type { Candidate, CandidateList } from './candidates.ts';
import { HitOrder } from './hit-order.ts';
import { byPlace, type Hit, type HitReader } from './hit-reader.ts';
import { type HitRun, readRun } from './hit-run.ts';
import type { BlockTable } from './plan/block-table.ts';

/**
 * If the blocks of a page have more hits than this, and more than this many pages, a whole run of
 * rows is sorted in one go.
 */
const SCATTERED_HITS = 20_000;
const SCATTERED_PAGES = 4;

export class HitPages {
  readonly #table: BlockTable;
  readonly #list: CandidateList;
  readonly #reader: HitReader;
  readonly #order: 'time' | 'file';
  readonly #ordered = new HitOrder();
  #version = -1;
  /** Rows sorted already, valid until the order changes. */
  #run: Promise<HitRun> | null = null;

  constructor(options: { table: BlockTable; list: CandidateList; reader: HitReader; order: 'time' | 'file' }) {
    this.#table = options.table;
    this.#list = options.list;
    this.#reader = options.reader;
    this.#order = options.order;
  }

  /** Updates the order with what has been verified. */
  #refresh(): HitOrder {
    if (this.#version !== this.#list.version) {
      this.#version = this.#list.version;
      this.#run = null;
      const isByFile = this.#order === 'file';
      this.#ordered.set(
        this.#list.found.map(({ index, hits }) => ({
          index,
          count: hits?.count ?? 0,
          min: isByFile ? index : (hits?.minUs ?? 0),
          max: isByFile ? index : (hits?.maxUs ?? 0),
        })),
      );
    }
    return this.#ordered;
  }

  /** Reads rows [start, start + count). The first `known` rows are final. */
  async rows(start: number, count: number, known: number, maxChars: number, raw: boolean): Promise<LineRow[]> {
    const end = Math.min(start + count, known);
    if (start >= end) return [];
    this.#refresh();
    const run = this.#run;
    if (run !== null) {
      const kept = await run;
      const isInside = start >= kept.start && end <= kept.start + kept.hits.length;
      this.#refresh();
      if (isInside && run === this.#run) return this.#cut(kept, start, end, maxChars, raw);
    }
    const order = this.#refresh();
    const window = order.window(start, end - start);
    // Candidates may arrive while hits are read. The list behind the window stays unchanged.
    const candidates = this.#list.all;
    const scattered = window.active.reduce((sum, block) => sum + block.count, 0);
    if (scattered > Math.max(SCATTERED_HITS, SCATTERED_PAGES * (end - start))) {
      const next = readRun(this.#reader, order, candidates, start);
      this.#run = next;
      next.catch(() => {
        if (this.#run === next) this.#run = null;
      });
      return this.#cut(await next, start, end, maxChars, raw);
    }
    const hits = await this.#reader.hits(candidates, window.active);
    hits.sort(byPlace);
    // `before` counts blocks wholly before the window. Hits of active blocks before it are in
    // `hits`.
    const offset = start - window.before;
    const page = hits.slice(offset, offset + (end - start));
    return this.#reader.rows(candidates, page, maxChars, raw);
  }

  #cut({ start: first, hits, candidates }: HitRun, start: number, end: number, maxChars: number, raw: boolean) {
    return this.#reader.rows(candidates, hits.slice(start - first, end - first), maxChars, raw);
  }

  /** Returns the ordinal of the first hit at or after a line of a file, or a time. */
  async locate(target: { fileId: number | null; line: number | null; timeUs: number | null }): Promise<number> {
    if (target.fileId !== null && target.line !== null) return this.#locateLine(target.fileId, target.line);
    if (this.#order === 'file' || target.timeUs === null) return 0;
    return this.#rank({ key: target.timeUs, nanos: 0, index: -1, line: 0 });
  }

  async #locateLine(fileId: number, line: number): Promise<number> {
    const candidates = this.#list.all;
    for (const [index, candidate] of candidates.entries()) {
      const { hits } = candidate;
      if (candidate.fileId !== fileId || hits === null || hits.count === 0) continue;
      const fileLine = this.#fileLine(candidate);
      if (fileLine + this.#linesOf(candidate) < line) continue;
      const found = await this.#reader.hits(candidates, [
        { index, count: hits.count, min: hits.minUs, max: hits.maxUs },
      ]);
      const hit = found.find((item) => fileLine + item.line + 1 >= line);
      if (hit !== undefined) return this.#rank(hit);
    }
    return this.#refresh().total;
  }

  #fileLine(candidate: Candidate): number {
    return candidate.scanned?.fileLine ?? this.#table.fileLine(candidate.blockId);
  }

  /** Returns the number of lines of a candidate, at least up to its last hit. */
  #linesOf({ blockId, span, hits }: Candidate): number {
    if (blockId === -1) return (hits?.lines?.at(-1) ?? Number.POSITIVE_INFINITY) + 1;
    let lines = 0;
    for (let k = 0; k < span; k++) lines += this.#table.lines[blockId + k] as number;
    return lines;
  }

  /** Returns the number of hits before this place. */
  async #rank(place: Hit): Promise<number> {
    const { key } = place;
    const ordered = this.#refresh();
    const { straddling, before } = ordered.around(key);
    const equal =
      ordered.total === 0
        ? []
        : ordered.window(Math.min(before, ordered.total - 1), 1).active.filter((block) => block.min === key);
    const blocks = new Map([...straddling, ...equal].map((block) => [block.index, block]));
    const hits = await this.#reader.hits(this.#list.all, [...blocks.values()]);
    return before + hits.filter((hit) => byPlace(hit, place) < 0).length;
  }
}
