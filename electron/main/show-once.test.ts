/** Tests that a window is shown exactly once, whichever event comes first. */
import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { expect, test, vi } from 'vitest';
import { showOnce } from './show-once.ts';

function fakeWindow() {
  const webContents = new EventEmitter();
  const state = { destroyed: false };
  const window = Object.assign(new EventEmitter(), { webContents, isDestroyed: () => state.destroyed });
  return { window: window as unknown as BrowserWindow, events: window, webContents, state };
}

test.each(['ready-to-show', 'did-finish-load', 'nothing at all'])('a window is shown once, after %s', async (which) => {
  vi.useFakeTimers();
  const { window, events, webContents } = fakeWindow();
  const show = vi.fn();
  showOnce(window, show);
  expect(show).not.toHaveBeenCalled();
  if (which === 'ready-to-show') events.emit('ready-to-show');
  if (which === 'did-finish-load') webContents.emit('did-finish-load');
  await vi.advanceTimersByTimeAsync(10_000);
  events.emit('ready-to-show');
  webContents.emit('did-finish-load');
  expect(show).toHaveBeenCalledTimes(1);
  vi.useRealTimers();
});

test('a window that was closed meanwhile is not shown', async () => {
  vi.useFakeTimers();
  const { window, events, state } = fakeWindow();
  const show = vi.fn();
  showOnce(window, show);
  state.destroyed = true;
  events.emit('closed');
  await vi.advanceTimersByTimeAsync(10_000);
  events.emit('ready-to-show');
  expect(show).not.toHaveBeenCalled();
  vi.useRealTimers();
});
