import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SampleOptions, type SampleTruth, sampleFailureKinds, writeSample } from './sample.ts';

const root = mkdtempSync(join(tmpdir(), 'postrun-sample-'));
let made = 0;

afterAll(() => rmSync(root, { recursive: true, force: true }));

async function make(options: SampleOptions): Promise<{ dir: string; truth: SampleTruth }> {
  const dir = join(root, `run-${made++}`);
  const truth = await writeSample(dir, options);
  return { dir, truth };
}

function filesUnder(dir: string): string[] {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(dir, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function hashOf(dir: string): string {
  const hash = createHash('sha256');
  for (const file of filesUnder(dir)) hash.update(file).update(readFileSync(join(dir, file)));
  return hash.digest('hex');
}

function linesOf(dir: string, file: string): string[] {
  return readFileSync(join(dir, file), 'utf8').split('\n');
}

function countIn(dir: string, file: RegExp, line: RegExp): number {
  let count = 0;
  for (const path of filesUnder(dir)) {
    if (!file.test(path)) continue;
    for (const text of linesOf(dir, path)) if (line.test(text)) count++;
  }
  return count;
}

describe('writeSample', () => {
  it('writes the same bytes for the same seed and others for another', async () => {
    for (const layout of ['1', '2', '3'] as const) {
      const [a, b, c] = await Promise.all([
        make({ seed: 7, layout, miniBatches: 60, failure: 'retried_then_succeeded' }),
        make({ seed: 7, layout, miniBatches: 60, failure: 'retried_then_succeeded' }),
        make({ seed: 8, layout, miniBatches: 60, failure: 'retried_then_succeeded' }),
      ]);
      expect(hashOf(a.dir)).toBe(hashOf(b.dir));
      expect(readFileSync(`${a.dir}.truth.json`, 'utf8')).toBe(readFileSync(`${b.dir}.truth.json`, 'utf8'));
      expect(hashOf(a.dir)).not.toBe(hashOf(c.dir));
    }
  });

  it('keeps near the size that was asked for', async () => {
    for (const megabytes of [4, 25]) {
      const { truth } = await make({ megabytes, miniBatches: 120 });
      expect(truth.bytes / 1e6).toBeGreaterThan(megabytes * 0.95);
      expect(truth.bytes / 1e6).toBeLessThan(megabytes * 1.05);
    }
  });

  it.each(['1', '2', '3'] as const)(
    'states bytes, lines and planted words of every file as they are (layout %s)',
    async (layout) => {
      const { dir, truth } = await make({ layout, failure: 'cut_off' });
      expect(truth.files.map((file) => file.file).sort()).toEqual(filesUnder(dir));
      for (const facts of truth.files) {
        const text = readFileSync(join(dir, facts.file), 'utf8');
        const lines = text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
        expect([facts.file, facts.lines]).toEqual([facts.file, lines]);
        expect(facts.bytes).toBe(statSync(join(dir, facts.file)).size);
      }
      const all = new Map(filesUnder(dir).map((file) => [file, linesOf(dir, file)]));
      expect(truth.words.length).toBeGreaterThan(6);
      for (const { word, refs } of truth.words) {
        const found: string[] = [];
        for (const [file, lines] of all) {
          lines.forEach((text, i) => {
            if (text.includes(word)) found.push(`${file}:${i + 1}`);
          });
        }
        expect(found.sort()).toEqual(refs.map((ref) => `${ref.file}:${ref.line}`).sort());
      }
    },
  );

  it('has the oddities of real logs', async () => {
    const { dir, truth } = await make({ failure: 'out_of_memory' });
    expect(truth.files.some((file) => file.bytes === 0)).toBe(true);
    expect(truth.files.some((file) => file.cut)).toBe(true);
    expect(truth.files.some((file) => file.crlf)).toBe(true);
    expect(truth.nodes.some((node) => Math.abs(node.clockSkewSeconds) > 1)).toBe(true);
    const longest = Math.max(...filesUnder(dir).flatMap((file) => linesOf(dir, file).map((line) => line.length)));
    expect(longest).toBeGreaterThan(65_536);
    expect(countIn(dir, /stdout/, /\r.*it\/s/)).toBeGreaterThan(0);
    const tables = filesUnder(dir).filter((file) => /perf.*csv$/.test(file));
    expect(countIn(dir, /perf.*csv$/, /^TIME_STAMP/)).toBeGreaterThan(tables.length);
  });

  it('tells the attempts alike in task tables, master messages, worker logs and reports', async () => {
    for (const failure of ['none', 'run_exception', 'run_timeout', 'slow_node', 'poisoned', 'out_of_memory'] as const) {
      const { dir, truth } = await make({ failure, seed: 3 });
      const { attempts } = truth.totals;
      const processed = truth.attempts.filter((attempt) => attempt.total !== null).length;
      expect(countIn(dir, /\.task\.csv$/, /TASK_PICKED/)).toBe(attempts.total);
      expect(countIn(dir, /\.task\.csv$/, /TASK_PROCESSED/)).toBe(processed);
      expect(countIn(dir, /\.task\.csv$/, /RUN_TIMEOUT/)).toBe(attempts.timed_out);
      expect(countIn(dir, /\.task\.csv$/, /TASK_POISONED/)).toBe(truth.totals.miniBatches.poisoned);
      expect(countIn(dir, /master\.txt$/, /"status": 50}/)).toBe(attempts.total);
      expect(countIn(dir, /master\.txt$/, /"status": 99}/)).toBe(processed);
      expect(countIn(dir, /master\.txt$/, /"status": 51}/)).toBe(truth.totals.miniBatches.poisoned);
      expect(countIn(dir, /worker\/.*Process-\d+\.txt$/, /Batch processing completed/)).toBe(processed);
      expect(countIn(dir, /worker\/.*Process-\d+\.txt$/, /Got task \d+\.$/)).toBeGreaterThan(attempts.total - 17);
      expect(countIn(dir, /processed_tasks\.csv$/, /^\d/)).toBe(processed);
      expect(countIn(dir, /override_tasks\.csv$/, /^\d/)).toBe(truth.overrides);
      expect(countIn(dir, /pending_tasks\.csv$/, /^\d/)).toBe(
        truth.totals.miniBatches.total - truth.totals.miniBatches.processed - truth.totals.miniBatches.poisoned,
      );
      for (const attempt of truth.attempts.slice(0, 40)) {
        if (attempt.durationSeconds === null || attempt.total === null) continue;
        const rows = linesOf(dir, `logs/sys/worker/${attempt.node}/${attempt.process}.task.csv`);
        const row = rows.find(
          (text) => text.startsWith(`${attempt.miniBatchId},${attempt.attempt},`) && text.includes('TASK_PROCESSED'),
        );
        const cells = row?.split(',') ?? [];
        expect(cells[2]?.slice(0, 23)).toBe(attempt.startedAt.slice(0, 23));
        expect(Number(cells[6])).toBeCloseTo(attempt.durationSeconds, 2);
        expect([cells[3], cells[4], cells[5]].map(Number)).toEqual([attempt.total, attempt.succeeded, attempt.failed]);
      }
    }
  });

  it.each(['2', '3'] as const)(
    'tells the attempts in the job report and the process logs of layout %s',
    async (layout) => {
      for (const failure of ['none', 'run_exception', 'run_timeout', 'out_of_memory'] as const) {
        const { dir, truth } = await make({ failure, layout, seed: 3 });
        const { attempts, miniBatches } = truth.totals;
        expect(countIn(dir, /processed_mini-batches\.csv$/, /,RUN_DONE,/)).toBe(miniBatches.processed);
        expect(countIn(dir, /processed_mini-batches\.csv$/, /,RUN_TIMEOUT,/)).toBe(attempts.timed_out);
        expect(countIn(dir, /processed_mini-batches\.csv$/, /,RUN_EXCEPTION,/)).toBe(attempts.failed);
        expect(countIn(dir, /sys\/node\/.*process\d+\.txt$/, /"status": "RUN_DONE"}/)).toBe(miniBatches.processed);
        expect(countIn(dir, /sys\/node\/.*process\d+\.txt$/, /"status": "TASK_PICKED"}/)).toBeGreaterThan(
          attempts.total - 40,
        );
      }
    },
  );

  it('gives the figures of some resource series', async () => {
    const { dir, truth } = await make({ nodes: 1, singleNodePerfFlat: true });
    expect(truth.series.length).toBeGreaterThan(2);
    for (const series of truth.series) {
      const rows = linesOf(dir, series.file).filter((row) => row !== '');
      const header = rows[0]?.split(',') ?? [];
      const column = header.indexOf(series.column);
      expect(rows.filter((row) => !row.startsWith('TIME_STAMP')).length).toBe(series.samples);
      for (const [time, value] of series.points) {
        const row = rows.find((text) => text.startsWith(time.slice(0, 23)));
        expect(Number(row?.split(',')[column])).toBe(value);
      }
    }
  });

  it('replaces killed processes where the build does', async () => {
    for (const replaceKilled of [false, true]) {
      const { dir, truth } = await make({ failure: 'process_killed', replaceKilled });
      const killed = truth.nodes.flatMap((node) => node.processes).filter((process) => process.exitCode === -11);
      expect(killed.length).toBeGreaterThan(3);
      expect(killed.some((process) => process.replacedByPid !== null)).toBe(replaceKilled);
      expect(countIn(dir, /worker\/.*MainProcess\.txt$/, /exits with exitcode -11\.$/)).toBe(killed.length);
    }
  });

  it('pads runs that never pick a mini-batch too, and writes the earliest form', async () => {
    const { dir, truth } = await make({ failure: 'init_failed', megabytes: 6, taskCsv: false, printsInUserLog: true });
    expect(truth.bytes / 1e6).toBeGreaterThan(5.7);
    expect(truth.bytes / 1e6).toBeLessThan(6.3);
    expect(filesUnder(dir).filter((file) => /task\.csv$|stdout/.test(file))).toEqual([]);
    expect(countIn(dir, /logs\/user\/[\d.]+\/Process-1\.txt$/, /Using TensorFlow backend/)).toBe(4);
  });

  it('finishes a run of many processes and attempts without naming each in the truth', async () => {
    const { truth } = await make({
      nodes: 20,
      processes: 10,
      miniBatches: 60_000,
      loggingLevel: 'WARNING',
      perfIntervalSeconds: 600,
    });
    expect(truth.totals.attempts.total).toBe(60_000);
    expect(truth.attempts.length).toBe(1000);
    expect(truth.miniBatches.length).toBe(0);
  });

  it('refuses options that make no sense', async () => {
    await expect(writeSample(join(root, 'no'), { nodes: 0 })).rejects.toThrow(/nodes/);
    await expect(writeSample(join(root, 'no'), { failure: 'nonsense' as never })).rejects.toThrow(/nonsense/);
  });
});

