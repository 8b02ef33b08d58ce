/** The ingest worker is a thread that reads units and sends the resulting rows to the writer. */
import { deserialize, serialize } from 'node:v8';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { compress } from '../base/codec.ts';
import { FormatBook } from '../formats/custom/format-book.ts';
import { type LineRules, usualRulesOfLines } from '../formats/prefix/line-rules.ts';
import { setDefaultYear } from '../formats/prefix/time-rules.ts';
import type { RecordSink } from '../formats/types.ts';
import { contentCheck } from '../source/content-check.ts';
import { MAX_LINE_BYTES } from '../source/limits.ts';
import type { ByteRange, SourceFile } from '../source/source-file.ts';
import { type OpenEntry, SourceReader } from '../source/source-reader.ts';
import { emptyRows, type ResumePoint } from '../store/rows.ts';
import { SegmentBuilder } from '../store/segment-builder.ts';
import { packTasks } from '../store/task-columns.ts';
import { type Cut, cutBlock, cutText } from './block-cutter.ts';
import { type DecidedRules, decideFromStart, decideInPlace, ownRules } from './decide-rules.ts';
import { decodeChunks, sniffEncoding } from './encoding.ts';
import { InputBuffer, READ_BYTES } from './input-buffer.ts';
import type { FromIngestWorker, IngestWorkerData, ToIngestWorker, Unit, UnitPart } from './messages.ts';
import { partRange } from './part-range.ts';
import { PartReader, type ReaderState } from './part-reader.ts';
import { BlockDecoder } from './text-decoder.ts';

const holeMessage =
  'NUL bytes stand here, as where a log was cut while a program went on writing it; they are skipped.';

/** A segment closes at this size, which bounds the worker's memory and what a kill can lose. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
/**
 * A segment also closes at this many distinct tokens (a file of numbers has one per line) or
 * records (a log may hold nothing but errors).
 */
const SEGMENT_TOKENS = 400_000;
const SEGMENT_RECORDS = 20_000;
/** And at this many blocks or files: one stream can hold a million small files. */
const SEGMENT_BLOCKS = 4_096;
/** Files from this size up can resume after they have grown; smaller ones are read again. */
const RESUME_FROM_BYTES = 64 * 1024;
/** A reader with more state than this (it has a record of many lines open) is not saved. */
const MAX_STATE_BYTES = 256 * 1024;
/** The worker stops reading once this many segments wait for the writer. */
const MAX_WAITING = 2;

const data = workerData as IngestWorkerData & { writer: MessagePort };
const port = parentPort as MessagePort;
setDefaultYear(data.year);
const formats = new FormatBook(data.formats);
const builder = new SegmentBuilder();
const input = new InputBuffer();
const source = new SourceReader(data);

let waiting = 0;
let wakeUp: (() => void) | null = null;
data.writer.on('message', () => {
  waiting--;
  wakeUp?.();
});

function post(message: FromIngestWorker): void {
  port.postMessage(message);
}

let rows = emptyRows(0);

function isFull(bytes: number): boolean {
  const records = rows.tasks.length + rows.processes.length + rows.runs.length + rows.errors.length;
  const isOfMany = rows.blocks.length >= SEGMENT_BLOCKS || rows.parts.length >= SEGMENT_BLOCKS;
  return bytes >= SEGMENT_BYTES || builder.tokens >= SEGMENT_TOKENS || records >= SEGMENT_RECORDS || isOfMany;
}

async function flush(unitId: number, last: boolean): Promise<void> {
  rows.last = last;
  rows.index = builder.finish();
  rows.taskColumns = packTasks(rows.tasks);
  const handedOver = new Set<ArrayBuffer>();
  for (const page of rows.index.postings) handedOver.add(page.data.buffer as ArrayBuffer);
  for (const page of rows.index.vocabulary) handedOver.add(page.data.buffer as ArrayBuffer);
  for (const [, bytes] of rows.texts) handedOver.add(bytes.buffer as ArrayBuffer);
  data.writer.postMessage(rows, [...handedOver]);
  rows = emptyRows(unitId);
  waiting++;
  while (waiting >= MAX_WAITING) {
    await new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
  }
}

/**
 * Creates the sink of a file. `place.isTail` says whether events now come from after the resume
 * point.
 */
