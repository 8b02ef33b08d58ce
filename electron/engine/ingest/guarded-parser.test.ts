import { expect, test } from 'vitest';
import { taskEvent } from '../formats/events.ts';
import type { LogRecord, RecordSink } from '../formats/types.ts';
import { believable } from './believable.ts';
import { guardLogParser, guardTableParser } from './guarded-parser.ts';

function recorder() {
  const told: { name: string; value: unknown }[] = [];
  const problems: { kind: string; message: string; line: number | null }[] = [];
  const note = (name: string) => (value: unknown) => void told.push({ name, value });
  const sink: RecordSink = {
    task: note('task'),
    process: note('process'),
    run: note('run'),
    error: note('error'),
    samples: note('samples'),
    problem: (kind, message, line) => void problems.push({ kind, message, line }),
  };
  return { sink, told, problems };
}

test('a table is told what separates its cells', () => {
  const { sink } = recorder();
  const told: string[] = [];
  const table = guardTableParser({ row: () => undefined, begin: (delimiter) => told.push(delimiter) });
  table.begin?.(';');
  table.end?.(sink, true);
  expect(told).toEqual([';']);
});

test('what a parser throws is a problem of the line, and the next line is read', () => {
  const { sink, told, problems } = recorder();
  let rows = 0;
  const table = guardTableParser({
    row(_cells, line) {
      rows++;
      if (line === 2) throw new TypeError('match is not iterable');
    },
    end() {
      throw new Error('at the end');
    },
  });
  for (const line of [1, 2, 3]) table.row(['a'], line, sink);
  table.end?.(sink, true);
  const log = guardLogParser({
    needles: null,
    state: { seen: 1 },
    record() {
      throw new RangeError(`bad ${Math.random()}`);
    },
  });
  const record = { line: 7 } as LogRecord;
  for (let k = 0; k < 1_000; k++) log.record(record, sink);
  log.end?.(sink, { firstLine: 1, lines: [], timeUs: null });
  expect(rows).toBe(3);
  expect(told).toEqual([]);
  expect(problems.slice(0, 2).map(({ line }) => line)).toEqual([2, null]);
  expect(problems[0]?.message).toContain('match is not iterable');
  expect(new Set(problems.map(({ message }) => message)).size).toBeLessThan(15);
  expect(log.state).toEqual({ seen: 1 });
});

test('figures that nobody can believe are left out and told of; the rest of the event stays', () => {
  for (const bad of [1e308, Number.POSITIVE_INFINITY, Number.NaN, 9e12, -5]) {
    const { sink, told, problems } = recorder();
    const event = { line: 3, source: 'report', type: 'processed', miniBatchId: '17' } as const;
    believable(sink).task(taskEvent({ ...event, durationSeconds: bad, total: 10, succeeded: 10, atUs: 1.6e15 }));
    expect(told[0]?.value).toMatchObject({ durationSeconds: null, total: 10, succeeded: 10, atUs: 1.6e15 });
    expect(problems).toMatchObject([{ kind: 'beyond_belief', line: 3 }]);
  }
  const { sink, told, problems } = recorder();
  believable(sink).samples({
    node: 'n',
    process: null,
    pid: null,
    metric: 'm',
    unit: '',
    counter: false,
    timesUs: [1.6e15, 1.6e15, 9e18, 1.6e15],
    values: [1, 1e308, 2, 3],
    lines: [2, 3, 4, 5],
  });
  expect(told[0]?.value).toMatchObject({ values: [1, 3], lines: [2, 5] });
  expect(problems.map(({ line }) => line)).toEqual([3, 4]);
  const good = recorder();
  believable(good.sink).task(
    taskEvent({ line: 1, source: 'report', type: 'processed', miniBatchId: '1', durationSeconds: 86_400 }),
  );
  expect(good.problems).toEqual([]);
});
