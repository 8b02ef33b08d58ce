/**
 * The run as the master sees it: scheduling, progress at intervals, the end with its reason. The
 * overview and the master log both print from this list.
 */
import type { Level } from './dialect.ts';
import { EVENT, type SimulatedRun, scheduledAtMs } from './run-model.ts';
import { timedelta } from './stamp.ts';
import { WRONG_TYPE } from './traceback-text.ts';

export interface StoryLine {
  ms: number;
  level: Level;
  /** One or more lines, of which only the first gets a time. */
  text: string;
  /** Destination: the overview, the master log, or both. */
  to: 'overview' | 'master' | 'both';
  isEvidence?: boolean;
  /** For the counts in the truth. */
  processed?: number;
}

export interface FinalError {
  name: string;
  message: string;
}

function timesLines(run: SimulatedRun): string {
  const { counters, scenario, options } = run;
  const word = options.layout === '1' ? 'in the entry scipt' : 'function in the entry script';
  const lines: string[] = [];
  const logs =
    options.layout === '1'
      ? 'Please check workers log to find the cause.'
      : 'Please check logs at logs/user/error/* for details.';
  const slow =
    'Please increase --run_invocation_timeout and try again. Check logs/sys/perf to see if the node is overloaded. See logs/readme.txt for description of the log layout.';
  if (counters.initTimeouts > 0)
    lines.push(`The init() ${word} had timeout for ${counters.initTimeouts} times. ${slow}`);
  if (counters.initExceptions > 0) {
    lines.push(`The init() ${word} had raised exception for ${counters.initExceptions} times. ${logs}`);
  }
  if (counters.runTimeouts > 0) lines.push(`The run() ${word} had timeout for ${counters.runTimeouts} times. ${slow}`);
  if (counters.runExceptions > 0) {
    lines.push(`The run() ${word} had raised exception for ${counters.runExceptions} times. ${logs}`);
    if (scenario.firstCause === 'bad_return_type')
      lines.push(`  * Error '${WRONG_TYPE}' occurred ${counters.runExceptions} times.`);
  }
  return lines.join('\n');
}

/** Returns the sentence that sums up the job. */
export function summaryText(run: SimulatedRun): string {
  const { counters } = run;
  return `There are ${run.scheduled} mini batches with ${run.totalItems} items. Processed ${counters.processed} mini batches containing ${counters.processedItems} items, ${counters.itemsSucceeded} succeeded, ${counters.itemsFailed} failed. The error threshold is ${run.scenario.errorThreshold}.`;
}

/** Returns the exception that ends a failed run, or null if the run does not end with one. */
export function finalError(run: SimulatedRun): FinalError | null {
  const { scenario, counters } = run;
  const more = timesLines(run);
  const tail = more === '' ? '' : `\n${more}`;
  const pending = run.options.miniBatches - counters.processed - run.poisons.length;
  switch (run.stop.reason) {
    case 'threshold':
      return {
        name: 'ErrorThresholdException',
        message: `The number of failed items is ${counters.itemsFailed}, which exceeds error threshold ${scenario.errorThreshold}.${tail}\n${summaryText(run)}`,
      };
    case 'init_exception':
    case 'init_timeout':
      return {
        name: run.stop.reason === 'init_timeout' ? 'EntryScriptInitTimeout' : 'EntryScriptInitException',
        message: more,
      };
    case 'no_progress': {
      const seconds = scenario.progressUpdateTimeout;
      return {
        name: 'EntryScriptException',
        message: `No progress update in ${seconds} seconds. Updated: False, total wait from last update: ${seconds + 3} seconds, remaining -3 seconds. ${counters.processedItems}/${run.totalItems} items processed. new_finished_tasks: ${counters.processed}. Detail: Processed ${counters.processed} of ${run.options.miniBatches} mini batches.${tail}\nThere are ${pending} pending tasks which can be found in logs/report/pending_tasks.csv and ${counters.processed} processed tasks which can be found in logs/report/processed_tasks.csv.`,
      };
    }
    case 'no_result':
      return {
        name: 'NoResultToAppendError',
        message:
          run.options.layout === '1'
            ? `run() was unable to successfully process any mini batches. Please check 'response: run()' in https://aka.ms/batch-inference-documentation\nAll ${run.options.miniBatches} mini batches failed. There is no result returned.`
            : "There is no succeeded mini batch item returned from run(). Please check 'response: run()' in https://aka.ms/batch-inference-documentation",
      };
    case 'first_task_timeout':
      return {
        name: 'FirstTaskCreationTimeout',
        message:
          "Unable to create any task within 600 seconds.\nReduce the single input size or set the advanced argument '--first_task_creation_timeout' to a larger value in arguments in ParallelRunStep.",
      };
    case 'no_input':
      return {
        name: 'UserInputNotFoundError',
        message:
          "The input 'input_images' has no file: nothing was found under its path.\nCheck that the dataset's path exists and that the step's identity may list it.",
      };
    default:
      return null;
  }
}

