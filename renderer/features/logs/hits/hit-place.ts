/**
 * A hit place is where the cursor stands among the hits: on a hit, or before the first hit after
 * the current line. It belongs to one answer of the search.
 */
export interface HitPlace {
  generation: number;
  index: number;
  /** The current line is a hit itself. */
  isHit: boolean;
}

/** Returns the place unless it belongs to an earlier answer or lies after all hits. */
export function placeIn(place: HitPlace | null, generation: number, total: number): HitPlace | null {
  return place !== null && place.generation === generation && place.index < total ? place : null;
}

/** Returns the hit that a step leads to, or null if there is none in that direction. */
export function stepFrom(place: HitPlace | null, total: number, direction: 1 | -1): number | null {
  const at = place?.index ?? 0;
  const next = direction === -1 ? at - 1 : place?.isHit === true ? at + 1 : at;
  return next < 0 || next >= total ? null : next;
}

/** Says why a step leads nowhere. */
export function endText(direction: 1 | -1, isRunning: boolean): string {
  if (direction === -1) return 'This is the first hit.';
  return isRunning ? 'This is the last hit so far.' : 'This is the last hit.';
}
