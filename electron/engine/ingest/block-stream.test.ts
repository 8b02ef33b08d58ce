import { expect, test } from 'vitest';
import { BLOCK_BYTES } from './block-cutter.ts';
import { BlockStream, type TextBlock } from './block-stream.ts';
import { InputBuffer } from './input-buffer.ts';

interface Seen {
  text: string;
  start: number;
  isOriginal: boolean;
  inLine: boolean;
}

function seen({ bytes, from, to, start, isOriginal, inLine }: TextBlock): Seen {
  return { text: bytes.toString('utf8', from, to), start, isOriginal, inLine };
}

/** Cuts a file that arrives in chunks. `holes` counts the blocks before each hole. */
function cut(chunks: Buffer[], shape: 'lines' | 'binary' = 'lines') {
  const blocks: Seen[] = [];
  const holes: number[] = [];
  const stream = new BlockStream(
    { encoding: 'utf-8', isGuess: false, start: 0, skip: 0, chunks: nothing(), first: null },
    {
      shape,
      chosen: null,
      leftover: new InputBuffer(),
      onDoubt: () => undefined,
      onHole: () => holes.push(blocks.length),
    },
  );
  for (const chunk of chunks) for (const block of stream.add(chunk)) blocks.push(seen(block));
  for (const block of stream.end()) blocks.push(seen(block));
  return { blocks, holes, position: stream.position, isPlain: stream.isPlain };
}

async function* nothing(): AsyncGenerator<Buffer> {}

const lines = (count: number) => Array.from({ length: count }, (_, k) => `line ${k} of the file\n`).join('');

test('blocks are whole lines, whatever the chunks, and cover the file', () => {
  const text = lines(10_000);
  const file = Buffer.from(text);
  const whole = cut([file]);
  const inPieces = cut(
    Array.from({ length: Math.ceil(file.length / 999) }, (_, k) => file.subarray(k * 999, k * 999 + 999)),
  );
  expect(inPieces.blocks).toEqual(whole.blocks);
  expect(whole.blocks.map((block) => block.text).join('')).toBe(text);
  expect(whole.blocks.every((block) => block.text.endsWith('\n') && block.text.length <= BLOCK_BYTES)).toBe(true);
  expect(whole).toMatchObject({ position: file.length, isPlain: true, holes: [] });
});

test('a hole is told once, also if it arrives in pieces, and takes no block', () => {
  const hole = Buffer.alloc(3_000_000);
  const { blocks, holes, position } = cut([
    Buffer.from('before\n'),
    hole.subarray(0, 1_000_000),
    hole.subarray(1_000_000),
    Buffer.from('after\n'),
  ]);
  expect(blocks.map(({ text, start }) => [text, start])).toEqual([
    ['before\n', 0],
    ['after\n', 3_000_007],
  ]);
  expect(holes).toEqual([1]);
  expect(position).toBe(3_000_013);
});

test('decoded text that is longer than a block has pieces with places of their own', () => {
  // Each of these characters has one byte in the file and two in UTF-8.
  const file = Buffer.from(`${'\u043f\u0440\u0438\u0432\u0435\u0442 '.repeat(4)}\n`.repeat(1_100), 'utf8');
  const latin = Buffer.from(new TextDecoder().decode(file).replace(/[\u0410-\u044f]/g, toCyrillicByte), 'latin1');
  const { blocks, isPlain } = cut([latin]);
  expect(blocks.map((block) => block.text).join('')).toBe(file.toString('utf8'));
  expect(blocks.every((block) => !block.isOriginal && !block.inLine)).toBe(true);
  expect(new Set(blocks.map((block) => block.start)).size).toBe(blocks.length);
  expect(blocks.length).toBeGreaterThan(1);
  expect(isPlain).toBe(false);
});

test('a binary file is cut as it is', () => {
  const { blocks, holes } = cut([Buffer.alloc(100), Buffer.from([0xff, 0xfe, 10])], 'binary');
  expect(blocks.map(({ start, isOriginal, text }) => [start, isOriginal, text.length])).toEqual([[0, true, 103]]);
  expect(holes).toEqual([]);
});

/** Returns the character whose Latin-1 byte is that of a Cyrillic letter in windows-1251. */
function toCyrillicByte(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) - 0x410 + 0xc0);
}
