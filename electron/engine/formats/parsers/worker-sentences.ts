/**
 * Sentences about worker processes, in their own logs and in their supervisor's
 * (README.md#worker-log, #worker-exits).
 */
import { processEvent, runEvent } from '../events.ts';
import type { FileContext, LogRecord, ProcessEvent } from '../types.ts';
import { parseCount } from '../values.ts';
import type { Sentence } from './sentences.ts';

function event(
  record: LogRecord,
  context: FileContext,
  type: ProcessEvent['type'],
  more: Partial<ProcessEvent> = {},
): ProcessEvent {
  // A supervisor writes about other processes, whose name is not its own.
  const own = more.pid === undefined || more.pid === null || more.pid === record.pid;
  return processEvent({
    line: record.line,
    type,
    node: context.node,
    process: own ? context.process : null,
    atUs: record.timeUs,
    ...more,
    pid: more.pid ?? record.pid,
  });
}

/** Returns an error's text without the traceback announced at its end; at most 2,000 characters. */
export function beforeDetail(text: string): string {
  const detail = /Details?:? Traceback/.exec(text);
  return text.slice(0, Math.min(detail?.index ?? text.length, 2_000)).trim();
}

/**
 * A shell prints this when signal 9 ends a program; it is captured in the output of the program
 * itself or of the one that started it.
 */
export const killedSentence: Sentence = {
  needle: 'Killed',
  pattern: /^(?:stderr: )?Killed\.?\s*$/,
  tell: (_groups, record, context, sink) => sink.process(event(record, context, 'killed', { detail: 'Killed' })),
};

export const processSentences: readonly Sentence[] = [
  killedSentence,
  {
    needle: 'start processing thread',
    pattern: /Process (?<name>\S+): start processing thread/,
    tell: (_groups, record, context, sink) => sink.process(event(record, context, 'started')),
  },
  { needle: 'Process tasks on process', pattern: /Process tasks on process/ },
  { needle: 'Run method in scoring module returned', pattern: /Run method in scoring module returned/ },
  { needle: ': monitor finished', pattern: /Process \S+: monitor finished/ },
  {
    needle: 'exits with exitcode',
    pattern: /The process (?<pid>\d+) exits with exitcode (?<code>-?\d+)/,
    tell: ({ pid, code }, record, context, sink) =>
      sink.process(
        event(record, context, 'exited', {
          pid: parseCount(pid),
          exitCode: Number(code),
          detail: record.head.slice(0, 500),
        }),
      ),
  },
  {
    needle: 'new process will be started',
    pattern: /A new process will be started to replace the process (?<pid>\d+)/,
    tell: ({ pid }, record, context, sink) =>
      sink.process(event(record, context, 'replaced', { pid: parseCount(pid) })),
  },
  {
    needle: 'is not alive',
    pattern: /The process (?<pid>\d+) is not alive/,
    tell: ({ pid }, record, context, sink) =>
      sink.process(event(record, context, 'killed', { pid: parseCount(pid), detail: record.head.slice(0, 500) })),
  },
  {
    needle: 'The worker process',
    pattern: /The worker process (?<pid>\d+) (?:(?<exits>exits)\b|failed with (?<error>.*))/s,
    tell: ({ pid, exits, error = '' }, record, context, sink) => {
      // The sentence does not name the method; the exception's name or frames may.
      const text = `${error}\n${record.lines.slice(1, 200).join('\n')}`;
      const type = /EntryScriptInit|in init\b/.test(text) ? 'init_failed' : 'run_failed';
      sink.process(
        event(record, context, exits ? 'exited' : type, {
          pid: parseCount(pid),
          detail: exits ? null : beforeDetail(error),
        }),
      );
    },
  },
  {
    needle: 'task consumer thread in process',
    pattern: /task consumer thread in process (?<pid>\d+) failed with (?<error>.*)/s,
    tell: ({ pid, error }, record, context, sink) =>
      sink.process(
        event(record, context, 'run_failed', { pid: parseCount(pid), detail: error?.slice(0, 2_000) ?? null }),
      ),
  },
  {
    needle: 'Assign GPU',
    pattern: /Assign GPU (?<gpu>\S+) to worker (?<pid>\d+)/,
    tell: ({ gpu, pid }, record, context, sink) =>
      sink.process(event(record, context, 'started', { pid: parseCount(pid), detail: `GPU ${gpu ?? ''}` })),
  },
  {
    needle: 'This worker is exiting',
    pattern: /This worker is exiting/,
    tell: (_groups, record, context, sink) =>
      sink.process(event(record, context, 'stopping', { detail: record.head.slice(0, 500) })),
  },
  {
    needle: 'mini batches failed. ',
    pattern: /(?<failed>\d+) mini batches failed\. (?<succeeded>\d+) succeeded\.\s*This process is exiting/,
    tell: (_groups, record, context, sink) =>
      sink.process(event(record, context, 'stopping', { detail: record.head.slice(0, 500) })),
  },
  {
    needle: 'more than input count',
    pattern: /run\(\) returned (?<count>\d+) items, which is more than (?:the )?input count (?<total>\d+)/,
    tell: ({ count, total }, record, context, sink) =>
      sink.run(
        runEvent({
          line: record.line,
          type: 'too_many_results',
          atUs: record.timeUs,
          node: context.node,
          value: parseCount(count),
          total: parseCount(total),
          message: record.head.slice(0, 500),
        }),
      ),
  },
  { needle: 'Worker - Telemetry', pattern: /Worker - Telemetry/ },
];

/**
 * Sentences of the user error files, also found in worker logs: `Entry script init() failed for …`
 * (README.md#user-logs).
 */
export const entryScriptSentences: readonly Sentence[] = [
  {
    needle: 'Entry script ',
    pattern:
      /Entry script (?<method>init|run|shutdown)\(\) (?:failed for (?<error>.*)|(?<timeout>.*tim(?:ed? ?out).*))/s,
    tell: ({ method, error, timeout }, record, context, sink) => {
      if (method === 'shutdown') return;
      const ending = timeout === undefined ? 'failed' : 'timed_out';
      sink.process(
        event(record, context, method === 'init' ? `init_${ending}` : `run_${ending}`, {
          detail: beforeDetail(error ?? timeout ?? ''),
        }),
      );
    },
  },
];
