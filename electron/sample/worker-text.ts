/**
 * Lines of a worker's own log that say little: chatter between the events, and the telemetry at the
 * end.
 */
import { itemName, secondsText } from './attempt-text.ts';
import { nodeOf } from './dialect.ts';
import type { Random } from './random.ts';
import { attemptsOf, itemsOf, OUTCOME, type SampleProcess, type SimulatedRun } from './run-model.ts';
import type { Stamp } from './stamp.ts';

/** Draws a DEBUG message that a worker writes while run() works. */
export function chatter(random: Random, pid: number, item: number): string {
  const bits = random.next32();
  switch (bits & 3) {
    case 0:
      return `Renewed the lease of the queue message, visible again in ${30 + (bits % 60)} seconds, pop receipt ${random.hex(16)}.`;
    case 1:
      return `Opened ${itemName(item)} through the mount in 0.${String(bits % 100000).padStart(5, '0')} seconds.`;
    case 2:
      return `Heartbeat of ${pid}: threads ${6 + (bits % 9)}, handles ${40 + (bits % 200)}, rss ${300 + (bits % 900)} MB.`;
    default:
      return `Storage request ${random.hex(8)} finished with 200 in ${bits % 400} ms.`;
  }
}

/** Returns the sums that a worker reports when it exits. */
export function telemetryText(run: SimulatedRun, process: SampleProcess, stamp: Stamp, ms: number): string {
  let items = 0;
  let good = 0;
  let total = 0;
  let scoring = 0;
  let cpu = 0;
  for (const index of attemptsOf(run, process.index)) {
    const attempt = run.attempts.read(index);
    total++;
    if (attempt.outcome > OUTCOME.partial) continue;
    items += itemsOf(run, attempt.miniBatch);
    good += attempt.succeeded;
    scoring += attempt.runMs;
    cpu += attempt.processMs;
  }
  const duration = secondsText(Math.floor(ms - process.startMs), 3);
  return `Worker - Telemetry: hostIp:${nodeOf(run, process).ip}, processId:${process.pid}, computeType:AmlCompute, startTime:${stamp.iso(process.startMs, 41)}, endTime:${stamp.iso(ms, 77)}, duration:${duration}, processTime:${secondsText(cpu, 5)}, scoringTime:${secondsText(scoring, 7)}, totalTasks:${total}, succeededTask:${process.done}, totalItems:${items}, succeededItems:${good}`;
}
