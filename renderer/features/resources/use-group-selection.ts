/**
 * The selection as the groups of series see it: the group of the selected node or process is
 * active, and choosing a group selects its node or process.
 */
import { useCallback } from 'react';
import type { Selection } from '../../state/location.ts';
import { useSelection } from '../../state/StoresContext.tsx';
import type { SeriesGroup } from './series-groups.ts';

type Chosen = Pick<Selection, 'node' | 'process'>;

/** A process without a name is found by its pid. */
export function isSelected({ node, process, pid }: SeriesGroup, selection: Chosen): boolean {
  if (process === null && pid === null) return node === selection.node;
  const chosen = selection.process;
  return chosen?.node === node && (process === null ? chosen.pid === pid : chosen.process === process);
}

/** Returns what to select for a group. A process that was restarted had several pids. */
export function selectionOf({ node, process, pid }: SeriesGroup, pids: readonly number[]): Partial<Selection> {
  if (process === null && pid === null) return { node, process: null, detail: 'node' };
  return { node, process: { node, process, pid: pids.at(-1) ?? null }, detail: 'process' };
}

export interface GroupSelection {
  /** The index of the selected group, negative for none. */
  activeOf: (groups: readonly SeriesGroup[]) => number;
  choose: (group: SeriesGroup | undefined) => void;
}

export function useGroupSelection(pidsOf: (group: SeriesGroup) => readonly number[]): GroupSelection {
  const select = useSelection((state) => state.select);
  const node = useSelection((state) => state.node);
  const process = useSelection((state) => state.process);
  const choose = useCallback(
    (group: SeriesGroup | undefined) => {
      if (group !== undefined) select(selectionOf(group, pidsOf(group)));
    },
    [select, pidsOf],
  );
  return { activeOf: (groups) => groups.findIndex((group) => isSelected(group, { node, process })), choose };
}
