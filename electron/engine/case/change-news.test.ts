import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangeNews } from './change-news.ts';
import { LEAST_PAUSE_MS } from './change-pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('the first change is told at once, and all within the pause together after it', () => {
  const tell = vi.fn();
  const news = new ChangeNews(tell);
  news.soon();
  expect(tell).toHaveBeenCalledTimes(1);
  news.soon();
  news.soon();
  vi.advanceTimersByTime(LEAST_PAUSE_MS - 1);
  expect(tell).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(tell).toHaveBeenCalledTimes(2);
});

test('what is told at once takes the place of what waits', () => {
  const tell = vi.fn();
  const news = new ChangeNews(tell);
  news.now();
  news.soon();
  news.now();
  expect(tell).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(LEAST_PAUSE_MS);
  expect(tell).toHaveBeenCalledTimes(2);
});

test('dear answers make the next news wait longer', () => {
  const tell = vi.fn();
  const news = new ChangeNews(tell);
  news.now();
  news.note(LEAST_PAUSE_MS);
  news.soon();
  vi.advanceTimersByTime(LEAST_PAUSE_MS);
  expect(tell).toHaveBeenCalledTimes(1);
});

test('nothing is told after closing', () => {
  const tell = vi.fn();
  const news = new ChangeNews(tell);
  news.now();
  news.soon();
  news.close();
  vi.advanceTimersByTime(LEAST_PAUSE_MS);
  expect(tell).toHaveBeenCalledTimes(1);
});
