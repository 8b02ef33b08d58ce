/**
 * Reads a file of Python's cProfile (`dump_stats`) as a table: a marshalled dict with one entry per
 * function.
 */
import type { ProfileRow, ProfileTable } from '../../../contract/commands.ts';

/** Maximum number of bytes read of a profile. */
export const PROFILE_BYTES = 64 * 1024 * 1024;
const MOST_FUNCTIONS = 1_000_000;
const MOST_REFS = 8_000_000;
/** Maximum number of rows in one answer. */
const MOST_ROWS = 5_000;
/**
 * A profile is a dict of tuples of a dict of tuples of a tuple, and never nests deeper than this.
 */
const DEEPEST = 16;
/** A key has three elements, a value five. */
const WIDEST = 16;
/** Maximum number of characters kept of a name, which keeps an answer small. */
const LONGEST_NAME = 4_096;

/** Stands for any inner dict, because callers are not shown. */
const DICT = Symbol('dict');
/** Ends a dict. */
const END = Symbol('end');

type Value = string | number | boolean | null | Value[] | typeof DICT | typeof END;

export interface Profile {
  /** By cumulative time, longest first. */
  rows: ProfileRow[];
  /** Why it was not read completely; null if it was. */
  problem: string | null;
}

/**
 * The bytes are not a marshalled value, or not one that cProfile writes. Never leaves this module.
 */
class Damage extends Error {}

const code = (letter: string) => letter.charCodeAt(0);
const DICT_START = code('{');
/** Flag of a type: the value takes the next place in the list that `r` refers to. */
const FLAG_REF = 0x80;

/**
 * Reads values of marshal's versions 0 to 4 in order. A container takes its place among the
 * references before its elements do.
 */
class MarshalReader {
  readonly #bytes: Buffer;
  readonly #refs: Value[] = [];
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Skips `count` bytes; returns where they begin. */
  #take(count: number): number {
    const at = this.#at;
    if (count < 0 || count > this.#bytes.length - at) throw new Damage(`The file ends in the middle, at byte ${at}.`);
    this.#at = at + count;
    return at;
  }

  #int(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  #byte(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  #text(length: number): string {
    const at = this.#take(length);
    // A character has at most four bytes; the rest of a longer text is skipped.
    return this.#bytes.toString('utf8', at, at + Math.min(length, 4 * LONGEST_NAME)).slice(0, LONGEST_NAME);
  }

  /**
   * Reads 15-bit digits, the least significant first; their count has the sign. What exceeds a
   * double is infinite.
   */
  #long(): number {
    const count = this.#int();
    const size = Math.abs(count);
    const at = this.#take(2 * size);
    let value = 0;
    for (let k = size - 1; k >= 0; k--) value = value * 0x8000 + this.#bytes.readUInt16LE(at + 2 * k);
    return count < 0 ? -value : value;
  }

  #keep(value: Value): void {
    if (this.#refs.length >= MOST_REFS) throw new Damage('The file has more values than a profile has.');
    this.#refs.push(value);
  }

  #tuple(count: number, depth: number, isKept: boolean): Value[] {
    if (count < 0 || count > WIDEST)
      throw new Damage(`A tuple of ${count} values is in no profile (byte ${this.#at}).`);
    const values: Value[] = [];
    if (isKept) this.#keep(values);
    for (let k = 0; k < count; k++) values.push(this.value(depth + 1));
    return values;
  }

  /** Reads a value without parts. */
  #plain(type: number): Value {
    switch (String.fromCharCode(type)) {
      case 'i':
        return this.#int();
      case 'l':
        return this.#long();
      case 'g':
        return this.#bytes.readDoubleLE(this.#take(8));
      case 'f':
        return Number.parseFloat(this.#text(this.#byte()));
      case 's':
      case 't':
      case 'u':
      case 'a':
      case 'A':
        return this.#text(this.#int());
      case 'z':
      case 'Z':
        return this.#text(this.#byte());
      default:
        throw new Damage(`Byte ${this.#at - 1} begins no value that a profile has.`);
    }
  }

  /** Reads the next value; throws {@link Damage}. */
  value(depth = 0): Value {
    if (depth > DEEPEST) throw new Damage(`Values are nested deeper than in a profile (byte ${this.#at}).`);
    const flagged = this.#byte();
    const type = flagged & ~FLAG_REF;
    const isKept = (flagged & FLAG_REF) !== 0;
    switch (String.fromCharCode(type)) {
      case '0':
        return END;
      case 'N':
        return null;
      case 'T':
        return true;
      case 'F':
        return false;
      case 'r': {
        const value = this.#refs[this.#int()];
        if (value === undefined) throw new Damage(`A reference leads nowhere (byte ${this.#at - 4}).`);
        return value;
      }
      case '(':
        return this.#tuple(this.#int(), depth, isKept);
      case ')':
        return this.#tuple(this.#byte(), depth, isKept);
      case '{':
        if (isKept) this.#keep(DICT);
        for (const _ of this.entries(depth + 1));
        return DICT;
      default: {
        const value = this.#plain(type);
        if (isKept) this.#keep(value);
        return value;
      }
    }
  }

  /** Enters a dict; false if there is none. */
  enter(): boolean {
    const flagged = this.#bytes[this.#at];
    if (flagged === undefined || (flagged & ~FLAG_REF) !== DICT_START) return false;
    this.#at++;
    if ((flagged & FLAG_REF) !== 0) this.#keep(DICT);
    return true;
  }

  /** Yields keys and values up to the end of a dict. */
  *entries(depth: number): Generator<[key: Value, value: Value]> {
    for (;;) {
      const key = this.value(depth);
      if (key === END) return;
      yield [key, this.value(depth)];
    }
  }
}