function sinkOf(fileId: number, place: { isTail: boolean }): RecordSink {
  const counted = new Map<string, { line: number | null; kind: string; message: string; count: number }>();
  const current = rows;
  let owner = current;
  return {
    task: (event) => rows.tasks.push([fileId, event, place.isTail]),
    process: (event) => rows.processes.push([fileId, event, place.isTail]),
    run: (event) => rows.runs.push([fileId, event, place.isTail]),
    error: (event) => rows.errors.push([fileId, event, place.isTail]),
    samples: (series) => rows.series.push([fileId, series]),
    problem(kind, message, line) {
      if (owner !== rows) {
        // The counted rows have been sent; count in the new ones.
        counted.clear();
        owner = rows;
      }
      const key = `${kind}\0${message}\0${place.isTail}`;
      const known = counted.get(key);
      if (known !== undefined) known.count++;
      else {
        const problem = { fileId, line, kind, message, count: 1, isTail: place.isTail };
        counted.set(key, problem);
        rows.problems.push(problem);
      }
    },
  };
}

/** For tests: the thread ends at the given unit, as if it ran out of memory. */
let untilCrash = Number(process.env.POSTRUN_TEST_WORKER_CRASH ?? Number.POSITIVE_INFINITY);

async function readUnit(unit: Unit): Promise<void> {
  if (--untilCrash <= 0) process.exit(1);
  rows = emptyRows(unit.unitId);
  let reported = 0;
  let segmentBytes = 0;
  for (const part of unit.parts) {
    const place = { isTail: false };
    const sink = sinkOf(part.file.fileId, place);
    const reader = new PartReader(part, sink, builder.kernel);
    if (part.resume !== null) reader.restore(deserialize(part.resume.state) as ReaderState);
    let resume: ResumePoint | null = null;
    /** The file's content check. */
    let check: string | null = null;
    let failed = false;
    let encoding = 'utf-8';
    const chosen = part.file.choice?.encoding ?? null;
    let entry: OpenEntry | null = null;
    try {
      entry = source.openEntry(part.file, (damage) => sink.problem(damage.kind, damage.message, null));
      const early = decideEarly(part, entry.file);
      const range =
        entry.file === null ? undefined : rangeOf(entry.file, part, sink, early?.rules ?? usualRulesOfLines);
      const sniffed = await sniffEncoding(range?.start ?? 0, entry.chunks(range, input.space), chosen);
      encoding = sniffed.encoding;
      const wide = sniffed.encoding === 'utf-8' ? null : sniffed.encoding;
      let isMixed = false;
      sniffed.onOther = () => {
        isMixed = true;
        const message = `The file begins as ${encoding.toUpperCase()} and goes on in another encoding; it is read so.`;
        sink.problem('encoding', message, null);
      };
      const { decided, chunks } =
        early !== null && (encoding === 'utf-8' || early.reading === null)
          ? { decided: early, chunks: decodeChunks(sniffed) }
          : await decideFromStart(sniffed, entry.file, part.file, data.runUs);
      reader.readBy(decided.rules);
      if (decided.reading !== null) rows.readings.push([part.file.fileId, decided.reading]);
      if (part.part === 0 && part.resume === null)
        for (const { kind, message } of decided.doubts) sink.problem(kind, message, null);
      const isStored = entry.file === null || encoding.startsWith('utf-16');
      let position = sniffed.start + sniffed.skip;
      let continues = false;
      if (sniffed.isGuess)
        sink.problem(
          'encoding',
          `The file seems to be ${encoding.toUpperCase()} and has no mark that says so; that was assumed.`,
          null,
        );
      // Binary files stay as they are; UTF-16 at the beginning is already decoded.
      const isText = part.file.shape !== 'binary';
      const decoder = isText
        ? new BlockDecoder(wide === null ? chosen : null, (kind, message, line) =>
            sink.problem(kind, message, reader.lines + line + 1),
          )
        : null;
      const cut = isText ? cutText : cutBlock;
      let left = part.file.inside === null ? Number.POSITIVE_INFINITY : part.file.bytes;
      let wasInToken = false;
      let pending: Buffer = Buffer.alloc(0);
      const put = async (bytes: Buffer, from: number, to: number, start: number, inLine: boolean, inToken: boolean) => {
        const isKept = isStored || bytes !== original;
        rows.blocks.push({ ...reader.block(bytes, from, to, start, continues), stored: isKept });
        builder.addBlock(inToken || wasInToken);
        if (isKept) rows.texts.push([rows.blocks.length - 1, compress(bytes.subarray(from, to))]);
        segmentBytes += to - from;
        continues = inLine;
        wasInToken = inToken;
        // A segment ends at a line end, unless the line is too long to be searched to its end.
        if (isFull(segmentBytes) && (!inLine || segmentBytes >= MAX_LINE_BYTES)) {
          if (inLine) {
            const megabytes = Math.round(MAX_LINE_BYTES / 1024 / 1024);
            const message = `The line is longer than ${megabytes} MB: its first ${megabytes} MB are searched (POSTRUN_MAX_LINE_MB changes that).`;
            sink.problem('long_line', message, reader.lines);
          }
          segmentBytes = 0;
          await flush(unit.unitId, false);
        }
      };
      /** The bytes as read: a block made of other bytes must have its text stored. */
      let original: Buffer = Buffer.alloc(0);
      let inHole = false;
      const block = async (bytes: Buffer, from: number, { end: to, next, inLine, inToken }: Cut) => {
        original = bytes;
        const isHole = from === to && next > to;
        // A hole can arrive in pieces; report it once.
        if (isHole && !inHole) sink.problem('nul_bytes', holeMessage, reader.lines + 1);
        inHole = isHole;
        const text = from === to ? null : (decoder?.decode(bytes.subarray(from, to)) ?? null);
        if (text === null && to > from) await put(bytes, from, to, position, inLine, inToken);
        for (let at = 0; text !== null && at < text.length; ) {
          // Decoded text can be longer than a block. Its pieces get distinct offsets.
          const piece = cutBlock(text, at, text.length, true) ?? { end: text.length, inLine, inToken };
          const last = piece.end === text.length ? { inLine, inToken } : piece;
          await put(text, at, piece.end, position + Math.min(at, to - from - 1), last.inLine, last.inToken);
          at = piece.end;
        }
        position += next - from;
      };
      for await (const chunk of chunks) {
        // Progress counts a compressed entry by its listed size, so never count more than that.
        const counted = Math.min(chunk.length, left);
        left -= counted;
        reported += counted;
        if (reported > 2 * READ_BYTES) {
          post({ type: 'progress', bytes: reported });
          reported = 0;
        }
        const bytes = input.join(pending, chunk);
        let at = 0;
        while (at < bytes.length) {
          const next = cut(bytes, at, bytes.length, false);
          if (next === null) break;
          await block(bytes, at, next);
          at = next.next;
        }
        pending = input.keep(bytes.subarray(at));
      }
      // After this point everything may change when the file grows: the end of the file can cut a
      // block, a line or a character.
      if (!continues && !inHole && decoder?.isPlain === true && !reader.isTable && canResume(part, encoding)) {
        resume = resumePoint(position, reader);
        place.isTail = resume !== null;
      }
      let at = 0;
      while (at < pending.length) {
        const next = cut(pending, at, pending.length, true);
        if (next === null) break;
        await block(pending, at, next);
        at = next.next;
      }
      if (wide !== null) encoding = isMixed ? `${wide}, ${decoder?.encoding ?? 'utf-8'}` : wide;
      else if (decoder !== null) encoding = decoder.encoding;
    } catch (cause) {
      failed = true;
      resume = null;
      const reason = cause instanceof Error ? cause.message : String(cause);
      sink.problem('unreadable', `The file cannot be read (${reason}); lines read before that are kept.`, null);
    } finally {
      check = checkOf(part, entry?.file ?? null);
      entry?.close();
    }
    rows.parts.push({ ...reader.end(encoding, failed), check, resume });
    for (const [pid, span] of reader.pids()) {
      rows.pidSpans.push({
        fileId: part.file.fileId,
        node: part.file.node,
        process: part.file.process,
        pid,
        ...span,
        isTail: place.isTail,
      });
    }
    if (rows.parts.length >= SEGMENT_BLOCKS) {
      segmentBytes = 0;
      await flush(unit.unitId, false);
    }
  }
  post({ type: 'progress', bytes: reported });
  await flush(unit.unitId, true);
  post({ type: 'unit_read', unitId: unit.unitId });
}

