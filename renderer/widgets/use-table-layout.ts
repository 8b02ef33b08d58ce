/**
 * A table layout is how a person arranged the columns of a table: widths, order, hidden ones. The
 * view store keeps it by the name of the table, so that it outlives the window.
 */
import { type PointerEvent as ReactPointerEvent, useCallback, useMemo } from 'react';
import { useStores, useView } from '../state/StoresContext.tsx';
import {
  LEAST_COLUMN_PX,
  MOST_COLUMN_PX,
  moveColumn,
  orderedColumns,
  shownColumns,
  type TableLayout,
  usualLayout,
} from '../state/table-layout.ts';

interface ColumnLike {
  id: string;
  width: string;
}

export interface TableColumns<C> {
  /** The visible columns, in order. */
  shown: readonly C[];
  /** All columns, in order. */
  ordered: readonly C[];
  isHidden: (id: string) => boolean;
  /** The CSS grid tracks of the visible columns. */
  tracks: string;
  isUsual: boolean;
  resize: (id: string, px: number) => void;
  toggle: (id: string) => void;
  move: (id: string, to: string) => void;
  moveBy: (id: string, by: 1 | -1) => void;
  reset: () => void;
  /** Handles the grip of a column. */
  onGrip: (id: string, event: ReactPointerEvent<HTMLElement>) => void;
}

/** Returns the columns as arranged. `name` is the key of the kept layout. */
export function useTableLayout<C extends ColumnLike>(name: string, columns: readonly C[]): TableColumns<C> {
  const { view } = useStores();
  const layout = useView((state) => state.tables[name]) ?? usualLayout;
  const change = useCallback(
    (next: Partial<TableLayout> | null) => {
      const { tables, set } = view.getState();
      const { [name]: before = usualLayout, ...others } = tables;
      set({ tables: next === null ? others : { ...others, [name]: { ...before, ...next } } });
    },
    [view, name],
  );
  return useMemo(() => {
    const ordered = orderedColumns(columns, layout);
    const shown = shownColumns(columns, layout);
    const ids = ordered.map(({ id }) => id);
    const resize = (id: string, px: number) => {
      const width = Math.round(Math.min(MOST_COLUMN_PX, Math.max(LEAST_COLUMN_PX, px)));
      const { widths } = view.getState().tables[name] ?? usualLayout;
      change({ widths: { ...widths, [id]: width } });
    };
    const move = (id: string, to: string) => change({ order: moveColumn(ids, id, to) });
    return {
      shown,
      ordered,
      isHidden: (id) => layout.hidden.includes(id),
      tracks: shown
        .map(({ id, width }) => (layout.widths[id] === undefined ? width : `${layout.widths[id]}px`))
        .join(' '),
      isUsual: layout === usualLayout,
      resize,
      toggle: (id) => {
        const { hidden } = layout;
        change({ hidden: hidden.includes(id) ? hidden.filter((each) => each !== id) : [...hidden, id] });
      },
      move,
      moveBy: (id, by) => {
        const to = shown[shown.findIndex((column) => column.id === id) + by]?.id;
        if (to !== undefined) move(id, to);
      },
      reset: () => change(null),
      onGrip: (id, event) => {
        const head = event.currentTarget.parentElement;
        if (event.button !== 0 || head === null) return;
        event.preventDefault();
        const { pointerId, currentTarget: grip } = event;
        const startX = event.clientX;
        const startPx = head.getBoundingClientRect().width;
        const onMove = (moved: PointerEvent) => resize(id, startPx + moved.clientX - startX);
        const onUp = () => {
          grip.removeEventListener('pointermove', onMove);
          grip.removeEventListener('pointerup', onUp);
          grip.removeEventListener('pointercancel', onUp);
        };
        grip.setPointerCapture(pointerId);
        grip.addEventListener('pointermove', onMove);
        grip.addEventListener('pointerup', onUp);
        grip.addEventListener('pointercancel', onUp);
      },
    };
  }, [columns, layout, name, view, change]);
}