const isFigure = (value: Value | undefined): value is number => typeof value === 'number' && Number.isFinite(value);

/**
 * Reads `(file, line, function): (primitive calls, calls, total time, cumulative time, callers)`;
 * null if it is anything else.
 */
function rowOf(key: Value, value: Value): ProfileRow | null {
  if (!Array.isArray(key) || !Array.isArray(value)) return null;
  const [file, line, name] = key;
  const [primitiveCalls, calls, totalSeconds, cumulativeSeconds] = value;
  if (typeof file !== 'string' || !isFigure(line) || typeof name !== 'string') return null;
  if (!isFigure(primitiveCalls) || !isFigure(calls) || !isFigure(totalSeconds) || !isFigure(cumulativeSeconds))
    return null;
  return { file, line, name, calls, primitiveCalls, totalSeconds, cumulativeSeconds };
}

/**
 * Reads a profile. Never throws: for damaged bytes it returns what came before the damage, and says
 * where that is.
 */
export function readProfile(bytes: Buffer): Profile {
  const reader = new MarshalReader(bytes);
  const rows: ProfileRow[] = [];
  let problem: string | null = null;
  let strange = 0;
  try {
    if (!reader.enter()) throw new Damage('This is not what cProfile writes.');
    for (const [key, value] of reader.entries(1)) {
      const row = rowOf(key, value);
      if (row === null) strange++;
      else if (rows.length < MOST_FUNCTIONS) rows.push(row);
      else throw new Damage(`Only the first ${MOST_FUNCTIONS.toLocaleString('en')} functions were read.`);
    }
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    problem = error.message;
  }
  if (problem === null && strange > 0) problem = `${strange} of the entries are not of functions and were left out.`;
  rows.sort((a, b) => b.cumulativeSeconds - a.cumulativeSeconds || b.totalSeconds - a.totalSeconds);
  return { rows, problem };
}

/** Answers `files.profile`. `isCut` says that the file continues after these bytes. */
export function profileTable(bytes: Buffer, isCut: boolean): ProfileTable {
  const { rows, problem } = readProfile(bytes);
  return {
    rows: rows.slice(0, MOST_ROWS),
    functions: rows.length,
    totalSeconds: rows.reduce((sum, row) => sum + row.totalSeconds, 0),
    problem: isCut ? 'The file is larger than 64 MB: only what stands in its first 64 MB is shown.' : problem,
  };
}
