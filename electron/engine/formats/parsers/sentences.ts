/** A sentence is a pattern of text that the service writes, and the event that follows from it. */
import type { FileContext, LogRecord, RecordSink } from '../types.ts';

type Groups = Record<string, string | undefined>;

/** A sentence that the service writes, and what follows from it. */
export interface Sentence {
  /** Literal that every such line has: what ingest looks for in a block. */
  needle: string;
  /** Tested against the record's first line without its prefix. */
  pattern: RegExp;
  /** What it tells; left out for a sentence that is known and tells nothing. */
  tell?: (groups: Groups, record: LogRecord, context: FileContext, sink: RecordSink) => void;
}

/** One global expression for all the needles. */
export function needlesOf(sentences: readonly Sentence[], more: readonly string[] = []): RegExp {
  const words = new Set([...sentences.map((sentence) => sentence.needle), ...more]);
  return new RegExp([...words].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
}

/** Tells what the record's first line says; the number of sentences that it is. */
export function tellSentences(
  sentences: readonly Sentence[],
  record: LogRecord,
  context: FileContext,
  sink: RecordSink,
): number {
  const head = record.head.length > 20_000 ? record.head.slice(0, 20_000) : record.head;
  let told = 0;
  for (const sentence of sentences) {
    if (!head.includes(sentence.needle)) continue;
    const match = sentence.pattern.exec(head);
    if (!match) continue;
    told++;
    sentence.tell?.(match.groups ?? {}, record, context, sink);
  }
  return told;
}
