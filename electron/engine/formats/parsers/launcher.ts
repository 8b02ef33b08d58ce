/**
 * The launcher: MPI, which starts a process on every node and ends the job when it loses one. It writes a block of prose lines over
 * several lines: first what happened, then, some lines later, on which node.
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
  'ssh: connect to host',
];

/** A daemon that no longer answers, in the words of Open MPI (ORTE, later PRTE) and of `mpirun` itself. */
const lostDaemon =
  /\b(?:ORTE|PRTE|PMIx)\b.{0,20}\bhas lost communication|A daemon \(pid \d+\) died unexpectedly|daemon has unexpectedly failed after launch|was unable to reliably start/;
const lostName = /^\s*Remote daemon: ?.{0,80}? on node (?<node>\S+)|^ssh: connect to host (?<host>\S+)/;
/** `mpirun noticed that process rank 1 with PID 871 on node 10.0.0.5 exited on signal 9 (Killed).` */
const noticed =
  /noticed that process rank (?<rank>\d+)(?: \[.{0,60}?\])? with PID (?<pid>\d+) on node (?<node>\S+) (?:exited on signal (?<signal>\d+)|.{0,80})/;
/** The block of Hydra (MPICH, Intel MPI). */
const badTermination = /BAD TERMINATION OF ONE OF YOUR APPLICATION PROCESSES/;
const runningAt = /PID \d+ RUNNING AT (?<node>\S+)/;
const exitCode = /EXIT CODE: ?(?<code>\d+)/;
/** The name stands within that many lines of the sentence. */
const farthestName = 12;

export function createLauncherReporter(): {
  state: { open: RunEvent | null };
  line(line: string, at: number, record: LogRecord, sink: RecordSink): void;
  end(sink: RecordSink): void;
} {
  const state: { open: RunEvent | null } = { open: null };
  const end = (sink: RecordSink): void => {
    if (state.open !== null) sink.run(state.open);
    state.open = null;
  };
  const begin = (
    type: RunEvent['type'],
    name: string | null,
    line: string,
    at: number,
    record: LogRecord,
    sink: RecordSink,
  ) => {
    end(sink);
    state.open = runEvent({ line: at, type, name, atUs: record.timeUs, message: line.trim() });
  };
  return {
    state,
    end,
    line(line, at, record, sink) {
      const told = noticed.exec(line)?.groups;
      if (told !== undefined) {
        begin('lost', 'signal', line, at, record, sink);
        if (state.open !== null)
          state.open = { ...state.open, node: told.node ?? null, value: parseNumber(told.signal) };
        end(sink);
        return;
      }
      if (lostDaemon.test(line)) begin('node_left', null, line, at, record, sink);
      else if (badTermination.test(line)) begin('lost', 'signal', line, at, record, sink);
      const { open } = state;
      if (open === null) return;
      if (at - open.line > farthestName) return end(sink);
      const name = lostName.exec(line)?.groups;
      const node = name?.node ?? name?.host ?? runningAt.exec(line)?.groups?.node;
      const code = open.type === 'lost' ? parseNumber(exitCode.exec(line)?.groups?.code) : null;
      if (node !== undefined) state.open = { ...open, node, message: `${open.message} ${line.trim()}` };
      if (code !== null) state.open = { ...(state.open ?? open), value: code };
      if (open.type === 'node_left' && node !== undefined) end(sink);
      else if (code !== null) end(sink);
    },
  };
}