/**
 * Decides the rules before reading, for parts whose start depends on where a record begins. Returns
 * null if the beginning of the part can decide.
 */
function decideEarly(part: UnitPart, file: SourceFile | null): DecidedRules | null {
  const own = formats.ownPrefix(part.file.format);
  if (own !== null) return ownRules(own);
  const isWhole = part.start === 0 && part.end === part.file.bytes && part.resume === null;
  return isWhole || file === null ? null : decideInPlace(file, part.file, data.runUs);
}

/**
 * Decides whether the part can resume: it ends a text file that is read in place and is too large
 * to read again.
 */
function canResume(part: UnitPart, encoding: string): boolean {
  const { file } = part;
  return (
    source.isInPlace(file) &&
    encoding === 'utf-8' &&
    file.shape === 'lines' &&
    part.end === file.bytes &&
    file.bytes >= RESUME_FROM_BYTES
  );
}

function resumePoint(position: number, reader: PartReader): ResumePoint | null {
  const state = serialize(reader.state());
  return state.length > MAX_STATE_BYTES ? null : { position, state };
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

port.on('message', (message: ToIngestWorker) => {
  if (message.type === 'unit') {
    readUnit(message.unit).then(
      () => post({ type: 'ready' }),
      (error: unknown) => {
        throw error;
      },
    );
  } else {
    void source.close();
    data.writer.close();
    port.close();
  }
});
post({ type: 'ready' });
