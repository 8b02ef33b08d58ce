import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyFilter } from '../../contract/empty-filter.ts';
import { filterSchema } from '../../contract/filter.ts';
import { Drain, matchTemplates } from '../base/drain.ts';
import { maskMessage } from '../base/mask.ts';
import { selectQuantiles } from '../base/statistics.ts';
import { argsort } from '../base/typed.ts';
import { compareSignatures } from './compare.ts';
import { derive } from './derive.ts';
import { parsePack } from './rule-pack.ts';
import { builtInPack, failedSample, ruleHits } from './rules.ts';
import { signatureLines, signatureMoments, signatures } from './signatures.ts';
import { CaseBuilder, t } from './testing/case-builder.ts';

const lineText = () => '';

test.each([
  [
    "could not convert string to float: 'n/a' (row 344, größe)",
    'could not convert string to float: <text> (row <number>, größe)',
  ],
  ["[Errno 28] No space left on device: '/tmp/x.npy'", '[Errno <number>] No space left on device: <text>'],
  ['process 00f1e2d3-aaaa-bbbb-cccc-0123456789ab on 10.0.0.4:8080 died', 'process <guid> on <address> died'],
  ['GET https://a.b/c?d=1 took 1,234.5 ms at 2020-05-06T05:50:48.682392', 'GET <url> took <number> ms at <time>'],
  ['expected float64 but got int32', 'expected float64 but got int32'],
  ["it doesn't fit", "it doesn't fit"],
  ['cannot open /mnt/batch/tasks/a_1.csv', 'cannot open <path>'],
])('masks %s', (message, template) => {
  expect(maskMessage(message).template).toBe(template);
});

test('a group lists as many processes as were asked for, and counts all', () => {
  const build = new CaseBuilder();
  const user = build.file('logs/user/10.0.0.4/Process-1.txt', { kind: 'user', node: '10.0.0.4' });
  for (const pid of [7, 8, 8, 9])
    build.error(user, { message: 'no item', chain: ['KeyError'], node: '10.0.0.4', pid, atUs: t(pid) });
  derive(build.db);
  const [all] = signatures(build.db, { filter: emptyFilter }, lineText, []);
  const [few] = signatures(build.db, { filter: emptyFilter, most: 1 }, lineText, []);
  expect(all?.pids.map(({ pid }) => pid)).toEqual([8, 7, 9]);
  expect(few).toEqual({ ...all, pids: all?.pids.slice(0, 1) });
  expect(few?.pidCount).toBe(3);
});

test('Drain joins messages that differ in a word, and keeps others apart', () => {
  const drain = new Drain();
  const a = drain.add('connection to alpha was reset by the peer');
  expect(drain.add('connection to beta was reset by the peer')).toBe(a);
  expect(a.words.join(' ')).toBe('connection to <*> was reset by the peer');
  expect(drain.add('the disk of the node is now full')).not.toBe(a);
  expect(matchTemplates('a <*> c d', 'a b c d')).toBe(true);
  expect(matchTemplates('a b c', 'x y z')).toBe(false);
});

test('a traceback is known by its chain and the frames of the user, wherever the script lies', () => {
  const ids = ['/mnt/one', '/mnt/two'].map((folder, k) => {
    const build = new CaseBuilder();
    const user = build.file('logs/user/10.0.0.4/Process-1.txt', { kind: 'user', node: '10.0.0.4' });
    const copy = build.file('logs/user/error/10.0.0.4/Process-1.txt', { kind: 'user', node: '10.0.0.4' });
    for (const item of [1, 2, 3]) {
      const error = {
        message: `no item ${item * (k + 1)}`,
        chain: ['KeyError'],
        userFrames: [`${folder}/score.py:run:${10 + k}`],
        node: '10.0.0.4',
        pid: 7,
        atUs: t(item * 10),
      };
      build.error(user, error);
      build.error(copy, { ...error, atUs: t(item * 10 + 0.02) });
    }
    build.error(user, { message: 'Failed to set task visible', level: 4, atUs: t(1) });
    derive(build.db);
    const found = signatures(build.db, { filter: emptyFilter }, lineText, [builtInPack]);
    expect(found).toHaveLength(2);
    expect(found[0]).toMatchObject({
      count: 6,
      occurrences: 3,
      frames: ['score.py:run'],
      template: 'no item <number>',
      firstUs: t(10),
      lastUs: t(30.02),
    });
    expect(found[0]?.variables[0]).toMatchObject({ name: 'number', distinct: 3 });
    expect(found[1]).toMatchObject({ role: 'noise' });
    expect(
      signatureLines(build.db, { filter: emptyFilter, id: found[0]?.id ?? '', start: 4, count: 10 }, lineText),
    ).toMatchObject({ total: 6, rows: [{ timeUs: t(30) }, { timeUs: t(30.02) }] });
    const asked = { filter: emptyFilter, ids: [found[0]?.id ?? '', 'unknown'], fromUs: null, toUs: null, buckets: 3 };
    expect(signatureMoments(build.db, asked)).toMatchObject({
      fromUs: t(10),
      counts: [
        [2, 2, 2],
        [0, 0, 0],
      ],
      untimed: [0, 0],
    });
    expect(ruleHits(build.db, found, [builtInPack], lineText)).toMatchObject([
      { rule: 'prs.set-task-visible', isNoise: true, count: 1 },
    ]);
    return found;
  });
  expect(ids[0]?.map((one) => one.id)).toEqual(ids[1]?.map((one) => one.id));
  expect(compareSignatures(ids[0] ?? [], ids[1] ?? [])).toMatchObject({ new: [], gone: [], more: [], fewer: [] });
  expect(compareSignatures([], ids[1] ?? []).new).toHaveLength(2);
});

