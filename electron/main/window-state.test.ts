/** Tests that the state of a window is kept and placed on the present displays. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { placeWindow, readWindowState, writeWindowState } from './window-state.ts';

const dir = mkdtempSync(join(tmpdir(), 'postrun-window-state-'));
afterAll(() => rmSync(dir, { recursive: true }));
const file = join(dir, 'state.json');
const state = { bounds: { x: 100, y: 80, width: 1000, height: 700 }, isMaximized: false, theme: 'system' as const };
const display = { x: 0, y: 0, width: 1920, height: 1040 };

test('what was written is read; a missing or damaged file is none', () => {
  expect(readWindowState(file)).toBeNull();
  writeWindowState(file, state);
  expect(readWindowState(file)).toEqual(state);
  for (const text of [
    '',
    '{',
    '{"bounds":{}}',
    JSON.stringify({ ...state, bounds: { ...state.bounds, width: 1e9 } }),
  ]) {
    writeFileSync(file, text);
    expect(readWindowState(file)).toBeNull();
  }
  expect(() => writeWindowState(join(dir, 'none', 'x'), state)).not.toThrow();
});

test('a window comes back where it was, a further one a little aside', () => {
  expect(placeWindow(state, [display])).toEqual(state.bounds);
  expect(placeWindow(state, [display], 2)).toMatchObject({ x: 156, y: 136, width: 1000 });
  expect(placeWindow(null, [display])).toEqual({ width: 1280, height: 800 });
  expect(placeWindow(null, [{ x: 0, y: 25, width: 1024, height: 700 }])).toEqual({ width: 1024, height: 700 });
});

test.each([
  ['left of every display', { x: -980 }],
  ['below', { y: 1030 }],
  ['above, so that its bar cannot be caught', { y: -30 }],
  ['on a display that is gone', { x: 2400 }],
])('a window %s keeps its size only', (_where, moved) => {
  const placed = placeWindow({ ...state, bounds: { ...state.bounds, ...moved } }, [display]);
  expect(placed).toEqual({ width: 1000, height: 700 });
});

test('a second display counts, and a window larger than all is made to fit', () => {
  const second = { x: 1920, y: 0, width: 1280, height: 1000 };
  const moved = { ...state, bounds: { ...state.bounds, x: 2400 } };
  expect(placeWindow(moved, [display, second])).toEqual(moved.bounds);
  const huge = { ...state, bounds: { x: 9_000, y: 0, width: 5_000, height: 3_000 } };
  expect(placeWindow(huge, [display])).toEqual({ width: 1920, height: 1040 });
});

test('a state of before the theme was kept is read, and an unknown theme is none', () => {
  const { theme, ...before } = state;
  writeFileSync(file, JSON.stringify(before));
  expect(readWindowState(file)).toEqual({ ...before, theme: 'system' });
  writeFileSync(file, JSON.stringify({ ...before, theme: 'pink' }));
  expect(readWindowState(file)).toBeNull();
  writeWindowState(file, { ...before, theme: 'dark' });
  expect(readWindowState(file)?.theme).toBe('dark');
  expect(theme).toBe('system');
});
