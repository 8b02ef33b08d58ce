/** The pointer over the heat map: the row under it, and the choice of a row by a click. */
import { type RefObject, useState } from 'react';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import type { SeriesGroup } from './series-groups.ts';
import type { HeatRows } from './use-heat-rows.ts';

export function useHeatPointer(
  area: RefObject<HTMLElement | null>,
  { rows, rowPx, scrollTop }: HeatRows,
  choose: (group: SeriesGroup | undefined) => void,
) {
  /** The position of the pointer in the area. The row under it changes as the rows scroll. */
  const [pointerY, setPointerY] = useState<number | null>(null);
  const yOf = (event: { clientY: number }) => event.clientY - (area.current?.getBoundingClientRect().top ?? 0);
  const indexAt = (y: number) => Math.floor((y + scrollTop) / rowPx);
  const pointer = useTimePointer(area, {
    wheel: 'scroll',
    onMove: (_us, event) => setPointerY(yOf(event)),
    onLeave: () => setPointerY(null),
    onClick: (_us, event) => choose(rows[indexAt(yOf(event))]),
  });
  const index = pointerY === null ? -1 : indexAt(pointerY);
  const group = rows[index];
  /** The group under the pointer, and the middle of its row. */
  const hover = group === undefined ? null : { group, y: index * rowPx - scrollTop + rowPx / 2 };
  return { pointer, hover };
}