function stopReasonText(run: SimulatedRun): string {
  if (run.stop.reason === 'threshold') return 'Exceeded error threshold.';
  if (run.stop.reason === 'no_progress') return `No progress update in ${run.scenario.progressUpdateTimeout} seconds.`;
  if (run.stop.reason === 'done' || run.stop.reason === 'no_result') return 'Master sent a stop signal.';
  return 'Got stop signal.';
}

function scheduling(run: SimulatedRun, lines: StoryLine[]): void {
  const total = run.options.miniBatches;
  const stopMs = run.stop.atMs;
  lines.push({ ms: 2100, level: 'INFO', text: 'Start scheduling.', to: 'both' });
  if (!run.options.layout.startsWith('1'))
    lines.push({ ms: 2200, level: 'INFO', text: `The overviewer on ${run.nodes[0]?.name} started.`, to: 'overview' });
  if (run.scenario.noTasks === 'first_task_timeout') {
    for (let s = 60; s < 600; s += 60) {
      lines.push({
        ms: 2100 + s * 1000,
        level: 'WARNING',
        text: `First task creation is taking longer than ${s} seconds. This is usually caused by slow data source initialization. The input is listed again.`,
        to: 'both',
      });
    }
  }
  if (run.scenario.noTasks !== null) return;
  const endMs = scheduledAtMs(run, total - 1) + 30;
  const seconds = (ms: number): number => Math.max(1, Math.round((ms - 2100) / 1000));
  for (let ms = run.firstTaskMs + 10_000; ms < Math.min(endMs, stopMs); ms += 10_000) {
    const made = Math.floor(((ms - run.firstTaskMs) * run.tasksPerSecond) / 1000) + 1;
    lines.push({
      ms,
      level: 'INFO',
      text: `Scheduled ${Math.min(made, total)} mini batches in ${seconds(ms)} seconds.`,
      to: 'both',
    });
  }
  if (endMs >= stopMs) return;
  lines.push({
    ms: endMs,
    level: 'INFO',
    text: `Scheduled ${total} mini batches in ${seconds(endMs)} seconds.`,
    to: 'both',
  });
  const more =
    run.options.layout === '1'
      ? `with ${run.totalItems} items in ${seconds(endMs)} seconds.`
      : `in ${seconds(endMs)} seconds. There are ${total} tasks with ${run.totalItems} items.`;
  lines.push({
    ms: endMs + 4,
    level: 'INFO',
    text: `Scheduling finished. Scheduled ${total} mini batches ${more}`,
    to: 'both',
  });
}

