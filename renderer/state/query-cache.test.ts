import { describe, expect, it } from 'vitest';
import { createQueryCache } from './query-cache.ts';

describe('questions under way', () => {
  it('asks the same question about the same revision once', async () => {
    const cache = createQueryCache();
    const asked: string[] = [];
    const ask = (key: string, revision: number) =>
      cache.ask(key, revision, new AbortController().signal, async () => asked.push(`${revision} ${key}`));
    await Promise.all([ask('a', 1), ask('a', 1), ask('b', 1), ask('a', 2)]);
    expect(asked).toEqual(['1 a', '1 b', '2 a']);
    await ask('a', 1);
    expect(asked.length).toBe(4);
  });

  it('cancels a question when the last of its askers has gone', async () => {
    const cache = createQueryCache();
    const signals: AbortSignal[] = [];
    const fetch = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>(() => {});
    };
    const [first, second] = [new AbortController(), new AbortController()];
    void cache.ask('a', 1, first.signal, fetch);
    void cache.ask('a', 1, second.signal, fetch);
    first.abort();
    expect(signals[0]?.aborted).toBe(false);
    second.abort();
    expect(signals[0]?.aborted).toBe(true);
    // A new asker does not join a cancelled question.
    void cache.ask('a', 1, new AbortController().signal, fetch);
    expect(signals.length).toBe(2);
  });

  it('lets the next asker ask again after an error', async () => {
    const cache = createQueryCache();
    const { signal } = new AbortController();
    await expect(cache.ask('a', 1, signal, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await expect(cache.ask('a', 1, signal, () => Promise.resolve(3))).resolves.toBe(3);
  });
});

describe('kept answers', () => {
  it('drops those that were set longest ago', () => {
    const cache = createQueryCache(2);
    for (const key of ['a', 'b', 'a', 'c']) cache.set(key, 1, key);
    expect(['a', 'b', 'c'].map((key) => cache.get(key)?.data)).toEqual(['a', undefined, 'c']);
  });
});
