/**
 * The Logs store holds what the Logs view remembers beside the global filter and selection: the
 * tree, the picked files, where each file was left, and the find bar. Going to another view and
 * back leaves it as it is.
 */
import { createStore } from 'zustand/vanilla';
import type { TreeMode } from '../tree/tree-model.ts';

export interface FindState {
  isOpen: boolean;
  text: string;
  isRegex: boolean;
  isCased: boolean;
  isWord: boolean;
}

/**
 * What the Logs view remembers beside the global filter and selection; outlives going to another
 * view and back.
 */
export interface LogsState {
  /** Source and root that the rest belongs to. */
  source: string;
  root: string;
  treeMode: TreeMode;
  treeFilter: string;
  expanded: ReadonlyMap<string, boolean>;
  onlyHits: boolean;
  isTreeOpen: boolean;
  /** Files chosen in the tree, to be merged. */
  picked: readonly number[];
  /** The file that was open last, and the line at which each was left. */
  lastFileId: number | null;
  lastLines: ReadonlyMap<number, number>;
  find: FindState;
  showsCodes: boolean;
  /** Also where columns say what the prefix of a line says. */
  showsPrefix: boolean;
  set(change: Partial<Omit<LogsState, 'set'>>): void;
}

const fresh = {
  treeFilter: '',
  expanded: new Map<string, boolean>(),
  picked: [] as readonly number[],
  lastFileId: null,
  lastLines: new Map<number, number>(),
};

export type LogsStore = ReturnType<typeof createLogsStore>;

export function createLogsStore() {
  const store = createStore<LogsState>()((set) => ({
    source: '',
    root: '',
    treeMode: 'node',
    onlyHits: false,
    isTreeOpen: true,
    find: { isOpen: false, text: '', isRegex: false, isCased: false, isWord: false },
    showsCodes: false,
    showsPrefix: false,
    ...fresh,
    set: (change) => set(change),
  }));
  return {
    ...store,
    /** Another case has other files. */
    turnTo(source: string, root: string): void {
      const state = store.getState();
      if (state.source === source && state.root === root) return;
      store.setState({ ...fresh, source, root });
    },
  };
}