function progress(run: SimulatedRun, lines: StoryLine[]): void {
  const { events, options, firstTaskMs } = run;
  const total = options.miniBatches;
  const scheduledMs = scheduledAtMs(run, total - 1) + 34;
  let at = 0;
  let done = 0;
  for (let ms = firstTaskMs + 9_700; ms < run.stop.atMs; ) {
    for (; at < events.count; at++) {
      const { kind, time } = events.read(at);
      if (time > ms) break;
      if (kind === EVENT.processed || kind === EVENT.poisoned) done++;
    }
    done = Math.min(done, total);
    const elapsed = (ms - firstTaskMs) / 1000;
    const left = done === 0 ? Number.POSITIVE_INFINITY : (elapsed / done) * (total - done);
    let text: string;
    if (done === 0) text = 'No task has been processed yet.';
    else if (ms < scheduledMs) text = `Processed ${done} mini batches.`;
    else {
      const words = options.layout === '1' ? 'Estimate remaining' : 'Estimated remaining time';
      text = `Processed ${done} of ${total} mini batches in ${timedelta(elapsed)}. ${words} ${timedelta(left)}.`;
    }
    lines.push({ ms, level: 'INFO', text, to: 'both', processed: done });
    ms += left < 300 ? 10_000 : 118_000;
    if (run.stop.reason === 'no_progress' && done > 0 && ms - firstTaskMs > 900_000) ms += 50_000;
  }
}

function ending(run: SimulatedRun, lines: StoryLine[]): void {
  const { reason, atMs } = run.stop;
  if (reason === 'cut' || reason === 'node_lost') return;
  if (reason === 'done' || reason === 'no_result') {
    lines.push({
      ms: atMs,
      level: 'INFO',
      text: `All ${run.options.miniBatches} mini batches have been processed.`,
      to: 'both',
    });
  }
  if (run.scenario.noTasks === null) {
    const isBudget = reason === 'threshold' && run.firstCause?.kind === 'error_threshold_exceeded';
    const isEvidence = isBudget || (reason === 'no_progress' && run.firstCause?.kind === 'no_progress');
    lines.push({
      ms: atMs + 20,
      level: 'INFO',
      text: `Progress update stopped for reasons: ['${stopReasonText(run)}'].`,
      to: 'both',
      isEvidence,
    });
  }
  if (reason === 'cancelled') {
    lines.push({ ms: atMs + 300, level: 'WARNING', text: 'User cancelled the run.', to: 'both', isEvidence: true });
    return;
  }
  const error = finalError(run);
  if (error !== null) {
    const isEvidence =
      run.scenario.noTasks !== null || (reason === 'threshold' && run.firstCause?.kind === 'error_threshold_exceeded');
    lines.push({ ms: atMs + 2600, level: 'ERROR', text: error.message, to: 'overview', isEvidence });
    return;
  }
  concatenation(run, lines, atMs + 2700);
}

function concatenation(run: SimulatedRun, lines: StoryLine[], fromMs: number): void {
  let ms = fromMs;
  if (run.scenario.outputAction === 'append_row') {
    const files = run.processes.filter((process) => process.done > 0).length;
    lines.push({
      ms,
      level: 'INFO',
      text: `There are ${files} temp files to concatenate. Total size is ${(files * 0.37).toFixed(2)} MB.`,
      to: 'both',
    });
    if (files > 8) {
      const half = Math.floor(files / 2);
      lines.push({
        ms: ms + 600,
        level: 'INFO',
        text: `Concatenated ${half}/${files} files in ${timedelta(0)}. Estimated remaining ${timedelta(1)}.`,
        to: 'both',
      });
    }
    ms += 1300;
    lines.push({ ms, level: 'INFO', text: `Finished concatenating ${files} files in ${timedelta(1)}.`, to: 'both' });
  }
  lines.push({
    ms: ms + 90,
    level: 'INFO',
    text: `The ParallelRunStep processed all mini batches. ${summaryText(run)}`,
    to: 'both',
  });
}

/** Returns the run's progress in time order. */
export function progressStory(run: SimulatedRun): StoryLine[] {
  const lines: StoryLine[] = [];
  scheduling(run, lines);
  if (run.scenario.noTasks === null) progress(run, lines);
  ending(run, lines);
  return lines.sort((a, b) => a.ms - b.ms);
}
