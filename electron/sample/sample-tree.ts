/**
 * The folder being written. Text is collected in large chunks, each written in one call. Records
 * what the truth says about every file, and the places (file and line) of evidence and of planted
 * words.
 */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

const CHUNK_CHARS = 256 * 1024;

export interface FileRef {
  file: string;
  line: number;
}

export interface FileFacts {
  file: string;
  kind: string;
  node: string | null;
  process: string | null;
  pid: number | null;
  bytes: number;
  /** Counted like `wc -l`, plus one if the last line has no end. */
  lines: number;
  crlf: boolean;
  /** The last line is cut off. */
  cut: boolean;
}

export interface FileOwner {
  node?: string;
  process?: string;
  pid?: number;
}

export class SampleTree {
  readonly files: FileFacts[] = [];
  readonly evidence: FileRef[] = [];
  readonly words = new Map<string, FileRef[]>();
  bytes = 0;
  readonly #root: string;
  readonly #folders = new Set<string>();
  readonly #onProgress: ((bytes: number) => void) | undefined;
  readonly #buffer = Buffer.allocUnsafe(4 * CHUNK_CHARS);
  #reported = 0;

  constructor(root: string, onProgress?: (bytes: number) => void) {
    this.#root = root;
    this.#onProgress = onProgress;
    mkdirSync(root, { recursive: true });
  }

  /** Creates a file; `kind` is only for the truth. */
  open(file: string, kind: string, owner: FileOwner = {}, crlf = false): LogFile {
    const facts: FileFacts = {
      file,
      kind,
      node: owner.node ?? null,
      process: owner.process ?? null,
      pid: owner.pid ?? null,
      bytes: 0,
      lines: 0,
      crlf,
      cut: false,
    };
    this.files.push(facts);
    const path = join(this.#root, file);
    const folder = dirname(path);
    if (!this.#folders.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#folders.add(folder);
    }
    return new LogFile(this, facts, openSync(path, 'w'));
  }

  /** Writes a whole small file. */
  text(file: string, kind: string, text: string, owner: FileOwner = {}): void {
    const log = this.open(file, kind, owner);
    log.add(text);
    log.close();
  }

  /** Encodes and writes one chunk; returns its size in bytes. */
  write(descriptor: number, chunk: string): number {
    let size: number;
    if (chunk.length * 3 > this.#buffer.length) {
      const encoded = Buffer.from(chunk);
      size = encoded.length;
      writeAll(descriptor, encoded, size);
    } else {
      size = this.#buffer.write(chunk, 0);
      writeAll(descriptor, this.#buffer, size);
    }
    this.bytes += size;
    if (this.#onProgress && this.bytes - this.#reported > 8 * 1024 * 1024) {
      this.#reported = this.bytes;
      this.#onProgress(this.bytes);
    }
    return size;
  }

  /** Records that a rare word is on this line. */
  plant(word: string, ref: FileRef): void {
    const refs = this.words.get(word);
    if (refs) refs.push(ref);
    else this.words.set(word, [ref]);
  }
}

function writeAll(descriptor: number, buffer: Buffer, size: number): void {
  let written = 0;
  while (written < size) written += writeSync(descriptor, buffer, written, size - written);
}

export class LogFile {
  /** Characters added so far, close enough to bytes for budgets. */
  chars = 0;
  readonly #tree: SampleTree;
  readonly #facts: FileFacts;
  readonly #descriptor: number;
  #chunk = '';
  #newlines = 0;

  constructor(tree: SampleTree, facts: FileFacts, descriptor: number) {
    this.#tree = tree;
    this.#facts = facts;
    this.#descriptor = descriptor;
  }

  /** Adds one line; the text ends in its only line feed. */
  line(text: string): void {
    this.#chunk += text;
    this.chars += text.length;
    this.#newlines++;
    if (this.#chunk.length >= CHUNK_CHARS) this.#flush();
  }

  /** Adds text of any number of lines. */
  add(text: string): void {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#newlines++;
    this.#chunk += text;
    this.chars += text.length;
    if (this.#chunk.length >= CHUNK_CHARS) this.#flush();
  }

  /** The place of the next line. */
  get here(): FileRef {
    return { file: this.#facts.file, line: this.#newlines + 1 };
  }

  /** Records the next line as evidence of the first cause. */
  mark(): void {
    if (this.#tree.evidence.length < 40) this.#tree.evidence.push(this.here);
  }

  /** Records the last line added as evidence. */
  markLast(): void {
    if (this.#newlines > 0) this.#tree.evidence.push({ file: this.#facts.file, line: this.#newlines });
  }

  /** Records that the next line has the rare word. */
  plant(word: string): void {
    this.#tree.plant(word, this.here);
  }

  #flush(): void {
    if (this.#chunk === '') return;
    const text = this.#facts.crlf ? this.#chunk.replaceAll('\n', '\r\n') : this.#chunk;
    this.#facts.bytes += this.#tree.write(this.#descriptor, text);
    this.#chunk = '';
  }

  /**
   * Closes the file. With `keep` (0 to 1), cuts the last line at that share of its length, as if
   * the process was killed.
   */
  close(keep?: number): void {
    if (keep !== undefined && this.#chunk.endsWith('\n')) {
      const from = this.#chunk.lastIndexOf('\n', this.#chunk.length - 2) + 1;
      const length = Math.max(1, Math.floor((this.#chunk.length - 1 - from) * keep));
      if (this.#chunk.length - 1 - from > 1) {
        this.#chunk = this.#chunk.slice(0, from + length);
        this.#newlines--;
        this.#facts.cut = true;
      }
    }
    const isOpen = this.#chunk === '' ? false : !this.#chunk.endsWith('\n');
    this.#flush();
    this.#facts.lines = this.#newlines + (isOpen ? 1 : 0);
    closeSync(this.#descriptor);
  }
}
