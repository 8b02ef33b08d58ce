import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { decodeLegacy } from './legacy-text.ts';

test('CP949 has every Hangul syllable, as Python’s codec has it', (context) => {
  const program = "import sys;sys.stdout.buffer.write(''.join(chr(c) for c in range(0xac00,0xd7a4)).encode('cp949'))";
  let bytes: Buffer;
  try {
    bytes = execFileSync('python3', ['-c', program]);
  } catch {
    return context.skip('no Python here');
  }
  const all = Array.from({ length: 0xd7a4 - 0xac00 }, (_, k) => String.fromCharCode(0xac00 + k)).join('');
  expect(decodeLegacy('euc-kr', bytes, true)).toBe(all);
});

test('what is no character is told, or shown', () => {
  expect(decodeLegacy('euc-kr', Buffer.from('b0a1ff20c7', 'hex'), true)).toBeNull();
  expect(decodeLegacy('euc-kr', Buffer.from('b0a1ff20c7', 'hex'))).toBe('가\ufffd \ufffd');
  expect(decodeLegacy('shift_jis', Buffer.from('8347', 'hex'))).toBe('エ');
  expect(decodeLegacy('shift_jis', Buffer.from('83', 'hex'), true)).toBeNull();
});
