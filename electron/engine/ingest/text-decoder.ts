/**
 * Decodes text that is not UTF-8. Legacy encodings preserve ASCII, so a file is first cut into
 * blocks and lines by its bytes; then each line that is not UTF-8 is decoded in the encoding that
 * its file appears to have. UTF-16 between other lines is decoded too, so a file written by several
 * programs in different encodings comes out right. encoding.ts decodes files that begin in UTF-16
 * as a stream.
 */
import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { decodeLegacy, isKnownEncoding } from '../base/legacy-text.ts';
import { type WideEncoding, wideAt, wideEnd } from './wide-text.ts';

/** A candidate encoding, scored by the non-ASCII characters that the text would have in it. */
interface Candidate {
  /** Name for `TextDecoder`. */
  label: string;
  /** Name for people. */
  name: string;
  /** Names that the detector uses. */
  detected: readonly string[];
  /** Characters that are typical of text in it. */
  letters: RegExp;
  /** Weight of these characters as evidence: nearly any two bytes form a character of GBK. */
  weight: number;
}

const CANDIDATES: readonly Candidate[] = [
  {
    label: 'euc-kr',
    name: 'EUC-KR (CP949)',
    detected: ['EUC-KR', 'ISO-2022-KR'],
    letters: /[\uac00-\ud7a3\u3131-\u318e]/gu,
    weight: 1.04,
  },
  {
    label: 'shift_jis',
    name: 'Shift-JIS (CP932)',
    detected: ['Shift_JIS'],
    letters: /[\u3040-\u30ff\u4e00-\u9fa0\u3001\u3002]/gu,
    weight: 0.95,
  },
  { label: 'euc-jp', name: 'EUC-JP', detected: ['EUC-JP'], letters: /[\u3040-\u30ff]/gu, weight: 1.2 },
  { label: 'gbk', name: 'GBK', detected: ['GB18030'], letters: /[\u4e00-\u9fa0\uff0c\u3002]/gu, weight: 0.9 },
  { label: 'big5', name: 'Big5', detected: ['Big5'], letters: /[\u4e00-\u9fa0\uff0c\u3002]/gu, weight: 0.85 },
  {
    label: 'windows-1252',
    name: 'Latin-1 (windows-1252)',
    detected: ['ISO-8859-1', 'windows-1252', 'ISO-8859-2', 'windows-1250'],
    letters:
      /(?<=[A-Za-z\u00c0-\u00ff])[\u00c0-\u00ff\u0153\u0161\u017e]|(?<= )[\u00c0\u00c9\u00e0\u00e1\u00e9\u00f3\u00fa](?= )|[\u00c0-\u00ff](?=[a-z])|[\u00a7\u00a9\u00ae\u00b0\u00b1\u00b2\u00b3\u00b5\u00b7\u20ac\u2013\u2014\u2018-\u201e\u2022\u2026]/gu,
    weight: 0.95,
  },
  {
    label: 'windows-1251',
    name: 'Cyrillic (windows-1251)',
    detected: ['windows-1251'],
    letters: /[\u0430-\u044f]/gu,
    weight: 0.9,
  },
  {
    label: 'windows-874',
    name: 'Thai (windows-874)',
    detected: [],
    letters: /[\u0e01-\u0e3a\u0e40-\u0e4e]/gu,
    weight: 1.4,
  },
  { label: 'koi8-r', name: 'KOI8-R', detected: ['KOI8-R'], letters: /[\u0430-\u044f]/gu, weight: 0.9 },
];
/** Below this score the bytes are damaged text, not text in another encoding. */
const MIN_SCORE = 0.6;
/** A line with a smaller share of the expected letters may be in another encoding. */
const MIN_SHARE = 0.5;
/** A line with this many non-ASCII bytes reveals its encoding by itself. */
const TELLING_BYTES = 12;
/** Limits the lines gathered to detect an encoding. */
const SAMPLE_BYTES = 64 * 1024;

