/**
 * The row layer holds the elements of the rows that are drawn. It sticks to the viewport, and is
 * shifted by the pixels that are scrolled past.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a grid draws few elements for millions of rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/noStaticElementInteractions: the role is set at run time: row or treeitem
import type { AriaAttributes, MouseEvent, ReactNode, RefObject } from 'react';
import type { DrawnRows } from './virtual-rows-model.ts';

/** How a list draws its rows. */
export interface RowLook {
  renderRow: (index: number) => ReactNode;
  rowClass?: (index: number) => string | undefined;
  /** With `tree`, rows are items of a tree, and `rowAria` gives their level and state. */
  role?: 'grid' | 'tree';
  /** Attributes of a row for assistive technology: its level, state and name. */
  rowAria?: (index: number) => AriaAttributes;
  /** The row's content has its own cells (`role="gridcell"`). */
  hasCells?: boolean;
  /** Called on Enter or a double click. */
  onOpen?: (index: number) => void;
}

export interface RowLayerProps {
  look: RowLook;
  rows: DrawnRows;
  /** The element whose children are the rows. */
  layer: RefObject<HTMLDivElement | null>;
  height: number;
  /** The id of a row's element is this and its index. */
  id: string;
  active: number | null;
  keyOf: (index: number) => number;
  isSelected: (index: number) => boolean;
  /** The place of row 0 among all rows, those of the header included. */
  firstPosition: number;
  onMouseDown: (index: number, event: MouseEvent) => void;
}

export function RowLayer(props: RowLayerProps) {
  const { look, layer, id, active, onMouseDown } = props;
  const { first, last, above } = props.rows;
  const isOneCell = look.hasCells !== true && look.role !== 'tree';
  const indexes: number[] = [];
  for (let index = first; index <= last; index++) indexes.push(index);
  return (
    <div className="virtual-rows__layer" style={{ height: props.height }}>
      <div ref={layer} className="virtual-rows__rows" style={{ transform: `translateY(${-Math.round(above)}px)` }}>
        {indexes.map((index) => (
          <div
            key={props.keyOf(index)}
            id={index === active ? `${id}${index}` : undefined}
            data-index={index}
            {...ariaOf(props, index)}
            className={`virtual-rows__row ${index === active ? 'is-active' : ''} ${look.rowClass?.(index) ?? ''}`}
            onMouseDown={(event) => onMouseDown(index, event)}
            onDoubleClick={() => look.onOpen?.(index)}
          >
            {isOneCell ? (
              <div role="gridcell" className="virtual-rows__cell">
                {look.renderRow(index)}
              </div>
            ) : (
              look.renderRow(index)
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Returns the role of a row and what it tells assistive technology. */
function ariaOf({ look, firstPosition, isSelected }: RowLayerProps, index: number): AriaAttributes & { role: string } {
  const isTree = look.role === 'tree';
  return {
    role: isTree ? 'treeitem' : 'row',
    'aria-rowindex': isTree ? undefined : index + firstPosition,
    ...look.rowAria?.(index),
    'aria-selected': isSelected(index),
  };
}
