/** The parsers of the overview and of result files. */
import { processEvent, runEvent } from '../events.ts';
import { parseTraceback, phaseOf } from '../traceback.ts';
import type { FileContext, LogParser, LogRecord } from '../types.ts';
import { isErrorList, namedIn } from './errors.ts';
import { isFailureText, reportFailure, reportGuidance } from './failure-text.ts';
import { masterSentences, progressSentences } from './run-sentences.ts';
import { tellSentences } from './sentences.ts';

const sentences = [...progressSentences, ...masterSentences];

/**
 * Parses the overview, where every line counts: progress, stop reasons, the summary, and on failure
 * the exception's text and advice over several lines (README.md#overview). The file is small, so
 * the parser asks for every dated line; lines without a time continue it.
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

/**
 * Returns the lines after the first as a record: a failure's text that follows a line of progress.
 */
function withoutHead(record: LogRecord): LogRecord {
  return { ...record, line: record.line + 1, lines: record.lines.slice(1), head: record.lines[1] ?? '' };
}

/** Limits on the part of a result file kept as the failure's text. */
const mostLines = 400;
const longestText = 8_000;
/** Words for a good end, and words for a bad one, after harmless phrases are removed. */
const good = /\b(?:succeeded|successful(?:ly)?|completed|finished)\b/i;
const bad = /\bfail|\berror\b|\bexception\b|\babort/i;
const harmless = /\b(?:0|no) (?:\w+ ){0,2}(?:failed|failures?|errors?|exceptions?)\b|\berror threshold\b/gi;

/**
 * Parses `job_result` files and lists of errors (`job_error`), whose form nobody has seen
 * (README.md#result-files). A result file says how the run ended, so it is one statement as a
 * whole; its causes and advice are reported line by line. A list of errors says nothing about the
 * end, because the run may have recovered from each of them; it only shows which processes had one.
 */
export function createResultParser(context: FileContext): LogParser {
  if (isErrorList(context.path)) return createErrorListParser();
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
      if (first === null) return;
      const text = lines.join('\n').slice(0, longestText).trimEnd();
      const weighed = text.replaceAll(harmless, '');
      const common = { line: first.line, atUs: first.timeUs };
      const isBad = isFailureText(text) || /^\W*(?:(?:the )?(?:job|run|step) )?failed\b/im.test(weighed);
      if (isBad) sink.run(runEvent({ ...common, type: 'failure', message: text }));
      const name = isBad ? 'failed' : good.test(weighed) && !bad.test(weighed) ? 'succeeded' : null;
      if (name !== null) sink.run(runEvent({ ...common, type: 'result', name, message: text.slice(0, 500) }));
    },
  };
}

function createErrorListParser(): LogParser {
  return {
    needles: /[^\n]+/g,
    record(record, sink) {
      const named = namedIn(record.head);
      if (named === null) return;
      const phase = phaseOf(parseTraceback(record.lines).userFrames) ?? /\b(init|run)\(\)/.exec(record.head)?.[1];
      if (phase !== 'init' && phase !== 'run') return;
      const type = phase === 'init' ? 'init_failed' : 'run_failed';
      const detail = record.lines.findLast((line) => /^\S/.test(line) && line.trim() !== '.') ?? record.head;
      sink.process(
        processEvent({ line: record.line, type, ...named, atUs: record.timeUs, detail: detail.slice(0, 500) }),
      );
    },
  };
}
