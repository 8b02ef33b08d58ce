import { afterEach, expect, test, vi } from 'vitest';
import { drawInTurn, leaveTurn } from './draw-turns.ts';

afterEach(() => vi.unstubAllGlobals());

/** Returns frames that come when the test says so, and a clock that only drawing moves. */
function frames() {
  const asked: (() => void)[] = [];
  let now = 0;
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => asked.push(run));
  vi.stubGlobal('performance', { now: () => now });
  return {
    spend: (milliseconds: number) => {
      now += milliseconds;
    },
    next: async () => {
      asked.shift()?.();
      for (let turn = 0; turn < 20; turn++) await null;
    },
  };
}

test('charts that take long are drawn over several frames, each once and as it was asked last', async () => {
  const { spend, next } = frames();
  const drawn: string[] = [];
  const draw = (name: string) => () => {
    drawn.push(name);
    spend(5);
  };
  const [a, b, c, gone] = [{}, {}, {}, {}];
  drawInTurn(a, draw('a, old'));
  drawInTurn(b, draw('b'));
  drawInTurn(gone, draw('gone'));
  drawInTurn(c, draw('c'));
  drawInTurn(a, draw('a'));
  leaveTurn(gone);
  await next();
  expect(drawn).toEqual(['a', 'b']);
  await next();
  expect(drawn).toEqual(['a', 'b', 'c']);
  // A later request queues again.
  drawInTurn(a, draw('a again'));
  await next();
  expect(drawn.at(-1)).toBe('a again');
});
