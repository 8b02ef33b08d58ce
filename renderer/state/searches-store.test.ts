import { describe, expect, it } from 'vitest';
import { createSearchesStore, type SearchText } from './searches-store.ts';

class FakeStorage {
  values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
}

const words = (query: string): SearchText => ({ query, mode: 'words', matchCase: 'smart' });
const storageWith = (text?: string) => {
  const storage = new FakeStorage();
  if (text !== undefined) storage.setItem('postrun.searches', text);
  return storage as unknown as Storage;
};

describe('searches', () => {
  it('remembers the newest first and each once, over windows', () => {
    const storage = storageWith();
    const first = createSearchesStore(storage).getState();
    for (const query of ['a', 'b', ' a ', '  ']) first.remember(words(query));
    expect(
      createSearchesStore(storage)
        .getState()
        .recent.map((each) => each.query),
    ).toEqual(['a', 'b']);
  });

  it('takes no harm from what others wrote', () => {
    for (const text of ['{', '[]', '{"recent": 5}', '{"recent": [null, {"query": 5}]}']) {
      const { recent } = createSearchesStore(storageWith(text)).getState();
      expect(recent).toEqual([]);
    }
    const odd = createSearchesStore(storageWith('{"recent": [{"query": "x", "mode": "magic"}]}')).getState();
    expect(odd.recent).toEqual([words('x')]);
  });
});
