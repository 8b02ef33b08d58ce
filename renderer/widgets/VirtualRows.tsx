/**
 * Virtual rows are a list of up to hundreds of millions of rows. Only the rows in view are in the
 * document. Their layer sticks to the viewport, so that a fast scroll shows rows that are a frame
 * late rather than a blank. `viewport.ts` has the arithmetic, `virtual-rows-model.ts` the
 * decisions.
 */
// biome-ignore-all lint/a11y/noStaticElementInteractions: the role is set at run time: grid or tree
import {
  type AriaAttributes,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
} from 'react';
import type { MenuItem } from './Menu.tsx';
import { RowLayer, type RowLook } from './RowLayer.tsx';
import { RowItemsContext } from './row-items.tsx';
import { useListKeys } from './use-list-keys.ts';
import { tookFocus, useRowActions } from './use-row-actions.tsx';
import { type RowCursorOptions, useRowCursor } from './use-row-cursor.ts';
import { useRowHeights } from './use-row-heights.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useScrollBar } from './use-scroll-bar.ts';
import { useTail } from './use-tail.ts';
import { useViewport, type ViewportOptions } from './use-viewport.ts';
import { useViewportSize } from './use-viewport-size.ts';
import { type Align, scrollHeight } from './viewport.ts';
import { drawnRows } from './virtual-rows-model.ts';
import './virtual-rows.css';

export interface VirtualRowsHandle {
  scrollToRow(index: number, align?: Align): void;
  /** Returns the first row in view, to hold the place when the rows change. */
  topRow(): number;
  focus(): void;
  /** Moves the cursor to a row and scrolls it into view. */
  moveTo(index: number): void;
  /** Returns menu items that copy and save. Null means no row in particular. */
  itemsFor(index: number | null): MenuItem[];
}

export interface VirtualRowsProps extends ViewportOptions, RowCursorOptions, RowLook {
  /** The accessible name. */
  label: string;
  /** Lets the owner draw the menu of a row, with `items` for copying and saving besides its own. */
  onMenu?: (event: MouseEvent, index: number, items: MenuItem[]) => void;
  /** Stays above the rows and scrolls sideways with them. */
  header?: ReactNode;
  columnCount?: number;
  /** The number of rows drawn beyond those in view, at each end. Use few if rows are expensive. */
  overscan?: number;
  /**
   * The rows keep no state of their own. After a jump past all drawn rows, the list reuses their
   * elements, which is much cheaper than making new ones.
   */
  recycles?: boolean;
  handle?: Ref<VirtualRowsHandle>;
  className?: string;
}

const OVERSCAN_ROWS = 8;

export function VirtualRows(props: VirtualRowsProps) {
  const { count, rowHeight, active = null, header, headerHeight = 0, overscan = OVERSCAN_ROWS } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const viewport = useViewport(props);
  const { extent, place, latest, scrollToRow } = viewport;
  const rows = drawnRows(extent, place, viewport.inView, overscan);
  const keyOf = useRowKeys(rows.first, rows.last, props.recycles === true);
  useViewportSize(viewport, scroller);
  useRowHeights(viewport, layer);
  const onScroll = useScrollBar(viewport, scroller);
  useTail(viewport);

  const cursor = useRowCursor(props, scroller);
  const { selection, moveTo } = cursor;
  const actions = useRowActions({ scroller, rows: props.rows, selection, active, count, onMenu: props.onMenu });
  const onKeyDown = useListKeys({
    viewport,
    scroller,
    moveTo: props.onActive === undefined ? null : moveTo,
    onToggle: (index) => moveTo(index, { extend: false, toggle: true }),
    onOpen: props.onOpen,
  });
  useImperativeHandle(props.handle, () => ({
    scrollToRow,
    topRow: () => latest.current.place.index,
    focus: () => scroller.current?.focus({ preventScroll: true }),
    moveTo: (index) => {
      moveTo(index, { extend: false, toggle: false });
      scrollToRow(index);
    },
    itemsFor: (index) => actions.itemsFor(index),
  }));

  const style = { '--row-height': `${rowHeight}px`, '--header-height': `${headerHeight}px` };
  const isActiveDrawn = active !== null && active >= rows.first && active <= rows.last;
  return (
    <div
      ref={scroller}
      className={`virtual-rows ${props.wrap === true ? 'virtual-rows--wrap' : ''} ${props.className ?? ''}`}
      style={style}
      role={props.role ?? 'grid'}
      {...ariaOf(props, isActiveDrawn ? `${id}${active}` : undefined)}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onFocus={(event) => tookFocus(event.currentTarget)}
      onContextMenu={actions.onContextMenu}
    >
      <RowItemsContext value={props.rows === undefined ? null : actions.itemsFor}>
        <div className="virtual-rows__space" style={{ height: scrollHeight(extent) + headerHeight }}>
          {header !== undefined && <div className="virtual-rows__header">{header}</div>}
          <RowLayer
            look={props}
            rows={rows}
            layer={layer}
            height={extent.viewportHeight}
            id={id}
            active={active}
            keyOf={keyOf}
            isSelected={cursor.isSelected}
            firstPosition={headerRows(header) + 1}
            onMouseDown={cursor.onMouseDown}
          />
        </div>
      </RowItemsContext>
      {actions.menu}
    </div>
  );
}

const headerRows = (header: ReactNode) => (header === undefined ? 0 : 1);

/** Returns what the list tells assistive technology besides its role. */
function ariaOf(props: VirtualRowsProps, activeId: string | undefined): AriaAttributes {
  return {
    'aria-label': props.label,
    'aria-rowcount': props.role === 'tree' ? undefined : props.count + headerRows(props.header),
    'aria-colcount': props.columnCount,
    'aria-activedescendant': activeId,
    'aria-multiselectable': props.isSelected === undefined && props.rows === undefined ? undefined : true,
  };
}
