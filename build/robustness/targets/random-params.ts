/** Random parameters of commands: likely ones, with something absurd among them. */
import { join } from 'node:path';
import type { Random } from '../../../electron/sample/random.ts';
import { mutateText } from '../mutate.ts';
import { QUERIES } from './query.ts';
import { STATEMENTS } from './sql.ts';

/** Names of parameters. */
const NAMES = [
  'caseId filter start count fileId line path searchId sql caseIds order id options fromUs',
  'toUs buckets width maxPoints seriesIds format listing choice notebook miniBatchId direction text from timeoutSeconds',
  'maxTries processId bins a b queryId timeUs clock rows',
].flatMap((names) => names.split(' '));

/**
 * Draws parameters of a command. `ids` are ids of cases, of which the first is open; `dir` is a
 * folder with a run.
 */
export function paramsFor(random: Random, command: string, ids: string[], dir: string): unknown {
  if (random.chance(0.05)) return anyValue(random, ids, 3);
  const numbers = [0, 1, 2, 3, 100, 4_000, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, Number.NaN, Number.POSITIVE_INFINITY];
  const filter = () => ({
    query: mutateText(random, random.pick(QUERIES)).slice(0, 300),
    ...(random.chance(0.3) ? { minLevel: random.pick(['info', 'error', 'x']) } : {}),
    ...(random.chance(0.3) ? { fromUs: random.pick(numbers), toUs: random.pick(numbers) } : {}),
    ...(random.chance(0.3) ? { node: { include: [random.pick(['10.0.0.4', '__proto__', ''])] } } : {}),
  });
  const likely: Record<string, () => unknown> = {
    caseId: () => (random.chance(0.95) ? ids[0] : random.pick(ids)),
    a: () => ids[0],
    b: () => ids[0],
    caseIds: () => [ids[0]],
    filter,
    sql: () => mutateText(random, random.pick(STATEMENTS)).slice(0, 2_000),
    path: () => join(dir, random.pick(['run', 'out', 'none', 'run/logs', '\u0000'])),
    listing: () => ({
      of: random.pick(['file', 'batches', 'attempts', 'group', 'table', 'x']),
      caseId: ids[0],
      filter: filter(),
      fileId: 1,
      id: 'x',
      columns: ['a'],
      rows: [[1]],
    }),
    options: () => ({
      scope: {
        kind: random.pick(['run', 'batch', 'node', 'signature', 'lines']),
        id: random.pick(['1', '10.0.0.4', 'x']),
      },
    }),
    format: () => random.pick(['html', 'md', 'json', 'csv', 'text', 'zip', 'parquet']),
    direction: () => random.pick(['next', 'previous']),
    order: () => random.pick(['time', 'file']),
    clock: () => random.pick(['written', 'aligned', 'x']),
    seriesIds: () => [1, 2, random.pick(numbers)],
    choice: () => ({
      zone: random.pick(['UTC', 'Asia/Seoul', '+99:99', 'x']),
      encoding: random.pick(['utf-8', 'euc-kr', 'x']),
    }),
    notebook: () => ({ marks: [{ path: 'x', line: 1, note: '', text: mutateText(random, 'abc') }] }),
    rows: () => random.int(5),
  };
  // Another request that closes or rebuilds the case would end the other requests' turn.
  if (command === 'case.close' || command === 'case.open') return { caseId: 'x', path: join(dir, 'none') };
  const entries = NAMES.map((name): [string, unknown] => {
    if (random.chance(0.04)) return [name, anyValue(random, ids, 2)];
    return [name, likely[name]?.() ?? random.pick([...numbers, 'x', null, undefined])];
  });
  return Object.fromEntries(entries.filter(() => random.chance(0.97)));
}

/** Draws a value of any type, nested up to `depth`. */
export function anyValue(random: Random, ids: readonly string[], depth: number): unknown {
  const kind = random.int(depth > 0 ? 10 : 7);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick([0, -1, 1, 0.1, Number.NaN, Number.NEGATIVE_INFINITY, 2 ** 53, 1e308]);
  if (kind === 3) return random.pick(ids);
  if (kind < 7) return mutateText(random, random.pick(['', 'abc', 'constructor', 'request', '{"a":1}']));
  const values = Array.from({ length: random.int(4) }, () => anyValue(random, ids, depth - 1));
  if (kind === 7) return values;
  const names = ['type', 'id', 'command', 'params', 'toString', 'then', 'length', ...NAMES];
  return Object.fromEntries(values.map((value) => [random.pick(names), value]));
}
