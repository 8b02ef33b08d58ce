/**
 * The intake of a part: opens its file, decides how to read it, and turns its bytes into rows of
 * the unit, up to the point where a later reading resumes.
 */
import { deserialize, serialize } from 'node:v8';
import type { FormatBook } from '../formats/custom/format-book.ts';
import { type LineRules, usualRulesOfLines } from '../formats/prefix/line-rules.ts';
import type { RecordSink } from '../formats/types.ts';
import { contentCheck } from '../source/content-check.ts';
import { MAX_LINE_BYTES } from '../source/limits.ts';
import type { ByteRange, SourceFile } from '../source/source-file.ts';
import type { OpenEntry, SourceReader } from '../source/source-reader.ts';
import type { ResumePoint } from '../store/rows.ts';
import { BlockStream, type TextBlock } from './block-stream.ts';
import { type DecidedRules, decideFromStart, decideInPlace, ownRules } from './decide-rules.ts';
import { decodeChunks, sniffEncoding } from './encoding.ts';
import type { InputBuffer } from './input-buffer.ts';
import type { UnitPart } from './messages.ts';
import { partRange } from './part-range.ts';
import { PartReader, type ReaderState } from './part-reader.ts';
import { rowSink } from './row-sink.ts';
import type { UnitRows } from './unit-rows.ts';

const holeMessage =
  'NUL bytes stand here, as where a log was cut while a program went on writing it; they are skipped.';

/** Files from this size up can resume after they have grown; smaller ones are read again. */
const RESUME_FROM_BYTES = 64 * 1024;
/** A reader with more state than this (it has a record of many lines open) is not saved. */
const MAX_STATE_BYTES = 256 * 1024;

/** What the parts that a worker reads have in common. */
export interface IntakeContext {
  source: SourceReader;
  formats: FormatBook;
  /** A time from the run's own dated logs; null if there are none. */
  runUs: number | null;
  input: InputBuffer;
  unit: UnitRows;
  /** Called with bytes as they are read. */
  onBytes: (bytes: number) => void;
}

export class PartIntake {
  readonly #part: UnitPart;
  readonly #context: IntakeContext;
  readonly #sink: RecordSink;
  readonly #reader: PartReader;
  #encoding = 'utf-8';
  /** The file goes on in another encoding than it begins in. */
  #isMixed = false;
  /** The case stores the text of all blocks, because the file cannot be read in place. */
  #isStored = false;
  /** What comes now is after the resume point. */
  #isTail = false;
  #resume: ResumePoint | null = null;
  /** The block before ended within a line, within a token. */
  #inLine = false;
  #inToken = false;

  constructor(part: UnitPart, context: IntakeContext) {
    this.#part = part;
    this.#context = context;
    this.#sink = rowSink(context.unit, part.file.fileId, () => this.#isTail);
    this.#reader = new PartReader(part, this.#sink, context.unit.kernel);
    if (part.resume !== null) this.#reader.restore(deserialize(part.resume.state) as ReaderState);
  }

