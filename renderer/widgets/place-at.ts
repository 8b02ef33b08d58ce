/** A point, or the box of the element that something hangs from. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function pointBox(x: number, y: number): Box {
  return { left: x, top: y, right: x, bottom: y };
}

const GAP_PX = 4;
const EDGE_PX = 8;

/**
 * Places a fixed element below or beside a box. Without room it goes to the other side, and it
 * never leaves the window.
 */
export function placeAt(
  element: HTMLElement,
  box: Box,
  side: 'below' | 'beside',
  align: 'start' | 'end' = 'start',
): void {
  const { offsetWidth: width, offsetHeight: height } = element;
  let x: number;
  let y: number;
  if (side === 'below') {
    const isRoomBelow = box.bottom + GAP_PX + height <= window.innerHeight - EDGE_PX;
    y = isRoomBelow || box.top < height + GAP_PX ? box.bottom + GAP_PX : box.top - GAP_PX - height;
    x = align === 'start' ? box.left : box.right - width;
  } else {
    const isRoom = box.right + width <= window.innerWidth - EDGE_PX;
    x = isRoom ? box.right : box.left - width;
    y = box.top;
  }
  const left = Math.max(EDGE_PX, Math.min(x, window.innerWidth - width - EDGE_PX));
  const top = Math.max(EDGE_PX, Math.min(y, window.innerHeight - height - EDGE_PX));
  element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}
