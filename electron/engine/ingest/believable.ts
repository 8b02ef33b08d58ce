/**
 * Drops figures that no person could believe. Everything that parsers emit passes through here on
 * its way to the store, so a duration of 1e308 seconds, a time in the year 9999 or a negative count
 * never reaches a view, a report or JSON. The problem list names each kind of dropped figure once
 * per file; the line itself stays.
 */
import type { RecordSink, RunEvent, SampleSeries } from '../formats/types.ts';

/** The calendar has the same limits for the times of lines (formats/prefix/calendar.ts). */
const FROM_US = Date.UTC(1980, 0, 1) * 1_000;
const TO_US = Date.UTC(2101, 0, 1) * 1_000;
/** No mini-batch takes more than a year. */
const MAX_SECONDS = 366 * 86_400;
/** Limits items, mini-batches and rows. */
const MAX_COUNT = 1e12;
const MAX_PID = 2 ** 32;
const MAX_PICKS = 1e6;
/** The largest machines have 1e16 bytes; unknown tables also count other things. */
const MAX_SAMPLE = 1e18;

interface Range {
  what: string;
  holds(value: number): boolean;
}

const between = (what: string, from: number, to: number): Range => ({
  what,
  holds: (value) => value >= from && value <= to,
});
const TIME = between('a time outside of 1980 to 2100', FROM_US, TO_US);
const SECONDS = between('a duration below zero or above a year', 0, MAX_SECONDS);
const COUNT = between('a count below zero or above 1e12', 0, MAX_COUNT);
const PICKS = between('a number of attempts below zero or above a million', 0, MAX_PICKS);
const PID = between('a process id that no system gives', 0, MAX_PID);
const EXIT = between('an exit status that no system gives', -MAX_PID, MAX_PID);
const VALUE = between('a value beyond 1e18', -MAX_SAMPLE, MAX_SAMPLE);

const TASK = {
  atUs: TIME,
  startUs: TIME,
  durationSeconds: SECONDS,
  processSeconds: SECONDS,
  runMethodSeconds: SECONDS,
  total: COUNT,
  succeeded: COUNT,
  failed: COUNT,
  dequeueCount: PICKS,
  pid: PID,
} as const;
const PROCESS = { atUs: TIME, pid: PID, exitCode: EXIT } as const;
const RUN = {
  atUs: TIME,
  value: VALUE,
  scheduled: COUNT,
  processed: COUNT,
  total: COUNT,
  items: COUNT,
  itemsSucceeded: COUNT,
  itemsFailed: COUNT,
} as const satisfies Partial<Record<keyof RunEvent, Range>>;
const ERROR = { atUs: TIME, pid: PID } as const;

type Ranges<Event> = { readonly [Name in keyof Event]?: Range };

/** Wraps a sink so that it receives only believable figures. */
export function believable(sink: RecordSink): RecordSink {
  const tell = (what: string, line: number | null) =>
    sink.problem('beyond_belief', `A line gives ${what}: the figure is left out, the line is kept.`, line);
  const checked = <Event extends { line: number }>(event: Event, ranges: Ranges<Event>): Event => {
    let out = event;
    for (const name of Object.keys(ranges) as (keyof Event)[]) {
      const value = event[name];
      const range = ranges[name];
      if (typeof value !== 'number' || range === undefined || range.holds(value)) continue;
      tell(range.what, event.line);
      out = { ...out, [name]: null };
    }
    return out;
  };
  return {
    task: (event) => sink.task(checked(event, TASK)),
    process: (event) => sink.process(checked(event, PROCESS)),
    run: (event) => sink.run(checked(event, RUN)),
    error: (event) => sink.error(checked(event, ERROR)),
    samples: (series) => sink.samples(checkedSeries(series, tell)),
    problem: sink.problem,
  };
}

function checkedSeries(series: SampleSeries, tell: (what: string, line: number | null) => void): SampleSeries {
  const { timesUs, values, lines } = series;
  const isBad = (k: number) => !VALUE.holds(values[k] as number) || !TIME.holds(timesUs[k] as number);
  let hasBad = false;
  for (let k = 0; k < values.length && !hasBad; k++) hasBad = isBad(k);
  if (!hasBad) return series;
  const kept: SampleSeries = { ...series, timesUs: [], values: [], lines: [] };
  for (let k = 0; k < values.length; k++) {
    if (isBad(k)) {
      tell((VALUE.holds(values[k] as number) ? TIME : VALUE).what, lines[k] ?? null);
    } else {
      kept.timesUs.push(timesUs[k] as number);
      kept.values.push(values[k] as number);
      kept.lines.push(lines[k] as number);
    }
  }
  return kept;
}
