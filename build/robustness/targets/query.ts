/**
 * The query language over a case: a query is refused in words, or finds exactly the lines that
 * match it one by one.
 */
import { emptyFilter } from '../../../electron/contract/empty-filter.ts';
import { toErrorInfo } from '../../../electron/contract/errors.ts';
import { createMatcher } from '../../../electron/engine/search/match/matcher.ts';
import { parseQuery } from '../../../electron/engine/search/query/query.ts';
import { TestEngine } from '../../../electron/engine/testing/open-run.ts';
import { mutateText } from '../mutate.ts';
import { Broken, type FuzzTarget, isTold, sampleRun } from './target.ts';

export const QUERIES = [
  'timeout',
  '"most recent call"',
  'time* *out *imeou*',
  '/batch \\d+ did not/i',
  '-traceback (a OR b) c',
  'node:10.0.0.4 pid:123 batch:17 kind:user level:warning file:**/user/** from:2020-05-06T05:50 to:2021',
  '오류 エラー ที่ é',
  '/(?<year>\\d{4})-(?=[^\\s]+)\\p{L}+\\b(?!x)[a-z&&[^b]]{2,5}$/u',
  '(((((a OR "b c") -d*) /e|f/) OR *g*))',
  'is:failed -node:"x y" OR process 7',
];

export async function createQueryTarget(): Promise<FuzzTarget> {
  const { run, close } = await sampleRun({
    nodes: 1,
    processes: 2,
    miniBatches: 10,
    layout: '3',
    failure: 'run_exception',
  });
  const engine = new TestEngine();
  const caseId = await engine.open(run);
  const rows = await engine.search(caseId, {}, 'file', true);
  const words = rows.flatMap(({ text }) => text.split(/\s+/)).filter((word) => word !== '');
  return {
    async attack(random) {
      const base = random.chance(0.5) ? random.pick(QUERIES) : `${random.pick(words)} ${random.pick(words)}`;
      const query = random.chance(0.9) ? mutateText(random, base) : base;
      const mode = random.pick(['words', 'words', 'words', 'fixed', 'regex'] as const);
      let expected: number | null = null;
      try {
        const { expr, typed } = parseQuery({ ...emptyFilter, query, mode });
        const matcher = createMatcher(expr);
        // The matcher does not know what words such as `node:` select.
        if (JSON.stringify(typed) === JSON.stringify({ ...emptyFilter, mode })) {
          expected = rows.filter(({ text }) => matcher.test(text)).length;
        }
      } catch (error) {
        if (!isTold(error)) throw new Broken(toErrorInfo(error).message, query);
        return;
      }
      try {
        const found = await engine.search(caseId, { query, mode });
        if (expected !== null && found.length !== expected)
          throw new Broken(`${mode}: ${found.length} lines found, ${expected} match`, query);
      } catch (error) {
        if (error instanceof Broken) throw error;
        if (!isTold(error) && !/took too long|given up/i.test(String(error))) throw new Broken(String(error), query);
      }
    },
    async close() {
      await engine.close();
      close();
    },
  };
}
