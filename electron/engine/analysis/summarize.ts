/**
 * The last step of `derive`: the run's statements, counts, verdict and findings, stored as one JSON
 * record.
 */
import type { WritableDb } from '../store/open.ts';
import { setRunFact } from '../store/run-facts.ts';
import { countRun } from './counts.ts';
import { readEvidence } from './evidence.ts';
import { findAll } from './findings.ts';
import type { StoredRun } from './run-info.ts';
import { storeStatedError } from './stated-error.ts';
import { judge } from './verdict.ts';

/**
 * Writes `run_info.run` and `finding`. Needs the other derived tables, the columns and
 * `run_info.generation`.
 */
export function summarizeRun(db: WritableDb, nodes: string[]): void {
  const counts = countRun(db, nodes);
  const evidence = readEvidence(db);
  const verdict = judge(db, counts, evidence);
  const { startUs, endUs } = verdict;
  const run: StoredRun = {
    ...counts,
    ...verdict,
    durationSeconds: startUs === null || endUs === null ? null : (endUs - startUs) / 1e6,
    findings: [],
  };
  // Findings read the run's settings and threshold from here.
  setRunFact(db, 'run', run);
  run.findings = findAll(db, counts, evidence, verdict.firstCause);
  setRunFact(db, 'run', run);
  storeStatedError(db, verdict.firstCause);
  const path = db.prepare('SELECT path FROM file WHERE id = ?').pluck();
  const insert = db.prepare(
    'INSERT INTO finding (ordinal, kind, confidence, message, evidence) VALUES (?, ?, ?, ?, ?)',
  );
  for (const [ordinal, finding] of run.findings.entries()) {
    // Empty, because texts of lines are read on request.
    const evidenceRefs = finding.evidence.map((ref) => ({ file: path.get(ref.fileId), line: ref.line, text: '' }));
    insert.run(ordinal, finding.kind, finding.confidence, finding.message, JSON.stringify(evidenceRefs));
  }
}
