/**
 * Failure text is how a run says why it failed and what to do: the service's exceptions and their
 * sentences, the causes it counts and the advice it gives (README.md#failures).
 */
import { runEvent } from '../events.ts';
import type { LogRecord, RecordSink } from '../types.ts';
import { parseCount, parseNumber } from '../values.ts';

/** Keeps the service's spelling: `scipt`. */
const failure = new RegExp(
  [
    String.raw`\b(?:FirstTaskCreationTimeout|TaskCreationException|NoTaskPickedException|NoTaskProcessedException|SomeTaskProcessedException|TaskPoisonedException|ErrorThresholdException|UnknownException|InputFileNotFoundError|UserInputNotFoundError|NoResultToAppendError|EntryScript(?:Init|Run|Shutdown)?(?:Exception|Timeout)|EntryScriptRunReturnWrongType|DriverException)\b`,
    String.raw`No progress update in \d+ seconds`,
    'Unable to create any task within',
    'Failed to create tasks',
    String.raw`No task has been (?:picked|processed)\.`,
    String.raw`There are \d+ pending tasks which`,
    'exceeds error threshold',
    'Exceeded error threshold',
    'Unknown error happened',
    'no succeeded mini batch item',
    'unable to successfully process any mini batches',
    String.raw`All \d+ mini batches failed`,
    String.raw`(?:init|run)\(\) (?:function )?in the entry scr?ipt had `,
    'Job failed with',
    'User program failed with',
    'The master role failed with',
    'Exception occurred executing job',
    'No temp file found. The job failed',
    'There is no result returned',
  ].join('|'),
);

const counted =
  /\b(init|run)\(\) (?:function|in the entry scr?ipt).{0,100}? had (raised exception|timeout) for (\d+) times/;
const exceeded =
  /number of failed (?:items|mini[ -]?batch(?:es)?|\w+) is (?<failed>\d+),? which exceeds (?:the )?error threshold (?:of )?(?<threshold>-?\d+)/;
const bullet = /^\s*\*\s*Error '(.*)' occurred (\d+) times?/s;
const advice =
  /\b(?:Please (?:check|increase|reduce|see)|Check (?:logs|workers? log|the )|See (?:logs|https?:)|Reduce the|Increase the|Follow the)\b/i;
const place = /\b(?:logs|azureml-logs|user_logs)\/[\w./*-]*[\w*]/;
const longestText = 8_000;

/** Decides whether a text reports the failure of the run. */
export function isFailureText(text: string): boolean {
  return failure.test(text.length > longestText ? text.slice(0, longestText) : text);
}

/**
 * Decides whether a line is a counted cause or advice, which the service adds to an exception's
 * text.
 */
export function isGuidance(line: string): boolean {
  const text = line.length > longestText ? line.slice(0, longestText) : line;
  return counted.test(text) || bullet.test(text) || advice.test(text);
}

/** Reports the record as the run's failure, with the causes and advice in it. */
export function reportFailure(record: LogRecord, sink: RecordSink): void {
  const text = [record.head, ...record.lines.slice(1, 200)].join('\n').slice(0, longestText).trimEnd();
  const figures = exceeded.exec(text)?.groups;
  sink.run(
    runEvent({
      ...{ line: record.line, type: 'failure', atUs: record.timeUs, message: text },
      ...{ itemsFailed: parseCount(figures?.failed), errorThreshold: parseNumber(figures?.threshold) },
    }),
  );
  reportGuidance(record, sink);
}

/** Reports the counted causes and the advice in the record's lines. */
export function reportGuidance(record: LogRecord, sink: RecordSink): boolean {
  let found = false;
  // A record repeats the sentence if the exception's traceback follows it.
  const told = new Set<string>();
  const count = Math.min(record.lines.length, 500);
  for (let index = 0; index < count; index++) {
    const line = (index === 0 ? record.head : (record.lines[index] ?? '')).slice(0, longestText);
    const common = { line: record.line + index, atUs: record.timeUs };
    const cause = counted.exec(line);
    const named = bullet.exec(line);
    if (cause && !told.has(cause[0])) {
      told.add(cause[0]);
      const name = `${cause[1]}_${cause[2] === 'timeout' ? 'timeout' : cause[1] === 'init' ? 'failed' : 'exception'}`;
      sink.run(runEvent({ ...common, type: 'cause', name, value: Number(cause[3]), message: line.trim() }));
    }
    if (named)
      sink.run(runEvent({ ...common, type: 'cause', name: 'error', value: Number(named[2]), message: named[1] ?? '' }));
    const advised = advice.test(line);
    const key = `advice ${cause?.[0] ?? line}`;
    if (advised && !told.has(key)) {
      told.add(key);
      sink.run(runEvent({ ...common, type: 'advice', name: place.exec(line)?.[0] ?? null, message: line.trim() }));
    }
    found ||= cause !== null || named !== null || advised;
  }
  return found;
}
