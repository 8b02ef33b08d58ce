/**
 * The thread that evaluates SQL, one statement at a time. Rows go to a file, from which the engine
 * reads what is visible.
 */
import { writeSync } from 'node:fs';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { toErrorInfo } from '../../contract/errors.ts';
import type { SqlJob, SqlReply, SqlWorkerData } from './messages.ts';
import { overMemory, overRows } from './sql-errors.ts';
import { SqlSession } from './sql-session.ts';
import type { SqlValue } from './virtual/values.ts';

/** Limit on the disk space of a result. */
const MAX_RESULT_BYTES = 8 * 1024 ** 3;

const data = workerData as SqlWorkerData;
const port = parentPort as MessagePort;
const stop = new Int32Array(data.stop);
let session: SqlSession | null = null;

async function openSession(): Promise<SqlSession> {
  if (session !== null && !session.isCurrent) {
    session.close();
    session = null;
  }
  session ??= await SqlSession.open(data.cases, stop);
  return session;
}

function say(reply: SqlReply): void {
  port.postMessage(reply);
}

async function run(job: SqlJob): Promise<void> {
  const opened = await openSession();
  let rows = 0;
  let bytes = 0;
  const onRows = (batch: SqlValue[][]) => {
    if (batch.length === 0) return true;
    const kept = batch.slice(0, job.maxRows - rows);
    const text = Buffer.from(JSON.stringify(kept));
    for (let at = 0; at < text.length; ) at += writeSync(job.fd, text, at, text.length - at, bytes + at);
    say({
      type: 'chunk',
      chunk: { firstRow: rows, rows: kept.length, start: bytes, bytes: text.length },
      reads: opened.reads,
    });
    rows += kept.length;
    bytes += text.length;
    if (kept.length < batch.length || bytes > MAX_RESULT_BYTES) throw overRows(rows);
    return true;
  };
  opened.run(job, { onColumns: (columns) => say({ type: 'columns', columns }), onRows });
}

port.on('message', (job: SqlJob) => {
  run(job).then(
    () => say({ type: 'end', error: null, reads: readsOf() }),
    (error: unknown) =>
      say({ type: 'end', error: toErrorInfo(isTooLong(error) ? overMemory() : error), reads: readsOf() }),
  );
});

/**
 * Returns true if a value, or a row of values as JSON, exceeds the length of a JavaScript string.
 */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && (error instanceof RangeError || /STRING_TOO_LONG/.test(String(Object(error).code)));
}

function readsOf() {
  return session?.reads ?? { scans: 0, blocksTotal: 0, blocksRead: 0, bytesRead: 0, lines: 0 };
}
