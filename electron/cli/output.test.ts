/** Tests that output is safe for terminals and survives a full disk or a lost reader. */
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createOutput, ReaderGone } from './output.ts';

function sink(isTTY: boolean, error?: NodeJS.ErrnoException) {
  const parts: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      parts.push(String(chunk));
      done(error);
    },
  }) as Writable & { isTTY?: boolean };
  stream.isTTY = isTTY;
  return { stream, text: () => parts.join('') };
}

const hostile = 'a\u001b[31m\u009b1m\u202eb\tc\r\n';

test('a terminal gets no control character of a log, a pipe gets the text as it is', async () => {
  for (const [isTTY, json, expected] of [
    [true, false, 'a\\x1b[31m\\x9b1m\\u202eb\tc\r\n'],
    [true, true, 'a\\u001b[31m\\u009b1m\\u202eb\tc\r\n'],
    [false, false, hostile],
  ] as const) {
    const { stream, text } = sink(isTTY);
    const out = createOutput(stream, json);
    await out.write(hostile);
    await out.flush();
    expect(text()).toBe(expected);
  }
});

test('a full disk is an error in words, a reader that is gone is the end', async () => {
  const full = createOutput(sink(false, Object.assign(new Error('x'), { code: 'ENOSPC' })).stream);
  await full.write('text');
  await expect(full.flush()).rejects.toMatchObject({
    code: 'output_failed',
    message: expect.stringContaining('disk is full'),
  });
  const gone = createOutput(sink(false, Object.assign(new Error('x'), { code: 'EPIPE' })).stream);
  await gone.write('text');
  await expect(gone.flush()).rejects.toBeInstanceOf(ReaderGone);
});
