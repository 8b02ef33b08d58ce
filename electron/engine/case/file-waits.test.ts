import { expect, test } from 'vitest';
import { FileWaits } from './file-waits.ts';

/** Waits for a file and notes its name when it has arrived. */
function waitFor(waits: FileWaits, fileId: number, woken: string[], name: string): void {
  void waits.wait(fileId).then(() => woken.push(name));
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('everybody who waits for a file is woken when it arrives, and nobody else', async () => {
  const waits = new FileWaits();
  const woken: string[] = [];
  waitFor(waits, 1, woken, 'first');
  waitFor(waits, 1, woken, 'second');
  waitFor(waits, 2, woken, 'other');
  expect(waits.arrived([1, 3])).toBe(true);
  expect(woken).toEqual([]);
  await settled();
  expect(woken).toEqual(['first', 'second']);
  expect(waits.arrived([1])).toBe(false);
});

test('a file is read again until it arrives', () => {
  const waits = new FileWaits();
  waits.reread(new Set([1, 2]));
  waits.arrived([1]);
  expect([1, 2, 3].map((fileId) => waits.isRereading(fileId))).toEqual([false, true, false]);
});

test('the end of reading wakes all who still wait', async () => {
  const waits = new FileWaits();
  const woken: string[] = [];
  waits.reread(new Set([7]));
  waitFor(waits, 7, woken, 'again');
  waitFor(waits, 8, woken, 'never listed');
  waits.end();
  await settled();
  expect(woken).toEqual(['again', 'never listed']);
  expect(waits.isRereading(7)).toBe(false);
});
