/**
 * The thread that reads runs from their cases, because grouping the errors of many takes a while.
 * It caches summaries beside each case until the case changes.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { type ErrorInfo, toErrorInfo } from '../../contract/errors.ts';
import type { RunList, RunSummary } from '../../contract/runs-records.ts';
import { writePrivateFile } from '../base/private-file.ts';
import { getMeta } from '../store/meta.ts';
import { openReadable } from '../store/open.ts';
import { selectCells } from '../store/select.ts';
import { runSummary } from './run-summary.ts';

export type RunsRequest = { type: 'summary'; database: string } | { type: 'list'; dataDir: string };
export type RunsReply =
  | { type: 'summary'; run: RunSummary }
  | { type: 'list'; list: RunList }
  | { type: 'error'; error: ErrorInfo };

const port = parentPort as MessagePort;
const CACHE = 'run-summary.json';

interface Kept {
  stamp: string;
  run: RunSummary;
}

/** Returns the summary of a case, cached for each derivation. */
function summaryOf(database: string): RunSummary | null {
  const db = openReadable(database);
  try {
    if (getMeta(db, 'derived') !== 'complete') return null;
    const generation = selectCells(db, "SELECT value FROM run_info WHERE key = 'generation'", 'text').get();
    const stamp = JSON.stringify([db.pragma('user_version', { simple: true }), generation, getMeta(db, 'source')]);
    const cache = join(dirname(database), CACHE);
    const kept = readKept(cache);
    if (kept?.stamp === stamp) return kept.run;
    const run = runSummary(db);
    writeKept(cache, { stamp, run });
    return run;
  } finally {
    db.close();
  }
}

function readKept(path: string): Kept | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Kept;
  } catch {
    return null;
  }
}

function writeKept(path: string, kept: Kept): void {
  try {
    writePrivateFile(path, JSON.stringify(kept));
  } catch {
    // The folder cannot be written, such as that of a portable case. Make the summary again next
    // time.
  }
}

function listRuns(dataDir: string): RunList {
  const folder = join(dataDir, 'cases');
  const list: RunList = { runs: [], problems: [] };
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    const database = join(folder, name, 'case.db');
    if (statSync(database, { throwIfNoEntry: false }) === undefined) continue;
    try {
      const run = summaryOf(database);
      if (run !== null) list.runs.push(run);
    } catch (error) {
      list.problems.push({ path: join(folder, name), message: toErrorInfo(error).message });
    }
  }
  list.runs.sort((a, b) => (b.startUs ?? 0) - (a.startUs ?? 0));
  return list;
}

port.on('message', (request: RunsRequest) => {
  try {
    if (request.type === 'list')
      port.postMessage({ type: 'list', list: listRuns(request.dataDir) } satisfies RunsReply);
    else {
      const run = summaryOf(request.database);
      if (run === null) throw new Error('the case is not derived');
      port.postMessage({ type: 'summary', run } satisfies RunsReply);
    }
  } catch (error) {
    port.postMessage({ type: 'error', error: toErrorInfo(error) } satisfies RunsReply);
  }
});
