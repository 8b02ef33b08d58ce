/**
 * Decided rules say how to read the lines of one file. They come from a sample of the file, unless
 * a person or a custom format overrides them.
 */
import type { ReadingChoice } from '../../contract/reading.ts';
import { decideReading } from '../formats/prefix/decide.ts';
import { compileReading, doubtsOf, type FileFacts, type FileReading } from '../formats/prefix/file-reading.ts';
import type { LineRules } from '../formats/prefix/line-rules.ts';
import { usualReading } from '../formats/prefix/reading.ts';
import type { FileClass, ReadPrefix } from '../formats/types.ts';
import type { SourceFile } from '../source/source-file.ts';
import { decodeChunks, type SniffedSource } from './encoding.ts';
import { STREAM_BYTES, sampleOfFile, sampleOfStart } from './file-sample.ts';

/**
 * The rules for one file, decided once from a sample: by the indexer, or by a search of a file that
 * is not indexed yet.
 */
export interface DecidedRules {
  rules: LineRules;
  /**
   * The decision as stored with the file (JSON); null if a custom format says how its lines begin.
   */
  reading: string | null;
  /** Reasons to doubt the decision, for the problem list. */
  doubts: { kind: string; message: string }[];
}

/** The facts about a file that the decision needs. */
export interface FileToDecide extends Pick<FileClass, 'shape'> {
  bytes: number;
  modifiedUs: number | null;
  /** A person's settings for the file. */
  choice: ReadingChoice | null;
}

/** Decides from a sample. `runUs` is a time from the run's dated logs. */
function decideRules(sample: readonly Uint8Array[], file: FileToDecide, runUs: number | null): DecidedRules {
  const facts: FileFacts = {
    isTable: file.shape === 'csv',
    modifiedUs: file.modifiedUs,
    runUs,
    choice: file.choice,
  };
  const reading = decideReading(sample, facts);
  return {
    rules: { reading: compileReading(reading), own: null },
    reading: JSON.stringify(reading),
    doubts: doubtsOf(reading),
  };
}

/** Returns the rules of a custom format. */
export function ownRules(own: ReadPrefix): DecidedRules {
  return { rules: { reading: usualReading, own }, reading: null, doubts: [] };
}

const kept = new Map<string, LineRules>();

/** Returns the rules stored with a file. */
export function rulesOfKept(reading: string): LineRules {
  let rules = kept.get(reading);
  if (rules === undefined) {
    if (kept.size > 1_000) kept.clear();
    rules = { reading: compileReading(JSON.parse(reading) as FileReading), own: null };
    kept.set(reading, rules);
  }
  return rules;
}

/** Decides for a UTF-8 file that is read in place. */
export function decideInPlace(place: SourceFile, file: FileToDecide, runUs: number | null): DecidedRules {
  return decideRules(sampleOfFile(place, file.bytes), file, runUs);
}

/**
 * Decides from the first bytes of a file and returns its text as UTF-8. `place` reads more of the
 * file in place; it is null for a stream.
 */
export async function decideFromStart(
  source: SniffedSource,
  place: SourceFile | null,
  file: FileToDecide,
  runUs: number | null,
): Promise<{ decided: DecidedRules; chunks: AsyncGenerator<Buffer> }> {
  const { first } = source;
  if (place !== null && first !== null && source.encoding === 'utf-8') {
    const isWhole = first.length + source.skip >= file.bytes;
    const decided = isWhole ? decideRules(sampleOfStart(first, true), file, runUs) : decideInPlace(place, file, runUs);
    return { decided, chunks: decodeChunks(source) };
  }
  const chunks = decodeChunks(source);
  const head: Buffer[] = [];
  let length = 0;
  let isWhole = false;
  while (length < STREAM_BYTES && !isWhole) {
    const next = await chunks.next();
    if (next.done === true) isWhole = true;
    else {
      // The source may reuse a chunk's memory for the next chunk.
      head.push(Buffer.from(next.value));
      length += next.value.length;
    }
  }
  const start = head.length === 1 ? (head[0] as Buffer) : Buffer.concat(head);
  return { decided: decideRules(sampleOfStart(start, isWhole), file, runUs), chunks: startingWith(start, chunks) };
}

async function* startingWith(start: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (start.length > 0) yield start;
  yield* rest;
}
