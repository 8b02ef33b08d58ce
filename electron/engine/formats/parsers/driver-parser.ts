/** The parser of the driver's console: settings, exit codes, platform starts, exceptions. */
import { runEvent } from '../events.ts';
import type { FileContext, LogParser, LogRecord, RecordSink, RunEvent } from '../types.ts';
import { parseNumber } from '../values.ts';
import { createLauncherReporter, launcherNeedles } from './launcher.ts';
import { tellMaster } from './master-parser.ts';
import { masterSentences, progressSentences } from './run-sentences.ts';
import { needlesOf, type Sentence, tellSentences } from './sentences.ts';
import { entryScriptSentences, processSentences } from './worker-sentences.ts';

function event(record: LogRecord, type: RunEvent['type'], more: Partial<RunEvent> = {}): RunEvent {
  return runEvent({ line: record.line, atUs: record.timeUs, type, ...more });
}

/**
 * Sentences of the controller's console (README.md#driver-console; `The experiment …` comes from
 * the SDK itself).
 */
const sentences: readonly Sentence[] = [
  {
    needle: 'Batch Inference Start',
    pattern: /Azure Machine Learning Batch Inference Start/,
    tell: (_groups, record, _context, sink) => sink.run(event(record, 'run_started')),
  },
  {
    needle: 'Batch Inference End',
    pattern: /Azure Machine Learning Batch Inference End/,
    tell: (_groups, record, _context, sink) => sink.run(event(record, 'run_ended', { message: record.head.trim() })),
  },
  {
    needle: 'Cleanup took',
    pattern: /^Cleanup took [\d.]+ seconds/,
    tell: (_groups, record, _context, sink) => sink.run(event(record, 'run_ended', { message: record.head.trim() })),
  },
  {
    needle: 'Preparing to call script',
    pattern: /Preparing to call script \[(?<script>[^\]]*)\] with arguments: ?\[(?<list>.*)\]/s,
    tell: ({ script, list = '' }, record, _context, sink) => {
      sink.run(event(record, 'setting', { name: 'script', message: script ?? null }));
      tellArguments(list, record, sink);
    },
  },
  {
    needle: 'The experiment ',
    pattern: /The experiment (?<how>completed successfully|failed)\./,
    tell: ({ how }, record, _context, sink) =>
      sink.run(
        event(record, 'result', {
          name: how === 'failed' ? 'failed' : 'succeeded',
          message: record.head.slice(0, 500),
        }),
      ),
  },
  {
    needle: 'Enter __exit__ of DatasetContextManager',
    pattern: /Enter __exit__ of DatasetContextManager/,
  },
];

/**
 * The exit of the driver or of what started it; a print that a child of the script exited does not
 * count.
 */
const exit =
  /^(?:SystemExit: (?<system>-?\d+)$|(?:The )?(?:driver|launcher|script|job|main process|user process|user program|command|execution)\b.{0,80}\bexit(?:ed)? (?:with )?(?:exit )?(?:code|status):? ?(?<code>-?\d+)|Process exit(?:ed|ing) with (?:exit )?(?:code|status):? ?(?<process>-?\d+))/i;
/**
 * A module that the environment lacks: alone on its line, from `python -m`, or after the
 * exception's name.
 */
const missingModule =
  /^(?:[\w./-]*python[\d.]*: |(?:\w+: )?(?:ModuleNotFoundError|ImportError): )?(?:No module named |cannot import name )/;
const needles = needlesOf(
  [...sentences, ...masterSentences, ...progressSentences, ...processSentences, ...entryScriptSentences],
  [
    'SystemExit',
    'exit code',
    'exit status',
    'xiting with',
    'exited with',
    'occurred executing job',
    'exceeds error threshold',
    'Got a message from worker',
    'User program failed with',
    'Job failed with',
    'No module named ',
    'cannot import name ',
    ...launcherNeedles,
  ],
);

export function createDriverParser(context: FileContext): LogParser {
  const launcher = createLauncherReporter();
  return {
    needles: new RegExp(needles.source, 'g'),
    state: launcher.state,
    record(record, sink) {
      tellSentences(sentences, record, context, sink);
      tellMaster(context, record, sink);
      const count = Math.min(record.lines.length, 2_000);
      for (let index = 0; index < count; index++) {
        const line = (index === 0 ? record.head : (record.lines[index] ?? '')).slice(0, 2_000).trimEnd();
        launcher.line(line, record.line + index, record, sink);
        if (missingModule.test(line)) {
          const text = line.trim();
          sink.run(event(record, 'cause', { line: record.line + index, name: 'import_error', message: text }));
        }
        const groups = /xit/.test(line) ? exit.exec(line)?.groups : null;
        const value = parseNumber(groups?.system ?? groups?.code ?? groups?.process);
        if (value === null) continue;
        sink.run(event(record, 'driver_exit', { line: record.line + index, value, message: line.trim() }));
      }
    },
    end: launcher.end,
  };
}

/**
 * Reports the run's arguments, a Python list of strings: `'--name', 'value'` or `'--name=value'`.
 */
function tellArguments(list: string, record: LogRecord, sink: RecordSink): void {
  const values = [...list.slice(0, 100_000).matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
  for (let index = 0; index < values.length; index++) {
    const [, name, joined] = /^--([\w-]{1,80})(?:=(.*))?$/s.exec(values[index] ?? '') ?? [];
    if (name === undefined) continue;
    const next = values[index + 1];
    const value = joined ?? (next === undefined || next.startsWith('--') ? 'true' : next);
    sink.run(event(record, 'setting', { name, value: parseNumber(value), message: value.slice(0, 2_000) }));
  }
}