test('an error belongs to the mini-batch that its process had in hand', () => {
  const build = new CaseBuilder();
  const log = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: '10.0.0.4', process: 'Process-1' });
  const common = { node: '10.0.0.4', pid: 7, process: 'Process-1' };
  build.task(log, { ...common, type: 'picked', miniBatchId: '3', atUs: t(10) });
  build.task(log, { ...common, type: 'failed', miniBatchId: '3', atUs: t(20) });
  for (const seconds of [5, 15, 25]) build.error(log, { message: 'boom', ...common, atUs: t(seconds) });
  derive(build.db);
  const [found] = signatures(build.db, { filter: emptyFilter }, lineText, []);
  expect(found).toMatchObject({ count: 3, miniBatches: [{ miniBatchId: '3', count: 1 }], miniBatchCount: 1 });
});

test('errors are filtered by how the attempt ended in which they were written', () => {
  const build = new CaseBuilder();
  const log = build.file('logs/sys/worker/10.0.0.4/Process-1.txt', { node: '10.0.0.4', process: 'Process-1' });
  const common = { node: '10.0.0.4', pid: 7, process: 'Process-1' };
  for (const [id, seconds, type] of [
    ['3', 10, 'failed'],
    ['9', 30, 'processed'],
  ] as const) {
    build.task(log, { ...common, type: 'picked', miniBatchId: id, atUs: t(seconds) });
    build.task(log, { ...common, type, miniBatchId: id, atUs: t(seconds + 10), total: 2, succeeded: 2 });
    build.error(log, { message: 'boom', ...common, atUs: t(seconds + 5) });
  }
  build.error(log, { message: 'boom', ...common, atUs: t(1) });
  // The master's error about mini-batch 3, while its process runs another, belongs to no attempt.
  build.error(log, { message: 'boom', ...common, atUs: t(35), miniBatchId: '3' });
  derive(build.db);
  const count = (outcome: object, more: object = {}) => {
    const filter = filterSchema.parse({ outcome, ...more });
    return signatures(build.db, { filter }, lineText, []).reduce((sum, one) => sum + one.count, 0);
  };
  expect(count({})).toBe(4);
  expect(count({ include: ['failed'] })).toBe(1);
  expect(count({ include: ['succeeded'] })).toBe(1);
  expect(count({ exclude: ['failed'] })).toBe(3);
  expect(count({}, { miniBatch: { include: ['3'] } })).toBe(2);
});

test('what the service says at the end is one signature, as a line and as an exception', () => {
  const build = new CaseBuilder();
  const master = build.file('logs/sys/master.txt', { kind: 'master' });
  const sentence = (failed: number) => `The number of failed items is ${failed}, which exceeds error threshold 20.`;
  build.error(master, { message: `Exception occurred executing job: ${sentence(21)}`, atUs: t(1) });
  build.error(master, { message: sentence(22), atUs: t(2) });
  build.error(master, { message: sentence(23), chain: ['ErrorThresholdException'], atUs: t(3) });
  build.error(master, { message: 'no such key', chain: ['KeyError'], atUs: t(4) });
  derive(build.db);
  const found = signatures(build.db, { filter: emptyFilter }, lineText, [builtInPack]);
  expect(found.map((one) => [one.count, one.role, one.chain, one.template])).toEqual([
    [1, 'other', ['KeyError'], 'no such key'],
    [
      3,
      'follow_on',
      ['ErrorThresholdException'],
      'The number of failed items is <number>, which exceeds error threshold <number>.',
    ],
  ]);
});

test.each(builtInPack.rules.map((rule) => [rule.id, rule] as const))(
  'the rule %s does what its samples say',
  (_, rule) => {
    expect(failedSample(rule)).toBeNull();
  },
);

test("a user's pack is refused by name when a sample does not match", () => {
  const rule = { id: 'mine', title: 'x', pattern: 'abc', cause: '', nextStep: '', reference: '', samples: ['xyz'] };
  expect(() => parsePack(JSON.stringify({ pack: 'p', version: 1, rules: [rule] }))).toThrow(/rule mine/);
  expect(
    parsePack(JSON.stringify({ pack: 'p', version: 1, rules: [{ ...rule, samples: ['abc'] }] })).rules,
  ).toHaveLength(1);
});

test('orders and quantiles are those of a plain sort', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.constant(Number.NaN)), { maxLength: 300 }),
      (values) => {
        const order = [...argsort(Float64Array.from(values))];
        const plain = values
          .map((_, index) => index)
          .sort((a, b) => {
            const [x, y] = [values[a] ?? 0, values[b] ?? 0];
            if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
            return x - y || a - b;
          });
        expect(order).toEqual(plain);
        const known = values.filter((value) => !Number.isNaN(value));
        const sorted = Float64Array.from(known).sort();
        const shares = [0, 0.05, 0.5, 0.95, 1];
        expect(selectQuantiles(Float64Array.from(known), shares)).toEqual(
          shares.map((share) =>
            sorted.length === 0
              ? Number.NaN
              : sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))],
          ),
        );
      },
    ),
  );
});
