import { describe, expect, it } from 'vitest';
import { createBusy } from './busy.ts';
import { PAGE_ROWS, PagedRows } from './paged-rows.ts';

/** Answers that are on their way, in the order of their requests. */
const underWay: (() => void)[] = [];
const arrival = () => new Promise<void>((resolve) => underWay.push(resolve));
const turn = () => new Promise((resolve) => setTimeout(resolve));

/** Lets all answers arrive, and those to what is asked for then. */
async function settle(): Promise<void> {
  do {
    underWay.shift()?.();
    await turn();
  } while (underWay.length > 0);
}

function make(total: () => number, mostPages = 3) {
  const asked: number[] = [];
  const cancelled: number[] = [];
  let changes = 0;
  const rows = new PagedRows<number>({
    name: 'test',
    busy: createBusy(),
    mostPages,
    onChange: () => {
      changes++;
    },
    fetch: async (start, count, signal) => {
      asked.push(start / PAGE_ROWS);
      signal.addEventListener('abort', () => cancelled.push(start / PAGE_ROWS));
      await arrival();
      signal.throwIfAborted();
      const length = Math.max(0, Math.min(count, total() - start));
      return { total: total(), rows: Array.from({ length }, (_, i) => start + i) };
    },
  });
  return { rows, asked, cancelled, changes: () => changes };
}

describe('rows by page', () => {
  it('fetches what is on the screen, once', async () => {
    const { rows, asked } = make(() => 1_000_000);
    rows.want(190, 210);
    expect(rows.at(200)).toBe(undefined);
    await settle();
    rows.want(190, 210);
    expect([rows.total, rows.at(199), rows.at(200), asked]).toEqual([1_000_000, 199, 200, [0, 1]]);
  });
  it('fetches the next page before the scroll gets there', async () => {
    const { rows, asked } = make(() => 1_000_000);
    rows.want(0, 40);
    await settle();
    rows.want(150, 190);
    await settle();
    expect([rows.at(200), asked]).toEqual([200, [0, 1]]);
  });
  it('fetches a page ahead of a scroll, and tells of it only where its rows are in view', async () => {
    const { rows, asked, changes } = make(() => 1_000_000);
    rows.want(1_000, 1_040);
    await settle();
    rows.want(1_030, 1_070);
    await settle();
    expect([asked, changes()]).toEqual([[4, 5, 6], 2]);
    rows.want(1_020, 1_060);
    await settle();
    rows.want(990, 1_030);
    await settle();
    expect([rows.at(990), asked, changes()]).toEqual([990, [4, 5, 6, 3], 2]);
  });
  it('cancels what was scrolled past and keeps the pages used last', async () => {
    const { rows, asked, cancelled } = make(() => 1_000_000);
    rows.want(0, 10);
    rows.want(100_050, 100_060);
    await settle();
    expect(cancelled).toEqual([0]);
    for (const page of [1, 4, 7]) {
      rows.want(page * PAGE_ROWS + 50, page * PAGE_ROWS + 55);
      await settle();
    }
    expect([rows.at(7 * PAGE_ROWS), rows.at(100_000)]).toEqual([1_400, undefined]);
    expect(asked).toEqual([0, 500, 1, 4, 7]);
  });
  it('asks again for rows that became stale while they were on their way', async () => {
    let version = 1;
    const answers: ((rows: string[]) => void)[] = [];
    const rows = new PagedRows<string>({
      name: 'test',
      busy: createBusy(),
      onChange: () => {},
      fetch: () => new Promise((resolve) => answers.push((found) => resolve({ total: found.length, rows: found }))),
    });
    const answer = async () => {
      answers.shift()?.([`${version}`]);
      await settle();
    };
    rows.want(0, 10);
    const old = answers.shift();
    rows.invalidate();
    old?.(['old']);
    await settle();
    expect([rows.at(0), answers.length]).toEqual(['old', 1]);
    await answer();
    expect([rows.at(0), answers.length]).toEqual(['1', 0]);
    // The same for rows that were there before.
    rows.invalidate();
    const older = answers.shift();
    rows.invalidate();
    version = 2;
    older?.(['older']);
    await settle();
    await answer();
    expect([rows.at(0), answers.length]).toEqual(['2', 0]);
  });
  it('asks for the rest of a page whose total grew while it was on its way', async () => {
    let total = 5;
    const { rows, asked } = make(() => total);
    rows.want(0, 30);
    rows.grow(50);
    await settle();
    expect([rows.at(4), asked.length]).toEqual([4, 2]);
    total = 50;
    rows.grow(49);
    rows.grow(50);
    await settle();
    expect([rows.at(49), asked.length]).toEqual([49, 3]);
  });
  it('fills up a page as more is found, and shows the old rows until then', async () => {
    let total = 5;
    const { rows } = make(() => total);
    rows.want(0, 30);
    await settle();
    total = 50;
    rows.grow(50);
    expect([rows.at(4), rows.at(5)]).toEqual([4, undefined]);
    await settle();
    expect(rows.at(49)).toBe(49);
  });
});
