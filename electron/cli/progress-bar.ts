/** The progress bar of indexing on a terminal. */
import { type Options, SingleBar } from 'cli-progress';
import type { IndexProgress } from '../contract/case-records.ts';
import { formatBytes, formatDuration } from '../contract/format.ts';
import type { Io } from './io.ts';

export interface ProgressView {
  update(progress: IndexProgress): void;
  stop(): void;
}

const phases: Partial<Record<IndexProgress['phase'], string>> = {
  listing: 'Listing',
  indexing: 'Indexing',
  deriving: 'Joining',
};

/** A case that is ready sooner than this shows no bar. */
const patienceMs = 300;

/**
 * Shows bytes, files, rate and time left on a terminal; does nothing if standard error is not one.
 */
export function createProgressView(io: Pick<Io, 'stderr'>, isQuiet: boolean): ProgressView {
  if (isQuiet || io.stderr.isTTY !== true) return { update() {}, stop() {} };
  const options: Options = {
    stream: io.stderr as NodeJS.WriteStream,
    format: '{phase} {bar} {percentage}%  {done}  {files}  {rate}  {left}',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
    fps: 10,
  };
  const bar = new SingleBar(options);
  const started = performance.now();
  let isShown = false;
  return {
    update(progress) {
      if (!isShown && performance.now() - started < patienceMs) return;
      const values = progressValues(progress);
      if (!isShown) bar.start(Math.max(1, progress.bytesTotal), progress.bytesDone, values);
      isShown = true;
      bar.setTotal(Math.max(1, progress.bytesTotal));
      bar.update(progress.bytesDone, values);
    },
    stop() {
      if (isShown) bar.stop();
      isShown = false;
    },
  };
}

/** Returns the words of the bar. */
function progressValues(progress: IndexProgress): Record<string, string> {
  return {
    phase: phases[progress.phase] ?? progress.phase,
    done: `${formatBytes(progress.bytesDone)} of ${formatBytes(progress.bytesTotal)}`,
    files: `${progress.filesDone} of ${progress.filesTotal} files`,
    rate: progress.bytesPerSecond > 0 ? `${formatBytes(progress.bytesPerSecond)}/s` : '',
    left: progress.secondsLeft === null ? '' : `${formatDuration(progress.secondsLeft)} left`,
  };
}