/** Detects the encoding of lines that are not UTF-8; null if none is likely. */
function detectEncoding(sample: Buffer): Candidate | null {
  const confidence = new Map(analyse(sample).map((match) => [match.name as string, match.confidence / 100]));
  let best: Candidate | null = null;
  let bestScore = MIN_SCORE;
  for (const candidate of CANDIDATES) {
    const share = shareOfLetters(candidate, sample);
    if (share === null) continue;
    const seen = Math.max(0, ...candidate.detected.map((name) => confidence.get(name) ?? 0));
    const score = candidate.weight * share + 0.5 * seen;
    if (share * candidate.weight >= MIN_SCORE / 2 && score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return best;
}

/**
 * Returns the share of non-ASCII characters that are letters of the encoding's languages, or null
 * if the bytes are invalid in it.
 */
function shareOfLetters({ label, letters }: Candidate, sample: Buffer): number | null {
  const text = decodeLegacy(label, sample, true);
  if (text === null) return null;
  const beyond = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
  if (beyond === 0) return null;
  const found = label === 'euc-kr' ? usualSyllables(sample) : (text.match(letters)?.length ?? 0);
  return label === 'windows-874' ? found / beyond - 4 * brokenThai(text, beyond) : found / beyond;
}

const thaiConsonant = '[\\u0e01-\\u0e2e]';
const thaiMark = '[\\u0e31\\u0e34-\\u0e3a\\u0e47-\\u0e4e]';
const thaiSigns = new RegExp(`${thaiMark}|[\\u0e40-\\u0e44]`, 'g');
const brokenThaiSigns = new RegExp(
  `(?<!${thaiConsonant}|${thaiMark})${thaiMark}|[\\u0e40-\\u0e44](?!${thaiConsonant})`,
  'g',
);
const MIN_THAI = 6;

/**
 * Returns the share of Thai signs in impossible positions. Text of other languages read as Thai has
 * many.
 */
function brokenThai(text: string, letters: number): number {
  const signs = text.match(thaiSigns)?.length ?? 0;
  const isThai = (text.match(/[\u0e01-\u0e3a\u0e40-\u0e4e]/g)?.length ?? 0) >= 0.95 * letters;
  if (letters < MIN_THAI || signs < 0.1 * letters || !isThai) return 1;
  return (text.match(brokenThaiSigns)?.length ?? 0) / signs;
}

/**
 * Counts the syllables of KS X 1001. The ones that CP949 adds are rare, and misread Japanese text
 * is full of them.
 */
function usualSyllables(bytes: Buffer): number {
  let count = 0;
  for (let at = 0; at + 1 < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    if (lead >= 0xb0 && lead <= 0xc8 && (bytes[at + 1] as number) >= 0xa1) count++;
    at++;
  }
  return count;
}

/** Decides whether a line looks like text in the encoding. */
function fits(candidate: Candidate, line: Buffer): boolean {
  const share = shareOfLetters(candidate, line);
  return share !== null && share >= MIN_SHARE;
}

/** Receives doubts about a file's text; `line` is 0-based within the block. */
export type OnDoubt = (kind: 'encoding' | 'not_utf8', message: string, line: number) => void;

/** Decodes the blocks of one file, in order. */
export class BlockDecoder {
  readonly #chosen: string | null;
  readonly #onDoubt: OnDoubt;
  /** Encodings used so far. */
  readonly #labels = new Set<string>();
  #present: Candidate | null = null;
  readonly #said = new Set<string>();
  #hasUtf8 = false;
  /** A person chose UTF-8, so nothing is guessed. */
  readonly #isUtf8Only: boolean;
  /** Set if the last block ended within UTF-16. */
  #wide: WideEncoding | null = null;
  /** Everything so far was UTF-8. */
  get isPlain(): boolean {
    return this.#labels.size === 0 && this.#chosen === null && !this.#isUtf8Only && this.#said.size === 0;
  }

  /** The encodings of the text so far: `utf-8`, `euc-kr`, or both. */
  get encoding(): string {
    const labels = [...this.#labels];
    if (labels.length === 0) return 'utf-8';
    const isWide = labels.some((label) => label.startsWith('utf-16'));
    return (this.#hasUtf8 || isWide ? ['utf-8', ...labels] : labels).join(', ');
  }

  /** `chosen` is the encoding that a person has set; null to detect it. */
  constructor(chosen: string | null, onDoubt: OnDoubt) {
    this.#chosen = chosen !== null && isKnownEncoding(chosen) && !/^utf-?8$/i.test(chosen) ? chosen : null;
    this.#onDoubt = onDoubt;
    this.#isUtf8Only = chosen !== null && this.#chosen === null;
  }

  /** Decodes a block to UTF-8 with the same lines. Returns null if it is UTF-8 already. */
  decode(block: Buffer): Buffer | null {
    if (this.#chosen === null && !this.#isUtf8Only && (this.#wide !== null || block.includes(0)))
      return this.#decodeMixed(block);
    return this.#decodeNarrow(block, 0);
  }

  /** Decodes a block that may contain UTF-16. */
  #decodeMixed(block: Buffer): Buffer | null {
    const parts: Buffer[] = [];
    let isChanged = false;
    let line = 0;
    const narrow = (from: number, to: number) => {
      const bytes = block.subarray(from, to);
      const text = bytes.length === 0 ? null : this.#decodeNarrow(bytes, line);
      if (text !== null) isChanged = true;
      parts.push(text ?? bytes);
      line += countLines(bytes);
    };
    let from = 0;
    for (let at = 0; at < block.length; ) {
      const found = this.#wide === null ? wideAt(block, at) : { encoding: this.#wide, start: at };
      if (found === null) {
        const lineEnd = block.indexOf(LF, at);
        at = lineEnd === -1 ? block.length : lineEnd + 1;
        continue;
      }
      narrow(from, at);
      const { encoding } = found;
      // The block was cut after the low byte of a line end.
      const start = this.#wide === 'utf-16le' && block[at] === 0 ? at + 1 : found.start;
      const end = wideEnd(block, start, encoding);
      const stop = end === -1 ? block.length : end;
      const text = Buffer.from(decodeWide(encoding, block.subarray(start, stop)));
      this.#sayWide(encoding, line);
      parts.push(text);
      line += countLines(text);
      isChanged = true;
      this.#wide = end === -1 ? encoding : null;
      from = stop;
      at = stop;
    }
    narrow(from, block.length);
    return isChanged ? Buffer.concat(parts) : null;
  }

  #sayWide(encoding: WideEncoding, line: number): void {
    this.#labels.add(encoding);
    if (this.#said.has(encoding)) return;
    this.#said.add(encoding);
    this.#onDoubt('encoding', `Lines of this file are ${encoding.toUpperCase()}; they are read so from here on.`, line);
  }

  /** Decodes bytes without UTF-16. `firstLine` is the number in the block of their first line. */
  #decodeNarrow(block: Buffer, firstLine: number): Buffer | null {
    if (isUtf8(block) && (this.#chosen === null || isAsciiOnly(block))) return null;
    if (this.#chosen !== null) return this.#decoded(this.#chosen, block);
    const parts: Buffer[] = [];
    let isChanged = false;
    let line = firstLine;
    for (let at = 0; at < block.length; line++) {
      const lineEnd = block.indexOf(LF, at);
      const end = lineEnd === -1 ? block.length : lineEnd + 1;
      const bytes = block.subarray(at, end);
      const text = isUtf8(bytes) ? this.#noteUtf8(bytes) : this.#decodeLine(bytes, line, block.subarray(at));
      if (text !== null) isChanged = true;
      parts.push(text ?? bytes);
      at = end;
    }
    return isChanged ? Buffer.concat(parts) : null;
  }

  #noteUtf8(bytes: Buffer): null {
    if (!this.#hasUtf8 && !isAsciiOnly(bytes)) this.#hasUtf8 = true;
    return null;
  }

  /** Decodes one line. `rest` is the block from this line on, for detecting an unknown encoding. */
  #decodeLine(bytes: Buffer, line: number, rest: Buffer): Buffer | null {
    if (this.#isUtf8Only || isDamagedUtf8(bytes)) return this.#keep(line);
    const known = this.#present;
    if (known === null || !fits(known, bytes)) {
      // The encoding is unknown or no longer fits, because something else wrote on. If the line is
      // short, the lines after it help to detect the new one.
      const own = detectEncoding(bytes);
      const isTelling = own !== null && bytesBeyond(bytes) >= TELLING_BYTES;
      const all = isTelling ? null : detectEncoding(oddLines(rest, SAMPLE_BYTES));
      this.#present = all !== null && fits(all, bytes) ? all : (own ?? all ?? known);
    }
    if (this.#present === null) return this.#keep(line);
    const { label, name } = this.#present;
    if (!this.#said.has(label)) {
      this.#said.add(label);
      const whose =
        known === null ? 'Lines of this file are not UTF-8' : 'From here on lines are in yet another encoding';
      this.#onDoubt('encoding', `${whose}; ${name} was assumed. Another encoding can be set for the file.`, line);
    }
    return this.#decoded(label, bytes);
  }

  /** Keeps the line as it is; invalid bytes show as U+FFFD. */
  #keep(line: number): null {
    if (!this.#said.has('not_utf8')) {
      this.#said.add('not_utf8');
      this.#onDoubt('not_utf8', 'The file is not all UTF-8: bytes that are no character are shown as \ufffd.', line);
    }
    return null;
  }

  #decoded(label: string, bytes: Buffer): Buffer {
    this.#labels.add(label);
    return Buffer.from(decodeLegacy(label, bytes) ?? '');
  }
}

const LF = 10;

function countLines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at !== -1; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

/**
 * Decodes UTF-16 that may end with the low byte of a line end, whose other byte begins the next
 * block.
 */
function decodeWide(encoding: WideEncoding, bytes: Buffer): string {
  const isCut = encoding === 'utf-16le' && bytes.length % 2 === 1 && bytes.at(-1) === LF;
  const text = new TextDecoder(encoding).decode(isCut ? bytes.subarray(0, -1) : bytes);
  return isCut ? `${text}\n` : text;
}

function bytesBeyond(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte >= 128) count++;
  return count;
}

function isAsciiOnly(bytes: Buffer): boolean {
  return bytes.every((byte) => byte < 128);
}

/** Decides whether the bytes are damaged UTF-8: more of its characters are whole than broken. */
function isDamagedUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8');
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  const whole = (text.match(/[^\0-\x7f]/gu)?.length ?? 0) - damaged;
  return whole > damaged;
}

/** Returns the lines that are not UTF-8, up to `most` bytes. */
function oddLines(bytes: Buffer, most: number): Buffer {
  const lines: Buffer[] = [];
  let left = most;
  for (let at = 0; at < bytes.length && left > 0; ) {
    const lineEnd = bytes.indexOf(10, at);
    const line = bytes.subarray(at, lineEnd === -1 ? bytes.length : lineEnd + 1);
    if (!isUtf8(line) && !isDamagedUtf8(line)) {
      lines.push(line.subarray(0, left));
      left -= line.length;
    }
    at += line.length;
  }
  return Buffer.concat(lines);
}
