import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBusy } from './busy.ts';
import { liveQuery } from './live-query.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A query whose answers the test gives. */
function ask(options: { delayMs?: number; isAnswered?: boolean } = {}) {
  const answers: PromiseWithResolvers<string>[] = [];
  const said: string[] = [];
  const signals: AbortSignal[] = [];
  const busy = createBusy();
  const query = liveQuery<string>({
    name: 'test',
    busy,
    fetch: (signal) => {
      const answer = Promise.withResolvers<string>();
      answers.push(answer);
      signals.push(signal);
      return answer.promise;
    },
    onData: (data) => said.push(data),
    onError: (error) => said.push(`error: ${error.message}`),
    minIntervalMs: 300,
    ...options,
  });
  return { query, answers, said, signals, busy };
}

describe('a live query', () => {
  it('asks once, and again only when refreshed, at most once an interval', async () => {
    const { query, answers, said, busy } = ask();
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.resolve('one');
    await vi.advanceTimersByTimeAsync(1_000);
    expect([answers.length, said, busy.names()]).toEqual([1, ['one'], []]);
    query.refresh();
    await vi.advanceTimersByTimeAsync(0);
    answers[1]?.resolve('two');
    await vi.advanceTimersByTimeAsync(10);
    query.refresh();
    query.refresh();
    await vi.advanceTimersByTimeAsync(280);
    expect(answers.length).toBe(2);
    await vi.advanceTimersByTimeAsync(20);
    expect([answers.length, said]).toEqual([3, ['one', 'two']]);
  });

  it('lets an answer come before it asks again, however often it is refreshed', async () => {
    const { query, answers, said } = ask();
    await vi.advanceTimersByTimeAsync(0);
    for (let k = 0; k < 5; k++) {
      query.refresh();
      await vi.advanceTimersByTimeAsync(400);
    }
    expect(answers.length).toBe(1);
    answers[0]?.resolve('one');
    await vi.advanceTimersByTimeAsync(0);
    expect([answers.length, said]).toEqual([2, ['one']]);
  });

  it('waits before the first question, and asks none whose answer is known', async () => {
    const late = ask({ delayMs: 100 });
    const known = ask({ isAnswered: true });
    await vi.advanceTimersByTimeAsync(99);
    expect([late.answers.length, known.answers.length]).toEqual([0, 0]);
    await vi.advanceTimersByTimeAsync(1);
    expect([late.answers.length, known.answers.length]).toEqual([1, 0]);
    known.query.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect(known.answers.length).toBe(1);
  });

  it('cancels and says nothing once it is disposed, but tells of an error before', async () => {
    const { query, answers, said, signals, busy } = ask();
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.reject(new Error('no disk'));
    await vi.advanceTimersByTimeAsync(0);
    query.refresh();
    await vi.advanceTimersByTimeAsync(300);
    query.dispose();
    answers[1]?.resolve('two');
    await vi.advanceTimersByTimeAsync(1_000);
    expect([said, signals[1]?.aborted, answers.length, busy.names()]).toEqual([['error: no disk'], true, 2, []]);
  });
});
