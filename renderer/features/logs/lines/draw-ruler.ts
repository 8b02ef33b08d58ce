/**
 * Drawing the ruler: the rows in view as a frame, each track in its lane, and the marks across all
 * lanes.
 */
import type { Pen } from '../../../charts/pen.ts';
import type { Colour } from '../../../charts/use-theme-colours.ts';
import type { RulerLane, RulerTrack } from './ruler-model.ts';

export interface RulerDrawing {
  tracks: readonly RulerTrack[];
  /** The marked lines, as shares of the scale. */
  marks: readonly number[];
  /** The rows in view, as shares of the scale, or null if there are none. */
  inView: { from: number; to: number } | null;
  colour: Colour;
}

/** Where the lane of a track begins, and its width. */
const lanes: Record<Exclude<RulerLane, 'mark'>, [number, number]> = { level: [2, 5], hit: [8, 5], word: [14, 5] };
const LEAST_MARK_PX = 2;
const LEAST_VIEW_PX = 3;

export function drawRuler(pen: Pen, width: number, height: number, drawing: RulerDrawing): void {
  const { tracks, marks, inView, colour } = drawing;
  if (inView !== null) {
    const top = inView.from * height;
    const high = Math.max(LEAST_VIEW_PX, (inView.to - inView.from) * height);
    pen.fillStyle = colour('surface-hover');
    pen.fillRect(0, top, width, high);
    pen.strokeStyle = colour('line-strong');
    pen.strokeRect(0.5, Math.round(top) + 0.5, width - 1, Math.round(high) - 1);
  }
  // Words share their lane.
  const words = tracks.filter((track) => track.lane === 'word');
  for (const track of tracks) {
    if (track.lane === 'mark') continue;
    const [left, laneWidth] = lanes[track.lane];
    const isWord = track.lane === 'word';
    const wide = Math.max(1, laneWidth / (isWord ? words.length : 1));
    pen.fillStyle = colour(track.token);
    drawPlaces(pen, track.places, left + (isWord ? words.indexOf(track) * wide : 0), wide, height);
  }
  pen.fillStyle = colour('accent');
  for (const at of marks) pen.fillRect(0, Math.floor(at * height) - 1, width, LEAST_MARK_PX);
}

function drawPlaces(pen: Pen, places: RulerTrack['places'], x: number, wide: number, height: number): void {
  if (places.of === 'each') {
    for (const at of places.at) pen.fillRect(x, Math.floor(at * height), wide, LEAST_MARK_PX);
    return;
  }
  const { counts } = places;
  const most = Math.max(1, ...counts);
  const high = height / counts.length;
  counts.forEach((count, part) => {
    if (count === 0) return;
    // A part with few hits still shows; one with many fills its lane.
    const share = 0.3 + 0.7 * Math.sqrt(count / most);
    pen.fillRect(x, part * high, wide * share, Math.max(LEAST_MARK_PX, high));
  });
}
