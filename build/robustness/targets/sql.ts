/** SQL over a case: a statement is refused in words, or gives rows. */
import { sqlQuestions } from '../../../electron/contract/sql-questions.ts';
import { TestEngine } from '../../../electron/engine/testing/open-run.ts';
import { mutateText } from '../mutate.ts';
import { Broken, type FuzzTarget, isTold, sampleRun, words } from './target.ts';

export const STATEMENTS = [
  ...sqlQuestions.map(({ sql }) => sql),
  "SELECT * FROM lines WHERE text LIKE '%error%' LIMIT 10",
  'SELECT template(text), count(*) FROM lines GROUP BY 1 HAVING count(*) > 1 ORDER BY 2 DESC LIMIT 5',
  'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT sum(i) FROM n',
  "PRAGMA table_info('lines'); ATTACH 'x' AS y; DROP TABLE runs; SELECT load_extension('x')",
  'SELECT seconds(start_time), node FROM attempts WHERE duration_seconds BETWEEN 1 AND 2 OR pid IN (1, 2, NULL)',
];

export async function createSqlTarget(): Promise<FuzzTarget> {
  const { run, close } = await sampleRun({ nodes: 2, processes: 2, miniBatches: 10, failure: 'run_exception' });
  const engine = new TestEngine();
  const caseId = await engine.open(run);
  return {
    async attack(random) {
      const sql = mutateText(random, random.pick(STATEMENTS)).slice(0, 100_000);
      try {
        const { queryId } = await engine.call('sql.start', { caseIds: [caseId], sql, maxSeconds: 2, maxRows: 1_000 });
        for (;;) {
          const { state } = await engine.call('sql.rows', { queryId, start: 0, count: 100 });
          if (state.error?.code === 'internal') throw new Broken(state.error.message, sql);
          if (state.complete) break;
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        await engine.call('sql.stop', { queryId });
      } catch (error) {
        if (error instanceof Broken) throw error;
        if (!isTold(error)) throw new Broken(words(error), sql);
      }
    },
    async close() {
      await engine.close();
      close();
    },
  };
}
