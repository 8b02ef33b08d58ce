/** The ingest worker is a thread that reads units and sends the resulting rows to the writer. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { FormatBook } from '../formats/custom/format-book.ts';
import { setDefaultYear } from '../formats/prefix/time-rules.ts';
import { SourceReader } from '../source/source-reader.ts';
import { InputBuffer, READ_BYTES } from './input-buffer.ts';
import type { FromIngestWorker, IngestWorkerData, ToIngestWorker, Unit } from './messages.ts';
import { type IntakeContext, PartIntake } from './part-intake.ts';
import { UnitRows } from './unit-rows.ts';

const data = workerData as IngestWorkerData & { writer: MessagePort };
const port = parentPort as MessagePort;
setDefaultYear(data.year);
function post(message: FromIngestWorker): void {
  port.postMessage(message);
}

/** Bytes read since the last report of progress. */
let unreported = 0;

function report(): void {
  post({ type: 'progress', bytes: unreported });
  unreported = 0;
}

const unitRows = new UnitRows(data.writer);
const context: IntakeContext = {
  source: new SourceReader(data),
  formats: new FormatBook(data.formats),
  runUs: data.runUs,
  input: new InputBuffer(),
  unit: unitRows,
  onBytes(bytes) {
    unreported += bytes;
    if (unreported > 2 * READ_BYTES) report();
  },
};

/** For tests: the thread ends at the given unit, as if it ran out of memory. */
let untilCrash = Number(process.env.POSTRUN_TEST_WORKER_CRASH ?? Number.POSITIVE_INFINITY);

async function readUnit({ unitId, parts }: Unit): Promise<void> {
  if (--untilCrash <= 0) process.exit(1);
  unitRows.begin(unitId);
  for (const part of parts) {
    await new PartIntake(part, context).run();
    if (unitRows.isOfManyParts) await unitRows.send(false);
  }
  report();
  await unitRows.send(true);
  post({ type: 'unit_read', unitId });
}

port.on('message', (message: ToIngestWorker) => {
  if (message.type === 'unit') {
    readUnit(message.unit).then(
      () => post({ type: 'ready' }),
      (error: unknown) => {
        throw error;
      },
    );
  } else {
    void context.source.close();
    data.writer.close();
    port.close();
  }
});
post({ type: 'ready' });
