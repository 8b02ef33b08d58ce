/** The writer worker: the only thread that writes a case. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { systemErrorWords } from '../../contract/errors.ts';
import { derive } from '../analysis/derive.ts';
import type { FromWriter, ToWriter } from '../ingest/messages.ts';
import { closeBulk, openBulk } from '../store/open.ts';
import type { SegmentRows } from '../store/rows.ts';
import { SegmentWriter } from '../store/segment-writer.ts';

/**
 * Receives rows directly from the ingest workers, so that the engine's thread never sees a line.
 * Writing is cheap (the rows of a segment are pages, not tokens), so one writer keeps up with many
 * readers.
 */
const { path, workers } = workerData as { path: string; workers: MessagePort[] };
const port = parentPort as MessagePort;
const db = openBulk(path);
const writer = new SegmentWriter(db);
const post = (message: FromWriter) => port.postMessage(message);

const fail = (error: unknown) =>
  post({
    type: 'failed',
    message: systemErrorWords(error)?.words ?? (error instanceof Error ? error.message : String(error)),
  });

/**
 * For tests: waits up to this many milliseconds before each segment, so that segments arrive in a
 * different order each time.
 */
const dawdleMs = Number(process.env.POSTRUN_TEST_WRITER_DELAY ?? 0);
/** For tests: the thread ends after this many segments, like one that runs out of memory. */
let untilCrash = Number(process.env.POSTRUN_TEST_WRITER_CRASH ?? Number.POSITIVE_INFINITY);
const dawdle = () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.random() * dawdleMs);

workers.forEach((from, worker) => {
  from.on('message', (rows: SegmentRows) => {
    if (dawdleMs > 0) dawdle();
    if (--untilCrash <= 0) process.exit(1);
    try {
      const fileIds = writer.write(rows);
      post({ type: 'written', worker, unitId: rows.unitId, last: rows.last, fileIds });
      from.postMessage('written');
    } catch (error) {
      fail(error);
    }
  });
});

port.on('message', (message: ToWriter) => {
  try {
    if (message.type === 'derive') {
      const start = performance.now();
      derive(db);
      post({ type: 'derived', milliseconds: performance.now() - start });
    } else {
      closeBulk(db);
      for (const from of workers) from.close();
      port.close();
    }
  } catch (error) {
    fail(error);
  }
});
