/** A sentence is a pattern of text that the service writes, and the event that follows from it. */
import type { FileContext, LogRecord, RecordSink } from '../types.ts';

type Groups = Record<string, string | undefined>;

export interface Sentence {
  /** A literal in every such line, for which ingest searches a block. */
  needle: string;
  /** Tested against the record's first line without its prefix. */
  pattern: RegExp;
  /** Reports the event; absent for a known sentence that says nothing of interest. */
  tell?: (groups: Groups, record: LogRecord, context: FileContext, sink: RecordSink) => void;
}

/** Combines all the needles into one global expression. */
export function needlesOf(sentences: readonly Sentence[], more: readonly string[] = []): RegExp {
  const words = new Set([...sentences.map((sentence) => sentence.needle), ...more]);
  return new RegExp([...words].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g');
}

/** Reports what the record's first line says; returns the number of matching sentences. */
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
