import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttemptRow } from '../../contract/batch-records.ts';
import { sqlQuestions } from '../../contract/sql-questions.ts';
import type { SqlCell } from '../../contract/sql-records.ts';
import { writeSample } from '../../sample/sample.ts';
import { TestEngine } from '../testing/open-run.ts';

let dir = '';
let engine: TestEngine;
let caseId = '';
let attempts: AttemptRow[] = [];
const answers = new Map<string, Record<string, SqlCell>[]>();

async function ask(sql: string): Promise<Record<string, SqlCell>[]> {
  let state = await engine.call('sql.start', { caseIds: [caseId], sql });
  while (!state.complete) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    state = await engine.call('sql.state', { queryId: state.queryId });
  }
  if (state.error !== null) throw new Error(state.error.message);
  const { rows } = await engine.call('sql.rows', { queryId: state.queryId, start: 0, count: 10_000 });
  return rows.map((row) => Object.fromEntries(state.columns.map(({ name }, k) => [name, row[k] ?? null])));
}

const of = (id: string) => answers.get(id) ?? [];
const isBad = (attempt: AttemptRow) => attempt.outcome === 'failed' || attempt.outcome === 'timed_out';

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'postrun-questions-'));
  await writeSample(dir, { failure: 'run_exception', nodes: 3, processes: 2, miniBatches: 60, megabytes: 2, seed: 3 });
  engine = new TestEngine();
  caseId = await engine.open(dir);
  attempts = (await engine.call('attempts.page', { caseId, filter: {}, start: 0, count: 10_000 })).rows;
  for (const { id, sql } of sqlQuestions) answers.set(id, await ask(sql));
});

afterAll(async () => {
  await engine.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('worked questions', () => {
  it('are twenty, each with an id of its own', () => {
    expect(sqlQuestions).toHaveLength(20);
    expect(new Set(sqlQuestions.map(({ id }) => id)).size).toBe(20);
  });

  it.each(sqlQuestions.map(({ id, question }) => [id, question]))('%s: %s', (id) => {
    // A question about something the logs do not tell has no rows. This run tells of everything but
    // testimony.
    if (id !== 'who-says-what') expect(of(id).length).toBeGreaterThan(0);
    for (const row of of(id)) {
      // A row that refers to a line must refer to an existing one.
      if (typeof row.file === 'string' && 'line' in row) expect(row.line).toBeGreaterThan(0);
    }
  });

  it('give every number that the view What happened says how to count', async () => {
    const counted = await engine.call('analysis.counted', { caseId });
    for (const { label, value, sql } of counted) {
      if (sql === null) continue;
      const [row] = await ask(sql);
      expect(Object.values(row ?? {}), label).toEqual([value]);
    }
    expect(counted.filter(({ sql }) => sql !== null).length).toBeGreaterThan(7);
  });

  it('slower-nodes halves the attempts of each node by their start', () => {
    for (const row of of('slower-nodes')) {
      const own = attempts
        .filter((attempt) => attempt.node === row.node && attempt.durationSeconds !== null)
        .sort((a, b) => (a.startUs ?? 0) - (b.startUs ?? 0))
        .map((attempt) => attempt.durationSeconds ?? 0);
      const middle = Math.ceil(own.length / 2);
      const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
      expect(row.first_half).toBeCloseTo(mean(own.slice(0, middle)), 6);
      expect(row.second_half).toBeCloseTo(mean(own.slice(middle)), 6);
    }
  });

  it('memory-at-last-attempt takes the last sample before the pick-up', async () => {
    const series = await engine.call('resources.list', { caseId });
    const [row] = of('memory-at-last-attempt');
    const own = series.find(
      (each) => each.node === row?.node && each.process === row?.process && each.metric === row?.metric,
    );
    const points = { caseId, seriesIds: [own?.seriesId ?? 0], maxPoints: 20_000 };
    const [curve] = await engine.call('resources.points', points);
    const startUs = Math.max(
      ...attempts.filter((each) => each.node === row?.node && each.pid === row?.pid).map((each) => each.startUs ?? 0),
    );
    const at = curve?.timesUs.findLastIndex((us) => us <= startUs) ?? -1;
    expect(row?.value).toBe(curve?.values[at]);
  });

  it('who-says-what has the testimony of the verdict', async () => {
    const { testimony } = await engine.call('run.info', { caseId });
    expect(
      of('who-says-what')
        .map((row) => row.message)
        .sort(),
    ).toEqual(testimony.map((one) => one.message).sort());
  });

  it('retries has every mini-batch that was tried again', () => {
    const times = new Map<string, number>();
    for (const { miniBatchId } of attempts) times.set(miniBatchId, (times.get(miniBatchId) ?? 0) + 1);
    const again = [...times].filter(([, count]) => count > 1);
    expect(
      of('retries')
        .map((row) => [row.mini_batch, row.attempts])
        .sort(),
    ).toEqual(again.sort());
  });

  it('throughput counts every attempt that ended', () => {
    const sum = of('throughput').reduce((total, row) => total + Number(row.finished), 0);
    expect(sum).toBe(attempts.filter((attempt) => attempt.endUs !== null).length);
    const failed = of('throughput').reduce((total, row) => total + Number(row.failed), 0);
    expect(failed).toBe(attempts.filter((attempt) => attempt.endUs !== null && isBad(attempt)).length);
  });

  it('data-or-node tells mini-batches that failed each time from those that did not', () => {
    for (const row of of('data-or-node')) {
      const own = attempts.filter((attempt) => attempt.miniBatchId === row.mini_batch);
      expect(row.attempts).toBe(own.length);
      expect(String(row.verdict).startsWith('data')).toBe(own.every(isBad));
    }
  });

  it('slowest-attempts is in order, and its lines tell of the pick-up', async () => {
    const durations = attempts.map((attempt) => attempt.durationSeconds ?? 0).sort((a, b) => b - a);
    expect(of('slowest-attempts').map((row) => row.duration_seconds ?? 0)).toEqual(durations.slice(0, 20));
  });

  it('errors-per-minute counts the lines of level error', async () => {
    const sum = of('errors-per-minute').reduce((total, row) => total + Number(row.errors), 0);
    const found = await engine.search(caseId, { minLevel: 'error' });
    expect(sum).toBe(found.filter((row) => row.timeUs !== null).length);
  });

  it('story-of-a-mini-batch has the lines that the search has of it', async () => {
    const first = [...attempts]
      .filter((attempt) => attempt.outcome !== 'succeeded')
      .sort((a, b) => (a.startUs ?? Number.MAX_VALUE) - (b.startUs ?? Number.MAX_VALUE))[0];
    const found = await engine.search(caseId, { miniBatch: { include: [first?.miniBatchId ?? ''] } });
    expect(of('story-of-a-mini-batch')).toHaveLength(found.length);
  });
});
