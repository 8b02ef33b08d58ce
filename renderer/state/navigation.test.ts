import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineClient } from '../../electron/contract/client.ts';
import { createBusy } from './busy.ts';
import { createCaseStore } from './case-store.ts';
import { createFilterStore } from './filter-store.ts';
import { createNavigation } from './navigation.ts';
import { createSelectionStore } from './selection-store.ts';
import { createViewStore } from './view-store.ts';

/** A fake of the parts of the browser's history that navigation uses. */
class FakeHost {
  entries = ['#/overview'];
  at = 0;
  listeners: (() => void)[] = [];
  readonly location: { hash: string };
  readonly history;
  constructor() {
    const self = this;
    this.location = {
      get hash() {
        return self.entries[self.at] ?? '';
      },
    };
    this.history = {
      pushState: (_data: unknown, _title: string, url?: string | URL | null) => {
        this.entries = [...this.entries.slice(0, ++this.at), String(url)];
      },
      replaceState: (_data: unknown, _title: string, url?: string | URL | null) => {
        this.entries[this.at] = String(url);
      },
      back: () => this.go(-1),
      forward: () => this.go(1),
    };
  }
  go(step: number) {
    this.at += step;
    for (const listener of this.listeners) listener();
  }
  addEventListener(type: string, listener: () => void) {
    if (type === 'popstate') this.listeners.push(listener);
  }
  removeEventListener() {}
}

const opened: string[] = [];
const client = {
  call: async (name: string, params: { path?: string }) => {
    if (name === 'case.open') opened.push(params.path ?? '');
    return {
      caseId: params.path,
      source: params.path,
      root: '',
      caseDir: '',
      progress: { caseId: params.path, phase: 'complete' },
    };
  },
  on: () => () => {},
  pending: () => 0,
  close: () => {},
} as unknown as EngineClient;

function setup(hash = '#/overview', initialPath: string | null = '/run.zip') {
  const host = new FakeHost();
  host.entries = [hash];
  const stores = {
    case: createCaseStore(client, createBusy()),
    filter: createFilterStore(),
    selection: createSelectionStore(),
    view: createViewStore(null),
  };
  const navigation = createNavigation(stores, host, initialPath);
  navigation.start();
  return { host, stores, navigation };
}

describe('places visited', () => {
  beforeEach(() => {
    opened.length = 0;
  });
  it('reopens what the address says', () => {
    const { stores } = setup('#/logs?q=timeout&line=3:7&open=/other.zip');
    expect(opened).toEqual(['/other.zip']);
    expect(stores.view.getState().view).toBe('logs');
    expect(stores.filter.getState().filter.query).toBe('timeout');
    expect(stores.selection.getState().line).toEqual({ fileId: 3, line: 7 });
  });
  it('goes back to the view with the filter that was typed there', () => {
    const { host, stores, navigation } = setup();
    navigation.navigate({ view: 'logs' });
    stores.filter.getState().patch({ query: 'oom' });
    navigation.navigate({ view: 'files', filter: { query: '' } });
    expect(host.entries).toEqual(['#/overview', '#/logs?q=oom', '#/files']);
    navigation.back();
    expect([stores.view.getState().view, stores.filter.getState().filter.query]).toEqual(['logs', 'oom']);
    navigation.forward();
    expect(stores.view.getState().view).toBe('files');
    expect(opened).toEqual(['/run.zip']);
  });
  it('typing and the cursor replace, and a step to where one is adds nothing', async () => {
    const { host, stores, navigation } = setup();
    stores.filter.getState().patch({ query: 'a' });
    stores.filter.getState().patch({ query: 'ab' });
    stores.selection.getState().setHover(5);
    await new Promise((resolve) => setTimeout(resolve, 250));
    navigation.navigate({ view: 'overview' });
    expect(host.entries).toEqual(['#/overview?q=ab']);
  });
  it('shows the range that a step filters by, and keeps the zoom of a step that does not touch it', () => {
    const { navigation, stores } = setup('#/lanes?zoom=5-9');
    const zoom = () => stores.view.getState().options.zoom;
    navigation.navigate({ filter: { query: 'x', fromUs: null } });
    expect(zoom()).toBe('5-9');
    navigation.navigate({ filter: { fromUs: 6, toUs: 8 } });
    expect(zoom()).toBe(undefined);
    navigation.navigate({ filter: { fromUs: null, toUs: null }, options: { zoom: '6-8' } });
    expect(zoom()).toBe('6-8');
  });
  it('starts another run without the filter of the one before', () => {
    const { host, navigation, stores } = setup('#/logs?q=x&node=a');
    navigation.navigate({ view: 'overview', source: '/b.zip' });
    expect(host.entries.at(-1)).toBe('#/overview?open=/b.zip');
    expect(stores.filter.getState().filter.query).toBe('');
    navigation.back();
    expect(opened).toEqual(['/run.zip', '/b.zip', '/run.zip']);
  });
});
