/**
 * Virtual rows are a list of up to hundreds of millions of rows. Only the rows in view are in the
 * document. Their layer sticks to the viewport, so that a fast scroll shows rows that are a frame
 * late rather than a blank. `viewport.ts` has the arithmetic.
 */
// biome-ignore-all lint/a11y/useSemanticElements: a grid draws few elements for millions of rows
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/noStaticElementInteractions: the role is set at run time: grid or tree
// biome-ignore-all lint/a11y/useAriaPropsSupportedByRole: as above
import {
  type AriaAttributes,
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { useLatest } from '../state/use-latest.ts';
import { listKeyStep } from './list-keys.ts';
import type { MenuItem } from './Menu.tsx';
import { RowItemsContext } from './row-items.tsx';
import type { RowListing } from './row-listing.ts';
import { useMeasuredRows } from './use-measured-rows.ts';
import { tookFocus, useRowActions } from './use-row-actions.tsx';
import { useRowKeys } from './use-row-keys.ts';
import { useRowSelection } from './use-row-selection.ts';
import {
  type Align,
  type Anchor,
  clamp,
  type Extent,
  fromScrollTop,
  isExact,
  moveBy,
  scrollHeight,
  top,
  toRow,
  toScrollTop,
  visibleRange,
} from './viewport.ts';
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

export interface VirtualRowsProps {
  /** The accessible name. */
  label: string;
  count: number;
  rowHeight: number;
  renderRow: (index: number) => ReactNode;
  rowClass?: (index: number) => string | undefined;
  /** Allows rows higher than `rowHeight`. Only those in view are measured. */
  wrap?: boolean;
  /** Identifies the rows. The list forgets measured heights when it changes. */
  contentKey?: string | number;
  /**
   * Keeps the last row in view once it is, as `tail -f` does, when rows are added or the list gets
   * less room.
   */
  sticksToEnd?: boolean;
  /** The row that the keys move; null for none. Without `onActive`, keys scroll. */
  active?: number | null;
  onActive?: (index: number, how: { extend: boolean; toggle: boolean }) => void;
  /** For an owner that keeps the selection itself. Otherwise the list does. */
  isSelected?: (index: number) => boolean;
  /** Names the rows, so that they can be selected, copied and saved. Pass a stable object. */
  rows?: RowListing;
  /** Lets the owner draw the menu of a row, with `items` for copying and saving besides its own. */
  onMenu?: (event: MouseEvent, index: number, items: MenuItem[]) => void;
  /** Called on Enter or a double click. */
  onOpen?: (index: number) => void;
  /** Called with the rows at least partly in view, to fetch them. */
  onRange?: (first: number, last: number) => void;
  /** Stays above the rows and scrolls sideways with them. */
  header?: ReactNode;
  headerHeight?: number;
  /** With `tree`, rows are items of a tree, and `rowAria` gives their level and state. */
  role?: 'grid' | 'tree';
  /** Attributes of a row for assistive technology: its level, state and name. */
  rowAria?: (index: number) => AriaAttributes;
  /** The row's content has its own cells (`role="gridcell"`). */
  hasCells?: boolean;
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
  const { label, count, rowHeight, wrap = false, contentKey, active = null, header, headerHeight = 0 } = props;
  const isTree = props.role === 'tree';
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [anchor, setAnchor] = useState<Anchor>(top);
  const [viewportHeight, setViewportHeight] = useState(0);
  const measured = useMeasuredRows(`${wrap} ${contentKey}`);
  /**
   * Wrapped rows are measured once drawn. Until then the requested place is only an estimate, which
   * is computed again.
   */
  const goal = useRef<{ index: number; align: Align } | null>(null);
  /** The rows when last drawn, and whether the last of them was in view. */
  const drawn = useRef({ contentKey, count: 0, viewportHeight: 0, isAtEnd: false });
  const extent: Extent = wrap
    ? { count, rowHeight: Math.max(rowHeight, measured.mean ?? 0), viewportHeight, measured: measured.heights }
    : { count, rowHeight, viewportHeight, measured: null };
  const { forget } = measured;
  const place = clamp(extent, anchor);
  const latest = useLatest({ extent, place, props });
  /**
   * The position that the list last gave the scroll bar. A scroll event with another value comes
   * from the person.
   */
  const barTop = useRef(0);
  const countTyped = useRef('');
  const selection = useRowSelection(active, contentKey, props.onActive);
  const isSelected =
    props.isSelected ?? (props.rows === undefined ? (index: number) => index === active : selection.has);
  const actions = useRowActions({ scroller, rows: props.rows, selection, active, count, onMenu: props.onMenu });
  const moveTo = (index: number, how: { extend: boolean; toggle: boolean }) => {
    // A leftover text selection would be copied instead of the rows.
    if (how.extend || how.toggle) window.getSelection()?.removeAllRanges();
    if (props.isSelected === undefined && props.rows !== undefined) selection.moveTo(index, how);
    else props.onActive?.(index, how);
  };

  const [firstInView, lastInView] = visibleRange(extent, place);
  const { overscan = OVERSCAN_ROWS } = props;
  const first = Math.max(0, firstInView - overscan);
  const last = Math.min(count - 1, lastInView + overscan);
  let above = place.offset;
  for (let index = first; index < place.index; index++) above += extent.measured?.get(index) ?? extent.rowHeight;
  const rows: number[] = [];
  for (let index = first; index <= last; index++) rows.push(index);
  const keyOf = useRowKeys(first, last, props.recycles === true);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let width = element.clientWidth;
    const read = () => {
      if (element.clientWidth !== width) forget();
      width = element.clientWidth;
      const height = Math.max(0, element.clientHeight - headerHeight);
      const { extent: before, place: from, props: now } = latest.current;
      const [top, bottom] = visibleRange(before, from);
      // A pane that shrinks, such as when the drawer opens, keeps the active row in view.
      const isLost = now.active != null && now.active >= top && now.active <= bottom && height < before.viewportHeight;
      if (isLost && height > 0)
        setAnchor(toRow({ ...before, viewportHeight: height }, from, now.active ?? 0, 'nearest'));
      setViewportHeight(height);
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [headerHeight, latest, forget]);

  useLayoutEffect(() => {
    if (!wrap || layer.current === null) return;
    const heights: [number, number][] = [];
    for (const child of layer.current.children) {
      if (!(child instanceof HTMLElement) || child.dataset.index === undefined) continue;
      heights.push([Number(child.dataset.index), child.getBoundingClientRect().height]);
    }
    const known = measured.learn(heights);
    if (known === null || goal.current === null) return;
    setAnchor(toRow({ ...extent, measured: known }, place, goal.current.index, goal.current.align));
  });

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const wanted = toScrollTop(extent, place);
    // Reading `scrollTop` would force a layout of what has just changed.
    if (Math.abs(barTop.current - wanted) < 1) return;
    element.scrollTop = wanted;
    barTop.current = element.scrollTop;
  });

  useLayoutEffect(() => {
    const before = drawn.current;
    const isMore = before.count > 0 && count > before.count;
    // Less room hides the end just as more rows do. If all rows were in view, the first ones stay.
    const isLessRoom = viewportHeight < before.viewportHeight && place.index > 0;
    const isKept = before.contentKey === contentKey && before.isAtEnd && (isMore || isLessRoom);
    const isAtEnd = props.sticksToEnd === true && viewportHeight > 0 && (isKept || lastInView >= count - 1);
    drawn.current = { contentKey, count, viewportHeight, isAtEnd };
    if (!isKept) return;
    goal.current = { index: count - 1, align: 'end' };
    setAnchor(toRow(extent, place, count - 1, 'end'));
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows need the same range again
  useEffect(() => {
    if (viewportHeight > 0) latest.current.props.onRange?.(firstInView, Math.max(firstInView, lastInView));
  }, [firstInView, lastInView, viewportHeight, contentKey, latest]);

  // React's wheel listener is passive and cannot stop the browser from scrolling.
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { extent: now, place: from } = latest.current;
      if (isExact(now) || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      const unit = event.deltaMode === 1 ? now.rowHeight : event.deltaMode === 2 ? now.viewportHeight : 1;
      const next = moveBy(now, from, event.deltaY * unit);
      if (next.index === from.index && next.offset === from.offset) return;
      event.preventDefault();
      goal.current = null;
      flushSync(() => setAnchor(next));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [latest]);

  const onScroll = () => {
    const element = scroller.current;
    if (element === null) return;
    element.toggleAttribute('data-aside', element.scrollLeft > 0);
    if (Math.abs(element.scrollTop - barTop.current) < 1) return;
    barTop.current = element.scrollTop;
    const { extent: now } = latest.current;
    const isAtEnd = element.scrollTop >= scrollHeight(now) - now.viewportHeight - 1;
    goal.current = isAtEnd ? { index: now.count - 1, align: 'end' } : null;
    flushSync(() => setAnchor(fromScrollTop(now, element.scrollTop)));
  };

  const scrollToRow = (index: number, align: Align = 'nearest') => {
    const { extent: now, place: from } = latest.current;
    goal.current = { index, align };
    setAnchor(toRow(now, from, index, align));
  };
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

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === ' ' && (event.ctrlKey || event.metaKey) && active !== null && event.target === scroller.current) {
      moveTo(active, { extend: false, toggle: true });
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const step = listKeyStep(event, countTyped);
    if (step === null || count === 0) return;
    if (step.kind === 'open') {
      if (active === null || props.onOpen === undefined || event.target !== scroller.current) return;
      props.onOpen(active);
    } else if (step.kind !== 'count') {
      const page = Math.max(1, Math.floor(viewportHeight / rowHeight) - 1);
      const delta = step.rows + step.pages * page + Math.round(step.halves * (page / 2));
      if (props.onActive !== undefined) {
        const from = active ?? (delta > 0 ? firstInView - 1 : firstInView);
        const to =
          step.kind === 'first' ? 0 : step.kind === 'last' ? count - 1 : Math.min(Math.max(from + delta, 0), count - 1);
        const isArrow = step.kind === 'move' ? step.isArrow : event.key === 'Home' || event.key === 'End';
        window.getSelection()?.removeAllRanges();
        moveTo(to, { extend: event.shiftKey && isArrow, toggle: false });
        scrollToRow(to);
      } else if (step.kind === 'move') {
        goal.current = null;
        setAnchor(moveBy(extent, place, delta * rowHeight));
      } else if (step.kind === 'first') scrollToRow(0, 'start');
      else scrollToRow(count - 1, 'end');
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const onRowMouseDown = (index: number, event: MouseEvent) => {
    if (event.button !== 0 || (event.target as Element).closest('a, button, input') !== null) return;
    moveTo(index, { extend: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
    // Shift extends the selected rows, not a text selection over them.
    if (!event.shiftKey) return;
    event.preventDefault();
    scroller.current?.focus({ preventScroll: true });
  };

  const style = { '--row-height': `${rowHeight}px`, '--header-height': `${headerHeight}px` } as CSSProperties;
  return (
    <div
      ref={scroller}
      className={`virtual-rows ${wrap ? 'virtual-rows--wrap' : ''} ${props.className ?? ''}`}
      style={style}
      role={props.role ?? 'grid'}
      aria-label={label}
      aria-rowcount={isTree ? undefined : count + (header === undefined ? 0 : 1)}
      aria-colcount={props.columnCount}
      aria-activedescendant={active !== null && active >= first && active <= last ? `${id}${active}` : undefined}
      aria-multiselectable={props.isSelected === undefined && props.rows === undefined ? undefined : true}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onFocus={(event) => tookFocus(event.currentTarget)}
      onContextMenu={actions.onContextMenu}
    >
      <RowItemsContext value={props.rows === undefined ? null : actions.itemsFor}>
        <div className="virtual-rows__space" style={{ height: scrollHeight(extent) + headerHeight }}>
          {header !== undefined && <div className="virtual-rows__header">{header}</div>}
          <div className="virtual-rows__layer" style={{ height: viewportHeight }}>
            <div
              ref={layer}
              className="virtual-rows__rows"
              style={{ transform: `translateY(${-Math.round(above)}px)` }}
            >
              {rows.map((index) => (
                <div
                  key={keyOf(index)}
                  id={index === active ? `${id}${index}` : undefined}
                  data-index={index}
                  role={isTree ? 'treeitem' : 'row'}
                  aria-rowindex={isTree ? undefined : index + (header === undefined ? 1 : 2)}
                  {...props.rowAria?.(index)}
                  aria-selected={isSelected(index)}
                  className={`virtual-rows__row ${index === active ? 'is-active' : ''} ${props.rowClass?.(index) ?? ''}`}
                  onMouseDown={(event) => onRowMouseDown(index, event)}
                  onDoubleClick={() => props.onOpen?.(index)}
                >
                  {props.hasCells === true || isTree ? (
                    props.renderRow(index)
                  ) : (
                    <div role="gridcell" className="virtual-rows__cell">
                      {props.renderRow(index)}
                    </div>
                  )}
                </div>
              ))}
            </div>
          </div>
        </div>
      </RowItemsContext>
      {actions.menu}
    </div>
  );
}
