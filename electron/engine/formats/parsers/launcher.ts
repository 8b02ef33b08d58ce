/**
 * The launcher is MPI, which starts a process on every node and ends the job when it loses one. It
 * reports in blocks of prose: first what happened, then, some lines later, on which node and with
 * which code.
 */
import { runEvent } from '../events.ts';
import type { LogRecord, RecordSink, RunEvent } from '../types.ts';
import { parseNumber } from '../values.ts';

export const launcherNeedles = [
  'lost communication',
  'Remote daemon',
  'mpirun noticed that',
  'died unexpectedly',
  'unexpectedly failed after launch',
  'was unable to reliably start',
  'BAD TERMINATION',
  'RUNNING AT',
  'EXIT CODE:',
  'KILLED BY SIGNAL',
  'ssh: connect to host',
  'detected that one or more processes exited',
];

/**
 * A daemon that no longer answers, as Open MPI (ORTE, later PRTE) and `mpirun` itself report it.
 */
const lostDaemon =
  /\b(?:ORTE|PRTE|PMIx)\b.{0,20}\bhas lost communication|A daemon \(pid \d+\) died unexpectedly|daemon has unexpectedly failed after launch|was unable to reliably start/;
const lostName = /^\s*Remote daemon: ?.{0,80}? on node (?<node>\S+)/;
/** The launcher reaches its nodes by ssh; this line can come before or after the sentence. */
const unreachable = /^ssh: connect to host (?<host>\S+)/;
/**
 * `mpirun noticed that process rank 1 with PID 871 on node 10.0.0.5 exited on signal 9 (Killed).`
 */
const noticed =
  /noticed that process rank (?<rank>\d+)(?: \[.{0,60}?\])? with PID (?<pid>\d+) on node (?<node>\S+) (?:exited on signal (?<signal>\d+)|.{0,80})/;
/** The block that Hydra writes (MPICH, Intel MPI). */
const badTermination = /BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES/;
const runningAt = /PID \d+ RUNNING AT (?<node>\S+)/;
/** For a signal, Hydra gives its number, or its number plus 128 as a shell does. */
const exitCode = /EXIT CODE: ?(?<code>\d+)|KILLED BY SIGNAL: ?(?<signal>\d+)|^\s*Exit code:\s+(?<status>\d+)/;
/** Signals with which the system ends a process. */
const signals: ReadonlySet<number> = new Set([4, 6, 7, 8, 9, 11, 15]);
/**
 * `mpirun detected that one or more processes exited with non-zero status`: this only passes on
 * that a process failed.
 */
const passedOn = /\bdetected that one or more processes exited with non-zero status/;
/** The name follows the sentence within this many lines. */
const farthestName = 12;

interface State {
  open: RunEvent | null;
  /** The last host that ssh could not reach. */
  host: { name: string; line: number } | null;
}

/**
 * Reports `node_left` and `lost` for nodes and processes that the launcher lost, and `driver_exit`
 * if it only passes on a code.
 */
export function createLauncherReporter(): {
  state: State;
  line(line: string, at: number, record: LogRecord, sink: RecordSink): void;
  end(sink: RecordSink): void;
} {
  const state: State = { open: null, host: null };
  const end = (sink: RecordSink): void => {
    if (state.open !== null) sink.run(state.open);
    state.open = null;
  };
  const begin = (type: RunEvent['type'], line: string, at: number, record: LogRecord, sink: RecordSink): RunEvent => {
    end(sink);
    const name = type === 'lost' ? 'signal' : null;
    state.open = runEvent({ line: at, type, name, atUs: record.timeUs, message: line.trim() });
    return state.open;
  };
  return {
    state,
    end,
    line(line, at, record, sink) {
      const told = noticed.exec(line)?.groups;
      if (told !== undefined) {
        const event = begin('lost', line, at, record, sink);
        state.open = { ...event, node: told.node ?? null, value: parseNumber(told.signal) };
        return end(sink);
      }
      const host = unreachable.exec(line)?.groups?.host;
      if (host !== undefined) state.host = { name: host, line: at };
      if (lostDaemon.test(line)) {
        const event = begin('node_left', line, at, record, sink);
        if (state.host !== null && at - state.host.line <= farthestName) {
          state.open = { ...event, node: state.host.name };
          return end(sink);
        }
      } else if (badTermination.test(line)) begin('lost', line, at, record, sink);
      else if (passedOn.test(line)) begin('driver_exit', line, at, record, sink);
      const { open } = state;
      if (open === null) return;
      if (at - open.line > farthestName) return end(sink);
      const node = host ?? lostName.exec(line)?.groups?.node ?? runningAt.exec(line)?.groups?.node;
      const detail = open.type === 'node_left' ? undefined : exitCode.exec(line)?.groups;
      if (node !== undefined && open.type !== 'driver_exit')
        state.open = { ...open, node, message: `${open.message} ${line.trim()}` };
      if (detail !== undefined) state.open = withCode(state.open ?? open, detail);
      if (detail !== undefined || (open.type === 'node_left' && node !== undefined)) end(sink);
    },
  };
}

/** Adds the block's code to the event: a signal ended the process, or it exited by itself. */
function withCode(event: RunEvent, detail: Record<string, string | undefined>): RunEvent {
  const status = parseNumber(detail.code ?? detail.status);
  const signal = parseNumber(detail.signal) ?? (status !== null && status > 128 ? status - 128 : status);
  if (event.type === 'lost' && signal !== null && signals.has(signal)) return { ...event, value: signal };
  return { ...event, type: 'driver_exit', name: null, value: status };
}
