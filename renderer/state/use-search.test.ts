// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import type { LineRow } from '../../electron/contract/line-records.ts';
import { noFilter } from './filter.ts';
import { type RenderedHook, renderHook } from './testing/render-hook.tsx';
import { stateOf } from './testing/search-state.ts';
import { type SearchView, useSearch } from './use-search.ts';

type Rendered = RenderedHook<string | null, SearchView>;

const useWord = (query: string | null) => useSearch(query === null ? null : { ...noFilter, query }, 'time');

/** The searches that were started and not stopped since. */
function running({ engine }: Rendered): string[] {
  const stopped = new Set(engine.asked('search.stop').map(({ params }) => params.searchId));
  const ids = engine.asked('search.start').map(({ params }) => String(params.searchId));
  return ids.filter((id) => !stopped.has(id));
}

/** Answers the last request for rows of a search: `count` lines of `matches`. */
async function answerRows(rendered: Rendered, searchId: string, text: string, matches: number, complete: boolean) {
  const asked = rendered.engine.asked('search.rows').filter(({ params }) => params.searchId === searchId);
  const rows = Array.from({ length: matches }, (_, index) => ({ text: `${text} ${index}` }) as LineRow);
  await rendered.after(() => asked.at(-1)?.answer({ rows, state: stateOf(searchId, { matches, complete }) }));
}

test('a search is shown when its first rows are there, and counts on', async () => {
  const rendered: Rendered = await renderHook(useWord, 'error');
  const [id = ''] = running(rendered);
  expect([running(rendered).length, rendered.view().isReady, rendered.view().isRunning]).toEqual([1, false, true]);
  await answerRows(rendered, id, 'error', 2, false);
  expect([rendered.view().isReady, rendered.view().total, rendered.view().rowAt(1)?.text]).toEqual([
    true,
    2,
    'error 1',
  ]);
  await rendered.after(() => rendered.engine.send('search.progressed', stateOf(id, { matches: 3, complete: true })));
  await answerRows(rendered, id, 'error', 3, true);
  expect([rendered.view().isRunning, rendered.view().total, rendered.view().rowAt(2)?.text]).toEqual([
    false,
    3,
    'error 2',
  ]);
});

test('the old hits stay until the next search has something to show, and then its search stops', async () => {
  const rendered: Rendered = await renderHook(useWord, 'error');
  const [first = ''] = running(rendered);
  await answerRows(rendered, first, 'error', 2, true);
  const { generation } = rendered.view();
  await rendered.render('warning');
  await rendered.after(() => {}, 100);
  const second = running(rendered).at(-1) ?? '';
  expect(second).not.toBe(first);
  expect([rendered.view().isStale, rendered.view().rowAt(0)?.text]).toEqual([true, 'error 0']);
  await answerRows(rendered, second, 'warning', 1, true);
  expect([rendered.view().isStale, rendered.view().rowAt(0)?.text]).toEqual([false, 'warning 0']);
  expect(rendered.view().generation).toBe(generation + 1);
  expect(running(rendered)).toEqual([second]);
});

test('a search that finds nothing replaces the old hits too', async () => {
  const rendered: Rendered = await renderHook(useWord, 'error');
  await answerRows(rendered, running(rendered)[0] ?? '', 'error', 2, true);
  await rendered.render('nowhere');
  await rendered.after(() => {}, 100);
  await answerRows(rendered, running(rendered).at(-1) ?? '', '', 0, true);
  expect([rendered.view().isStale, rendered.view().total, rendered.view().rowAt(0)]).toEqual([false, 0, undefined]);
});

test('keys that follow fast are one search', async () => {
  const rendered: Rendered = await renderHook(useWord, 'e');
  await answerRows(rendered, running(rendered)[0] ?? '', 'e', 1, true);
  const before = rendered.engine.asked('search.start').length;
  for (const text of ['er', 'err', 'erro']) await rendered.render(text);
  expect(rendered.engine.asked('search.start').length).toBe(before);
  await rendered.after(() => {}, 100);
  expect(rendered.engine.asked('search.start').length).toBe(before + 1);
  expect(rendered.engine.asked('search.start').at(-1)?.params.filter).toMatchObject({ query: 'erro' });
});

test('halting keeps what was found; no filter and no window stop the search', async () => {
  const rendered: Rendered = await renderHook(useWord, 'error' as string | null);
  const [first = ''] = running(rendered);
  await answerRows(rendered, first, 'error', 2, false);
  await rendered.after(() => rendered.view().halt());
  expect([running(rendered), rendered.view().isRunning, rendered.view().total]).toEqual([[], false, 2]);
  await rendered.render(null);
  expect([rendered.view().state, rendered.view().isStale]).toEqual([null, false]);
  await rendered.render('other');
  await rendered.after(() => {}, 100);
  expect(running(rendered)).toHaveLength(1);
  await rendered.unmount();
  expect(running(rendered)).toEqual([]);
});
