import { afterEach, expect, test, vi } from 'vitest';
import { createBusy, createWaitForIdle } from './busy.ts';

afterEach(() => vi.unstubAllGlobals());

test('waits for what a task begins that was waiting when the frames seemed quiet', async () => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => queueMicrotask(run));
  const busy = createBusy();
  const order: string[] = [];
  // As React does: it renders in a task, and its effects ask for more.
  setTimeout(() => {
    const end = busy.begin('search');
    setTimeout(() => {
      order.push('search ended');
      end();
    }, 20);
  });
  await createWaitForIdle(busy, () => 0)();
  order.push('idle');
  expect(order).toEqual(['search ended', 'idle']);
});

test('says what it waited for in vain', async () => {
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => queueMicrotask(run));
  const busy = createBusy();
  const end = busy.begin('first drawing');
  await expect(createWaitForIdle(busy, () => 0)(20)).rejects.toThrow('Not idle after 20 ms: first drawing');
  end();
  end();
  await expect(createWaitForIdle(busy, () => 2)(20)).rejects.toThrow('2 open calls');
});