describe.each(['1', '2', '3'] as const)('every failure kind in layout %s', (layout) => {
  it.each(sampleFailureKinds)('%s', async (failure) => {
    const size = layout === '1' ? {} : { nodes: 3, processes: 2, miniBatches: 90 };
    const { dir, truth } = await make({ failure, layout, seed: 5, ...size });
    const { totals, firstCause, status } = truth;
    const batches = totals.miniBatches;
    expect(batches.succeeded + batches.partial + batches.failed + batches.timed_out + batches.unfinished).toBe(
      batches.total,
    );
    expect(truth.attempts.length).toBe(totals.attempts.total);
    if (status === 'succeeded') {
      expect(firstCause).toBeNull();
      expect(batches.unfinished).toBe(0);
    } else if (status !== 'running') {
      expect(firstCause).not.toBeNull();
      expect(firstCause?.evidence.length).toBeGreaterThan(0);
    }
    for (const ref of firstCause?.evidence ?? []) {
      expect(linesOf(dir, ref.file)[ref.line - 1]?.length, `${ref.file}:${ref.line}`).toBeGreaterThan(10);
    }
    const healthy = [
      'none',
      'init_flaky',
      'node_lost_recovered',
      'poisoned',
      'some_items_failed',
      'retried_then_succeeded',
      'slow_node',
      'stragglers',
      'idle_nodes',
      'overviewer_moved',
    ];
    const expected = healthy.includes(failure)
      ? 'succeeded'
      : failure === 'cut_off'
        ? 'running'
        : failure === 'cancelled'
          ? 'cancelled'
          : 'failed';
    expect(status).toBe(expected);
  });
});
