/**
 * Decided rules say how the lines of one file are read. They follow from a sample of the file,
 * unless a person or a custom format says otherwise.
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
 * How the lines of a file are read, decided once from a sample of it: by indexing, and by a search
 * of a file that is not indexed yet.
 */
export interface DecidedRules {
  rules: LineRules;
  /**
   * As it is kept with the file (JSON); null where a format of one's own tells how its lines begin.
   */
  reading: string | null;
  /** What may be wrong with it, for the problem list. */
  doubts: { kind: string; message: string }[];
}

/** A file, as far as it matters for how its lines are read. */
export interface FileToDecide extends Pick<FileClass, 'shape'> {
  bytes: number;
  modifiedUs: number | null;
  /** What a person has set for it. */
  choice: ReadingChoice | null;
}

/** Rules from a sample. `runUs`: a time of the run's dated logs. */
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

/** Rules of a format of one's own. */
export function ownRules(own: ReadPrefix): DecidedRules {
  return { rules: { reading: usualReading, own }, reading: null, doubts: [] };
}

const kept = new Map<string, LineRules>();

/** The rules of a file as they were kept with it. */
export function rulesOfKept(reading: string): LineRules {
  let rules = kept.get(reading);
  if (rules === undefined) {
    if (kept.size > 1_000) kept.clear();
    rules = { reading: compileReading(JSON.parse(reading) as FileReading), own: null };
    kept.set(reading, rules);
  }
  return rules;
}

/** Rules of a file that is UTF-8 and read in place. */
export function decideInPlace(place: SourceFile, file: FileToDecide, runUs: number | null): DecidedRules {
  return decideRules(sampleOfFile(place, file.bytes), file, runUs);
}

/**
 * Rules of a file whose beginning is at hand, and its text as UTF-8. `place`: where more of it can
 * be read in place; null where it comes as a stream.
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
      // A source may use the memory of a chunk again for the next.
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
