/**
 * Texts of lines that searching and indexing look at alike: where a traceback can begin, and the
 * two ends of a very long line.
 */
const WHOLE = 16 * 1024;
const HALF = 8 * 1024;

/**
 * A line for the traceback tracker: of a very long one its two ends, where all that the tracker
 * looks for stands.
 */
export function lineEnds(bytes: Buffer, from: number, to: number): string {
  if (to - from <= WHOLE) return bytes.toString('utf8', from, to);
  return bytes.toString('utf8', from, from + HALF) + bytes.toString('utf8', to - HALF, to);
}

/**
 * What can begin a traceback: the tracker has to be asked only from such a line on. Alternatives of
 * literals; over a block's text as latin1.
 */
export const TRACEBACK_START =
  /Traceback \(most recent call last\)|Fatal Python error|Exception Group Traceback|Current thread 0x|Thread 0x/g;

/** Index of the first match at or after `from`, -1 where there is none. */
export function nextMatch(pattern: RegExp | null, text: string, from: number): number {
  if (pattern === null) return -1;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? -1;
}

const TRACEBACK_WORDS = ['Traceback', 'Fatal Python error', 'Thread 0x', 'Current thread 0x'].map((text) =>
  Buffer.from(text),
);

/**
 * Whether {@link TRACEBACK_START} can match: a quarter of what it costs to try on bytes that have
 * none.
 */
export function hasTracebackStart(bytes: Buffer): boolean {
  return TRACEBACK_WORDS.some((word) => bytes.includes(word));
}
