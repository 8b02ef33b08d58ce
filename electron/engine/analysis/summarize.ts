/** The last step of `derive`: what the run says of itself, its counts, its verdict and findings, stored as one JSON record. */
import type { WritableDb } from '../store/open.ts';
import { countRun } from './counts.ts';
import type { StoredRun } from './run-info.ts';
import { judge } from './verdict.ts';

/** Write `run_info.run` and `finding`. Needs the other derived tables, columns and `run_info.generation`. */
export function summarizeRun(db: WritableDb, nodes: string[]): void {
  const counts = countRun(db, nodes);
  const verdict = judge(db, counts);
  const { startUs, endUs } = verdict;
  const run: StoredRun = {
    ...counts,
    ...verdict,
    durationSeconds: startUs === null || endUs === null ? null : (endUs - startUs) / 1e6,
    findings: [],
  };
  db.prepare("INSERT OR REPLACE INTO run_info (key, value) VALUES ('run', ?)").run(JSON.stringify(run));
}
