/**
 * The Logs store holds what the Logs view remembers besides the global filter and selection: the
 * tree, the picked files, where each file was left, and the find bar. It survives a visit to
 * another view.
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

export interface LogsState {
  /** The source and root that the rest belongs to. */
  source: string;
  root: string;
  treeMode: TreeMode;
  treeFilter: string;
  expanded: ReadonlyMap<string, boolean>;
  onlyHits: boolean;
  isTreeOpen: boolean;
  /** The files chosen in the tree to be merged. */
  picked: readonly number[];
  /** The file that was open last, and the line at which each file was left. */
  lastFileId: number | null;
  lastLines: ReadonlyMap<number, number>;
  find: FindState;
  showsCodes: boolean;
  /** Shows the prefix of a line even if columns show its content. */
  showsPrefix: boolean;
  set(change: Partial<Omit<LogsState, 'set'>>): void;
}

const fresh: Pick<LogsState, 'treeFilter' | 'expanded' | 'picked' | 'lastFileId' | 'lastLines'> = {
  treeFilter: '',
  expanded: new Map<string, boolean>(),
  picked: [],
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
