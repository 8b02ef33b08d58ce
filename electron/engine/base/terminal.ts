/**
 * Extracts what a person saw of a terminal's output, without the codes that coloured it or moved
 * the cursor: those of ECMA-48 (CSI, OSC and other escape sequences) and backspaces. Line ends
 * stay, so that lines keep their numbers.
 */

const ESCAPE = 0x1b;
const BACKSPACE = 8;
const CR = 13;
const LF = 10;
/** An OSC string must end within this many bytes. */
const LONGEST_STRING = 4_096;

/** Removes the codes; returns the same buffer if there are none. */
export function withoutCodes(bytes: Buffer): Buffer {
  if (!bytes.includes(ESCAPE) && !bytes.includes(BACKSPACE)) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] as number;
    if (byte === ESCAPE) {
      const next = escapeEnd(bytes, at);
      if (next > at) {
        at = next;
        continue;
      }
    } else if (byte === BACKSPACE) {
      length = withoutLast(out, length);
      at++;
      continue;
    }
    out[length++] = byte;
    at++;
  }
  return out.subarray(0, length);
}

/**
 * Removes codes like {@link withoutCodes}, from a block of a file. If the last line has only codes
 * and no line end, a carriage return, which shows nothing, keeps it a line.
 */
export function blockWithoutCodes(bytes: Buffer): Buffer {
  const clean = withoutCodes(bytes);
  const hasLastLine = clean === bytes || bytes.at(-1) === LF || (clean.length > 0 && clean.at(-1) !== LF);
  return hasLastLine ? clean : Buffer.concat([clean, Buffer.of(CR)]);
}

/** Returns the end of the sequence that begins at `at`, or `at` if there is none. */
function escapeEnd(bytes: Buffer, at: number): number {
  const kind = bytes[at + 1] ?? LF;
  if (kind === 0x5b) {
    let next = at + 2;
    while (next < bytes.length && (bytes[next] as number) >= 0x20 && (bytes[next] as number) < 0x40) next++;
    const last = bytes[next] ?? 0;
    return last >= 0x40 && last < 0x7f ? next + 1 : next;
  }
  // OSC, DCS, SOS, PM, APC: a string up to BEL or ESC \.
  if (kind === 0x5d || kind === 0x50 || kind === 0x58 || kind === 0x5e || kind === 0x5f) {
    const limit = Math.min(bytes.length, at + LONGEST_STRING);
    for (let next = at + 2; next < limit && bytes[next] !== LF; next++) {
      if (bytes[next] === 7) return next + 1;
      if (bytes[next] === ESCAPE) return bytes[next + 1] === 0x5c ? next + 2 : next;
    }
    return at + 2;
  }
  let next = at + 1;
  while (next < bytes.length && (bytes[next] as number) >= 0x20 && (bytes[next] as number) < 0x30) next++;
  const last = bytes[next] ?? LF;
  return last >= 0x30 && last < 0x7f ? next + 1 : Math.max(at + 1, next);
}

/** Returns the length without the last character of the line. */
function withoutLast(out: Buffer, length: number): number {
  if (length === 0 || out[length - 1] === LF || out[length - 1] === CR) return length;
  let at = length - 1;
  while (at > 0 && ((out[at] as number) & 0xc0) === 0x80) at--;
  return at;
}

/**
 * Returns where the text begins that a line finally shows: a progress bar writes its states one
 * after another, separated by carriage returns. `end` may include the line's own carriage return.
 */
export function lastStateAt(bytes: Uint8Array, start: number, end: number): number {
  let stop = textEnd(bytes, start, end);
  for (let at = stop - 1; at >= start; at--) {
    if (bytes[at] !== CR) continue;
    if (!isBlank(bytes, at + 1, stop)) return at + 1;
    stop = at;
  }
  return start;
}

/** Decides whether a line contains a carriage return before its end, and so has several states. */
export function hasStates(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) {
    const next = bytes[at + 1] ?? LF;
    if (next !== LF && next !== CR) return true;
  }
  return false;
}

/** Returns where a line's text ends: before the carriage returns at its end. */
export function textEnd(bytes: Uint8Array, start: number, end: number): number {
  let stop = end;
  while (stop > start && bytes[stop - 1] === CR) stop--;
  return stop;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (bytes[at] !== 32 && bytes[at] !== 9) return false;
  return true;
}

/** Returns the states of a line in order; just one if nothing was rewritten. */
export function statesOf(text: string): string[] {
  const states = text.split('\r').filter((state) => state.trim() !== '');
  return states.length === 0 ? [text.replaceAll('\r', '')] : states;
}

/** Removes codes like {@link withoutCodes}, from text, and all states of a line but the last. */
export function shownText(text: string): string {
  const clean =
    text.includes('\u001b') || text.includes('\b') ? withoutCodes(Buffer.from(text)).toString('utf8') : text;
  return clean.includes('\r') ? (statesOf(clean).at(-1) ?? '') : clean;
}
