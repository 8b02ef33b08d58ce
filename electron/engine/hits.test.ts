/** What is counted over all lines of a search, against a plain count of the same lines. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandInput } from '../contract/contract.ts';
import { TestEngine } from './testing/open-run.ts';

const START = Date.UTC(2022, 4, 17, 8, 30, 0);
const at = (seconds: number) => (START + seconds * 1_000) * 1_000;
const stamp = (seconds: number) =>
  new Date(START + seconds * 1_000).toISOString().slice(0, -1).replace('T', ' ').replace('.', ',');
const nodes = ['10.0.0.4', '10.0.0.5'];
/** One loss every second of each node; the second node writes it with a comma and a unit. */
const losses = nodes.flatMap((node, n) =>
  Array.from({ length: 400 }, (_, k) => ({ node, k, value: ((k * 7919) % 1_000) + 1_000 * n })),
);

let dir = '';
let engine: TestEngine;
let caseId = '';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-hits-'));
  for (const [n, node] of nodes.entries()) {
    const path = join(dir, `logs/user/stdout/${node}/process000.stdout.txt`);
    mkdirSync(dirname(path), { recursive: true });
    const lines = losses
      .filter((loss) => loss.node === node)
      .flatMap(({ k, value }) => [
        `${stamp(k)} INFO step ${k} loss=${n === 0 ? value : `${value.toLocaleString('en-US')} units`} in '/mnt/batch-${k % 3}/in.csv'`,
        ...(k % 100 === 0
          ? [`${stamp(k)} INFO step ${k} loss=none`, `${stamp(k)} WARNING cache of ${node} is full`]
          : []),
      ]);
    writeFileSync(path, `${lines.join('\n')}\n`);
  }
  engine = new TestEngine();
  caseId = await engine.open(dir);
});
afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

async function numbers(params: Omit<CommandInput<'search.numbers'>, 'caseId'>) {
  for (;;) {
    const found = await engine.call('search.numbers', { caseId, ...params });
    if (found.complete) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** By nearest rank. */
function figures(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  return { count: sorted.length, min: rank(0), median: rank(0.5), p95: rank(0.95), max: sorted.at(-1) ?? null };
}

describe('numbers from lines', () => {
  it('have the figures of all values, by time and by node, and say what is not among them', async () => {
    const found = await numbers({
      pattern: 'loss=(\\S+(?: units)?)',
      by: 'node',
      fromUs: at(0),
      toUs: at(400),
      buckets: 4,
    });
    expect(found).toMatchObject({ lines: 808, values: 800, unread: 8, untimed: 0, outside: 0, error: null });
    expect(found.all).toMatchObject(figures(losses.map(({ value }) => value)));
    for (const bucket of [0, 1, 2, 3]) {
      const { count, min, median, p95, max } = figures(
        losses.filter(({ k }) => Math.floor(k / 100) === bucket).map(({ value }) => value),
      );
      const { buckets } = found.all;
      const of = [buckets.count, buckets.min, buckets.median, buckets.p95, buckets.max].map((row) => row[bucket]);
      expect(of).toEqual([count, min, median, p95, max]);
    }
    expect(found.groups.map(({ node, count }) => [node, count]).toSorted()).toEqual(nodes.map((node) => [node, 400]));
    for (const group of found.groups) {
      const own = losses.filter(({ node }) => node === group.node);
      expect(group).toMatchObject({ process: null, file: null, ...figures(own.map(({ value }) => value)) });
      expect(group.medians?.[2]).toBe(
        figures(own.filter(({ k }) => Math.floor(k / 100) === 2).map(({ value }) => value)).median,
      );
    }
    expect(found.histogram.counts.reduce((sum, count) => sum + count)).toBe(800);
  });

  it('are those of the range and of the filter, and of the named group', async () => {
    const one = await numbers({
      pattern: '(?<step>step) \\d+ loss=(?<value>[\\d,]+)',
      filter: { node: { include: ['10.0.0.4'] }, toUs: at(300) },
      fromUs: at(100),
      toUs: at(200),
      curves: 0,
      by: 'process',
    });
    const own = losses.filter(({ node, k }) => node === '10.0.0.4' && k >= 100 && k < 200);
    expect(one).toMatchObject({ values: 300, outside: 200, unread: 0 });
    expect(one.all).toMatchObject(figures(own.map(({ value }) => value)));
    expect(one.groups).toMatchObject([{ node: '10.0.0.4', count: 100, medians: null }]);
  });

  it('refuse what is no expression', async () => {
    await expect(numbers({ pattern: '(' })).rejects.toMatchObject({ code: 'bad_query' });
  });
});

describe('templates of the hits', () => {
  it('are counted over all lines, with the values of their variable parts', async () => {
    const { searchId } = await engine.call('search.start', { caseId, filter: { query: 'step OR cache' } });
    let found = await engine.call('search.templates', { searchId });
    while (!found.complete) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      found = await engine.call('search.templates', { searchId });
    }
    expect(found.lines).toBe(816);
    expect(found.templates.reduce((sum, { lines }) => sum + lines, found.otherLines)).toBe(816);
    const full = found.templates.find(({ template }) => template.includes('cache of'));
    expect(full).toMatchObject({ lines: 8, firstUs: at(0), lastUs: at(300) });
    const ask = () => engine.call('search.templateValues', { searchId, id: full?.id ?? -1 });
    let values = await ask();
    while (!values.complete) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      values = await ask();
    }
    expect(values.parts).toMatchObject([{ name: '<address>', distinct: 2, isCut: false }]);
    expect(values.parts[0]?.values.toSorted((a, b) => a.value.localeCompare(b.value))).toEqual(
      nodes.map((value) => ({ value, count: 4 })),
    );
    await expect(engine.call('search.templateValues', { searchId, id: 99_999 })).rejects.toMatchObject({
      code: 'no_template',
    });
  });
});