  /** Reads the part. A file that cannot be read is a problem of the case, not an error. */
  async run(): Promise<void> {
    const { file } = this.#part;
    let entry: OpenEntry | null = null;
    let check: string | null = null;
    let isFailed = false;
    try {
      entry = this.#context.source.openEntry(file, (damage) => this.#sink.problem(damage.kind, damage.message, null));
      await this.#readEntry(entry);
    } catch (cause) {
      isFailed = true;
      this.#resume = null;
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#sink.problem('unreadable', `The file cannot be read (${reason}); lines read before that are kept.`, null);
    } finally {
      check = checkOf(this.#part, entry?.file ?? null);
      entry?.close();
    }
    const { parts, pidSpans } = this.#context.unit.segment;
    parts.push({ ...this.#reader.end(this.#encoding, isFailed), check, resume: this.#resume });
    const { fileId, node, process } = file;
    for (const [pid, span] of this.#reader.pids())
      pidSpans.push({ fileId, node, process, pid, ...span, isTail: this.#isTail });
  }

  async #readEntry(entry: OpenEntry): Promise<void> {
    const { file } = this.#part;
    const { blocks, chunks } = await this.#begin(entry);
    // Progress counts a compressed entry by its listed size, so never count more than that.
    let left = file.inside === null ? Number.POSITIVE_INFINITY : file.bytes;
    for await (const chunk of chunks) {
      const counted = Math.min(chunk.length, left);
      left -= counted;
      this.#context.onBytes(counted);
      for (const block of blocks.add(chunk)) if (this.#put(block)) await this.#sendSegment();
    }
    // After this point everything may change when the file grows: the end of the file can cut a
    // block, a line or a character.
    this.#resume = this.#resumePoint(blocks);
    this.#isTail = this.#resume !== null;
    for (const block of blocks.end()) if (this.#put(block)) await this.#sendSegment();
    this.#endEncoding(blocks);
  }

  /** Decides how to read the file, and notes the decision and its doubts. */
  async #begin(entry: OpenEntry): Promise<{ blocks: BlockStream; chunks: AsyncGenerator<Buffer> }> {
    const { input, runUs, unit } = this.#context;
    const { file, part, resume } = this.#part;
    const sink = this.#sink;
    const chosen = file.choice?.encoding ?? null;
    const early = this.#decideEarly(entry.file);
    const range =
      entry.file === null ? undefined : rangeOf(entry.file, this.#part, sink, early?.rules ?? usualRulesOfLines);
    const sniffed = await sniffEncoding(range?.start ?? 0, entry.chunks(range, input.space), chosen);
    const { encoding } = sniffed;
    this.#encoding = encoding;
    this.#isStored = entry.file === null || encoding !== 'utf-8';
    sniffed.onOther = () => {
      this.#isMixed = true;
      const message = `The file begins as ${encoding.toUpperCase()} and goes on in another encoding; it is read so.`;
      sink.problem('encoding', message, null);
    };
    const blocks = new BlockStream(sniffed, {
      shape: file.shape,
      chosen,
      leftover: input,
      onDoubt: (kind, message, line) => sink.problem(kind, message, this.#reader.lines + line + 1),
      onHole: () => sink.problem('nul_bytes', holeMessage, this.#reader.lines + 1),
    });
    const { decided, chunks } =
      early !== null && (encoding === 'utf-8' || early.reading === null)
        ? { decided: early, chunks: decodeChunks(sniffed) }
        : await decideFromStart(sniffed, entry.file, file, runUs);
    this.#reader.readBy(decided.rules);
    if (decided.reading !== null) unit.segment.readings.push([file.fileId, decided.reading]);
    if (part === 0 && resume === null)
      for (const { kind, message } of decided.doubts) sink.problem(kind, message, null);
    if (sniffed.isGuess) {
      const message = `The file seems to be ${encoding.toUpperCase()} and has no mark that says so; that was assumed.`;
      sink.problem('encoding', message, null);
    }
    return { blocks, chunks };
  }

  /**
   * Decides the rules before reading, for parts whose start depends on where a record begins.
   * Returns null if the beginning of the part can decide.
   */
  #decideEarly(file: SourceFile | null): DecidedRules | null {
    const { formats, runUs } = this.#context;
    const part = this.#part;
    const own = formats.ownPrefix(part.file.format);
    if (own !== null) return ownRules(own);
    const isWhole = part.start === 0 && part.end === part.file.bytes && part.resume === null;
    return isWhole || file === null ? null : decideInPlace(file, part.file, runUs);
  }

  /** Adds a block to the rows. Returns true if the segment must be sent now. */
  #put({ bytes, from, to, start, isOriginal, inLine, inToken }: TextBlock): boolean {
    const { unit } = this.#context;
    const row = this.#reader.block(bytes, from, to, start, this.#inLine);
    const text = this.#isStored || !isOriginal ? bytes.subarray(from, to) : null;
    unit.addBlock(row, text, inToken || this.#inToken);
    this.#inLine = inLine;
    this.#inToken = inToken;
    // A segment ends at a line end, unless the line is too long to be searched to its end.
    return unit.isFull && (!inLine || unit.bytes >= MAX_LINE_BYTES);
  }

  async #sendSegment(): Promise<void> {
    if (this.#inLine) {
      const megabytes = Math.round(MAX_LINE_BYTES / 1024 / 1024);
      const message = `The line is longer than ${megabytes} MB: its first ${megabytes} MB are searched (POSTRUN_MAX_LINE_MB changes that).`;
      this.#sink.problem('long_line', message, this.#reader.lines);
    }
    await this.#context.unit.send(false);
  }

  /**
   * Returns the point where a later reading can resume: at the end of a text file that is read in
   * place and is too large to read again.
   */
  #resumePoint(blocks: BlockStream): ResumePoint | null {
    const { file, end } = this.#part;
    const isAtBlock = !this.#inLine && !blocks.isInHole;
    const isSimple = blocks.isPlain && this.#encoding === 'utf-8' && file.shape === 'lines' && !this.#reader.isTable;
    const isWorthIt = end === file.bytes && file.bytes >= RESUME_FROM_BYTES;
    if (!isAtBlock || !isSimple || !isWorthIt || !this.#context.source.isInPlace(file)) return null;
    const state = serialize(this.#reader.state());
    return state.length > MAX_STATE_BYTES ? null : { position: blocks.position, state };
  }

  #endEncoding(blocks: BlockStream): void {
    if (this.#encoding === 'utf-8') this.#encoding = blocks.encoding;
    else if (this.#isMixed) this.#encoding = `${this.#encoding}, ${blocks.encoding}`;
  }
}

/** Returns the content check of a file that is read in place, with its last part. */
function checkOf({ file, end }: UnitPart, place: SourceFile | null): string | null {
  return place === null || end !== file.bytes ? null : contentCheck(place, file.bytes);
}

/** Returns the range of the file to read for a part. */
function rangeOf(file: SourceFile, part: UnitPart, sink: RecordSink, rules: LineRules): ByteRange {
  const { size } = file;
  if (size < part.end)
    sink.problem('changed', 'The file became shorter while it was read; open the folder again.', null);
  if (part.resume !== null) return { start: part.resume.position, end: Math.min(size, part.end) };
  return partRange(file, part, size, rules);
}
