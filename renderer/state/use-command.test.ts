// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { PostrunError } from '../../electron/contract/errors.ts';
import { renderHook } from './testing/render-hook.tsx';
import { useCommand } from './use-command.ts';

const page = (count: number) => ({ rows: [], total: count });
const params = (start: number) => ({ caseId: 'case', start, count: 10, filter: {} }) as never;
const useBatches = (start: number | null) => useCommand('batches.page', start === null ? null : params(start));

test('asks once, and keeps the answer on the screen while the next is on its way', async () => {
  const { engine, view, render, after } = await renderHook(useBatches, 0);
  const asked = () => engine.asked('batches.page');
  expect([asked().length, view().isLoading, view().data]).toEqual([1, true, undefined]);
  await after(() => asked()[0]?.answer(page(7)));
  expect([view().isLoading, view().data]).toEqual([false, page(7)]);
  // The same question in a new object is no new question.
  await render(0);
  expect(asked()).toHaveLength(1);
  await render(10);
  expect([asked().length, view().isLoading, view().data]).toEqual([2, true, page(7)]);
  await after(() => asked()[1]?.answer(page(8)));
  expect(view().data).toEqual(page(8));
});

test('cancels a question that is superseded, and shows nothing of it', async () => {
  const { engine, view, render, after } = await renderHook(useBatches, 0);
  const [first] = engine.asked('batches.page').slice(-1);
  await render(10);
  expect(first?.isCancelled).toBe(true);
  await after(() => engine.asked('batches.page').at(-1)?.answer(page(2)));
  expect([view().data, view().error]).toEqual([page(2), null]);
});

test('shows a known answer at once, and asks anew only after the records have changed', async () => {
  const { engine, stores, view, render, after } = await renderHook(useBatches, 0);
  await after(() => engine.asked('batches.page').at(-1)?.answer(page(7)));
  await render(10);
  await after(() => engine.asked('batches.page').at(-1)?.answer(page(8)));
  const asked = () => engine.asked('batches.page').length;
  const before = asked();
  await render(0);
  expect([view().data, view().isLoading, asked()]).toEqual([page(7), false, before]);
  await after(() => stores.case.setState({ revision: stores.case.getState().revision + 1 }), 400);
  expect(asked()).toBe(before + 1);
  await after(() => engine.asked('batches.page').at(-1)?.answer(page(9)));
  expect(view().data).toEqual(page(9));
});

test('an error stands beside the answer that was there, and goes with the next', async () => {
  const { engine, view, after } = await renderHook(useBatches, 0);
  const last = () => engine.asked('batches.page').at(-1);
  await after(() => last()?.answer(page(7)));
  await after(() => view().refresh(), 400);
  await after(() => last()?.refuse(new PostrunError('user', 'bad_query', 'The query has no end.')));
  expect([view().data, view().error?.message]).toEqual([page(7), 'The query has no end.']);
  await after(() => view().refresh(), 400);
  await after(() => last()?.answer(page(8)));
  expect([view().data, view().error]).toEqual([page(8), null]);
});

test('asks nothing without parameters, and nothing more once it is gone', async () => {
  const { engine, view, render, unmount } = await renderHook(useBatches, null as number | null);
  expect([engine.asked('batches.page'), view().isLoading, view().data]).toEqual([[], false, undefined]);
  await render(0);
  const last = engine.asked('batches.page').at(-1);
  await unmount();
  expect(last?.isCancelled).toBe(true);
});
