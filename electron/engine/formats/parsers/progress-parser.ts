import { runEvent } from '../events.ts';
import type { FileContext, LogParser, LogRecord } from '../types.ts';
import { isFailureText, reportFailure, reportGuidance } from './failure-text.ts';
import { masterSentences, progressSentences } from './run-sentences.ts';
import { tellSentences } from './sentences.ts';

const sentences = [...progressSentences, ...masterSentences];

/**
 * What the run says of itself, every line of it: progress, stop reasons, the summary, and on failure the exception's text with its
 * advice over several lines (formats file, sections J, C, C.2, D). The file is small, so every dated line is asked for; those without a
 * time continue it.
 */
export function createProgressParser(context: FileContext): LogParser {
  return {
    needles: /^\S{0,4}\d{4}-\d\d-\d\d[ T]\d\d:/gm,
    record(record, sink) {
      const told = tellSentences(sentences, record, context, sink);
      const following = record.lines.length > 1 ? record.lines.slice(1).join('\n') : '';
      const failed = (told === 0 && isFailureText(record.head)) || (following !== '' && isFailureText(following));
      if (failed) reportFailure(told === 0 ? record : withoutHead(record), sink);
      else reportGuidance(record, sink);
    },
  };
}

/** The lines after the first, as a record: a failure's text that follows a line of progress. */
function withoutHead(record: LogRecord): LogRecord {
  return { ...record, line: record.line + 1, lines: record.lines.slice(1), head: record.lines[1] ?? '' };
}

/** How much of a result file is kept as the failure's text. */
const mostLines = 400;
const longestText = 8_000;

/**
 * `job_result`, `job_error`: text of a form that nobody has seen (formats file, I.3). Kept as text; where it speaks of a failure, all of it is
 * one failure; its causes and advice are told line by line.
 */
export function createResultParser(context: FileContext): LogParser {
  const state: { lines: string[]; first: LogRecord | null } = { lines: [], first: null };
  return {
    needles: /[^\n]+/g,
    state,
    record(record, sink) {
      tellSentences(sentences, record, context, sink);
      reportGuidance(record, sink);
      state.first ??= record;
      if (state.lines.length < mostLines) state.lines.push(record.head, ...record.lines.slice(1, mostLines));
    },
    end(sink) {
      const { first, lines } = state;
      const text = lines.join('\n').slice(0, longestText).trimEnd();
      const ended = first
        ? /\b(?:succeeded|completed|finished) ?(?:successfully)?\b/i.test(text) && !/\bfail|\berror\b/i.test(text)
        : false;
      if (first && ended) {
        sink.run(
          runEvent({
            line: first.line,
            type: 'result',
            atUs: first.timeUs,
            name: 'succeeded',
            message: text.slice(0, 500),
          }),
        );
      }
      if (
        !first ||
        ended ||
        (!isFailureText(text) && !(/(?:^|\/)job_?error/.test(context.path) && /error|exception|fail/i.test(text)))
      )
        return;
      sink.run(runEvent({ line: first.line, type: 'failure', atUs: first.timeUs, message: text }));
      sink.run(
        runEvent({ line: first.line, type: 'result', atUs: first.timeUs, name: 'failed', message: text.slice(0, 500) }),
      );
    },
  };
}
