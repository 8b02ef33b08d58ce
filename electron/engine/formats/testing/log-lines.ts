/**
 * Random log lines for property tests: lines that share all of their prefix except one part of it,
 * tracebacks, and plain text between them.
 */
import fc from 'fast-check';

const piece = <T>(...values: T[]) => fc.constantFrom(...values);

/** Lines that differ in every part of a prefix, so that many differ in just one. */
export const prefixedLine = fc
  .tuple(
    piece(
      '2020-05-06 05:50:28',
      '2020-05-06 05:50:29',
      '2020-05-06 05:50:07',
      '2020-05-06 05:51:07',
      '2020-05-06 05:50:6x',
    ),
    piece(',080', ',999', ',123', '.123', ',1234', ',08', ''),
    piece('|', '|', '|', '| ', ' '),
    piece('10.0.0.4_Process-1|', 'ParallelRunStep.Worker|', 'root|', 'größe|', ''),
    piece('INFO|', 'INFO|', 'DEBUG|', 'WARNING|', 'ERROR|', 'INFORM|', ''),
    piece('287|', '287|', '288|', '12345678901|', ''),
    piece('139710227275372|', '139710227275372|', '139710227275373|', '13971|', ''),
    piece('run()|', 'init()|', '<module>()|', 'run(|', '()|', ''),
    piece('message 7|8', 'one two', '', 'x()|', 'INFO', 'größer', 'Got task 7.', 'Thread 0x7 gone'),
  )
  .map((parts) => parts.join(''));
/** Consecutive lines of a log that differ only in the seconds. */
const alikeLine = fc
  .tuple(
    piece('INFO', 'DEBUG', 'WARNING'),
    fc.integer({ min: 0, max: 60_999 }),
    piece('', '\r', ' tail é', 'Got task 12.'),
  )
  .map(([level, ms, rest]) => {
    const seconds = `${String(Math.floor(ms / 1000)).padStart(2, '0')},${String(ms % 1000).padStart(3, '0')}`;
    return `2020-05-06 05:50:${seconds}|10.0.0.4_Process-1|${level}|287|139710227275372|run()|${rest}`;
  });
const tracebackLine = piece(
  'Traceback (most recent call last):',
  '  File "score.py", line 7, in run',
  '    fail()',
  "KeyError: 'x'",
  'plain text',
  '',
  '{"level": "INFO"}',
);
/** Lines of one file, by block. */
export const blocksOfLines = fc.array(
  fc.array(fc.oneof({ weight: 3, arbitrary: alikeLine }, prefixedLine, tracebackLine), { minLength: 1, maxLength: 40 }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

/** Joins the lines into one file and returns where its blocks end. */
export function fileOf(blocks: string[][]): { bytes: Buffer; ends: number[] } {
  const bytes = Buffer.from(blocks.map((lines) => `${lines.join('\n')}\n`).join(''));
  let end = 0;
  return { bytes, ends: blocks.map((lines) => (end += Buffer.byteLength(`${lines.join('\n')}\n`))) };
}
