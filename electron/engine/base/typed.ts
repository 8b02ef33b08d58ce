/**
 * Growable typed arrays and their orderings, which keep a million attempts in tens of megabytes.
 */
export type Numbers = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

/** A longer array grows by a quarter instead of doubling. */
const MANY = 100_000;

/**
 * A typed array that grows. By convention of its owner, NaN (or -1 or 0 for integers) means
 * unknown.
 */
export class Growing<A extends Numbers> {
  data: A;
  length = 0;
  readonly #make: (length: number) => A;

  constructor(make: (length: number) => A, capacity = 1024) {
    this.#make = make;
    this.data = make(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.#grow(this.length + 1);
    this.data[this.length++] = value;
  }

  /** Appends many values, far cheaper than one by one. */
  append(values: A): void {
    this.extend(values.length).set(values, this.length - values.length);
  }

  /**
   * Appends `count` zeros and returns all values, to be written by index. `push` is slow in a loop
   * that fills columns of several types, because each call must find out the type.
   */
  extend(count: number): A {
    this.length += count;
    if (this.length > this.data.length) this.#grow(this.length);
    return this.data;
  }

  #grow(length: number): void {
    // Doubling a large array would leave most of its memory unused.
    const factor = this.data.length < MANY ? 2 : 1.25;
    const larger = this.#make(Math.max(length, Math.ceil(this.data.length * factor)));
    larger.set(this.data);
    this.data = larger;
  }

  /** Returns a view, not a copy, of the values without the spare room. */
  view(): A {
    return this.data.subarray(0, this.length) as A;
  }
}

export const float64 = (capacity?: number): Growing<Float64Array> =>
  new Growing((length) => new Float64Array(length), capacity);
export const int32 = (capacity?: number): Growing<Int32Array> =>
  new Growing((length) => new Int32Array(length), capacity);
export const uint8 = (capacity?: number): Growing<Uint8Array> =>
  new Growing((length) => new Uint8Array(length), capacity);

/** Reads an element that is known to be in range. */
export function at(values: Numbers, index: number): number {
  return values[index] as number;
}

/** Turns NaN into null, for records and rows. */
export function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}

/** Turns a negative integer (unknown) into null. */
export function knownInt(value: number): number | null {
  return value < 0 ? null : value;
}

/** Number of values of one digit of the radix sort. */
const RADIX = 65_536;
const HIGH = 4_294_967_296;

/**
 * Returns `indices`, or all if absent, by ascending `values` (NaN last): a stable radix sort over
 * the range of the values. Values must be integers or NaN; fractions compare by their whole part.
 * Uses 12 bytes per value besides the result.
 */
export function argsort(values: Numbers, indices?: Int32Array): Int32Array {
  const count = indices === undefined ? values.length : indices.length;
  const first: Int32Array = indices === undefined ? new Int32Array(count) : indices.slice();
  if (indices === undefined) for (let i = 0; i < count; i++) first[i] = i;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const value = at(values, at(first, i));
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count < 2 || min === Number.POSITIVE_INFINITY) return first;
  const unknown = Math.floor(max - min) + 1;
  // Take digits from whole 32-bit numbers: arithmetic on fractions costs several times as much.
  const low = new Uint32Array(values.length);
  const high = unknown < HIGH ? null : new Uint32Array(values.length);
  for (let i = 0; i < count; i++) {
    const index = at(first, i);
    const value = at(values, index);
    const key = Number.isNaN(value) ? unknown : Math.floor(value - min);
    low[index] = high === null ? key : key % HIGH;
    if (high !== null) high[index] = key / HIGH;
  }
  let order = byDigit(first, low, 0);
  if (unknown >= RADIX) order = byDigit(order, low, 16);
  if (high !== null) order = byDigit(order, high, 0);
  if (high !== null && unknown / HIGH >= RADIX) order = byDigit(order, high, 16);
  return order;
}

/** Sorts stably by 16 bits of the keys. */
function byDigit(from: Int32Array, keys: Uint32Array, shift: number): Int32Array {
  const places = new Int32Array(RADIX + 1);
  for (let i = 0; i < from.length; i++) {
    const digit = ((keys[from[i] as number] as number) >>> shift) & 0xffff;
    places[digit + 1] = (places[digit + 1] as number) + 1;
  }
  for (let digit = 1; digit < RADIX; digit++) places[digit] = at(places, digit) + at(places, digit - 1);
  const to = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    const index = from[i] as number;
    const digit = ((keys[index] as number) >>> shift) & 0xffff;
    const place = places[digit] as number;
    to[place] = index;
    places[digit] = place + 1;
  }
  return to;
}
