/**
 * Line text that searching and indexing must treat alike: where a traceback can begin, and the two
 * ends of a very long line.
 */
const WHOLE = 16 * 1024;
const HALF = 8 * 1024;

/**
 * Returns the text of a line for the traceback tracker. A very long line is reduced to its two
 * ends, which have everything that the tracker looks for.
 */
export function lineEnds(bytes: Buffer, from: number, to: number): string {
  if (to - from <= WHOLE) return bytes.toString('utf8', from, to);
  return bytes.toString('utf8', from, from + HALF) + bytes.toString('utf8', to - HALF, to);
}

/**
 * Matches what can begin a traceback, the only lines from which the tracker has to start. It has
 * only literal alternatives and applies to a block's text as latin1.
 */
export const TRACEBACK_START =
  /Traceback \(most recent call last\)|Fatal Python error|Exception Group Traceback|Current thread 0x|Thread 0x/g;

/** Returns the index of the first match at or after `from`, or -1. */
export function nextMatch(pattern: RegExp | null, text: string, from: number): number {
  if (pattern === null) return -1;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

const TRACEBACK_WORDS = ['Traceback', 'Fatal Python error', 'Thread 0x', 'Current thread 0x'].map((text) =>
  Buffer.from(text),
);

/**
 * Decides whether {@link TRACEBACK_START} can match, at a quarter of the cost of trying on bytes
 * that have none.
 */
export function hasTracebackStart(bytes: Buffer): boolean {
  return TRACEBACK_WORDS.some((word) => bytes.includes(word));
}
