/** The parsers of what the entry script and its errors leave behind. */
import { taskEventOf } from '../events.ts';
import { readTask } from '../task-json.ts';
import type { FileContext, LogParser } from '../types.ts';
import { needlesOf, tellSentences } from './sentences.ts';
import { entryScriptSentences, killedSentence } from './worker-sentences.ts';

/**
 * Parses the user error files: which of init() and run() failed, with the whole traceback
 * (README.md#user-logs).
 */
export function createUserErrorParser(context: FileContext): LogParser {
  return {
    needles: needlesOf(entryScriptSentences),
    record(record, sink) {
      tellSentences(entryScriptSentences, record, context, sink);
    },
  };
}

/**
 * Parses what the entry script printed, for a process known from the file's name: whether it was
 * killed.
 */
export function createUserOutputParser(context: FileContext): LogParser {
  return {
    needles: needlesOf([killedSentence]),
    record(record, sink) {
      tellSentences([killedSentence], record, context, sink);
    },
  };
}

/**
 * Parses `poison_tasks_<ip>_<pid>.txt`: one queue message per line, as JSON or base64
 * (README.md#error-and-warning-files).
 */
export function createPoisonParser(context: FileContext): LogParser {
  return {
    needles: /\S+/g,
    record(record, sink) {
      for (const [index, line] of record.lines.entries()) {
        const text = line.includes('{') ? line : decodeBase64(line.trim());
        const task = text === null ? null : readTask(text)?.task;
        if (!task) continue;
        const event = taskEventOf(record, context, { source: 'error_log', type: 'poisoned' }, task, {
          line: record.line + index,
        });
        if (event) sink.task(event);
      }
    },
  };
}

function decodeBase64(text: string): string | null {
  if (text.length < 8 || text.length > 100_000 || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
  return Buffer.from(text, 'base64').toString('utf8');
}
