/**
 * The ruler shows all lines at a glance: errors and warnings on the left, hits in the middle,
 * coloured words on the right, marks across. It is for the pointer; the keys `e`, `n`, `]` and the
 * go-to box reach the same places.
 */
import { type MouseEvent, useCallback, useState } from 'react';
import { useStore } from 'zustand';
import { formatNumber } from '../../../base/format.ts';
import { formatDateTime } from '../../../base/format-time.ts';
import { safeText } from '../../../base/safe-text.ts';
import type { Pen } from '../../../charts/pen.ts';
import { useCanvas } from '../../../charts/use-canvas.ts';
import { useThemeColours } from '../../../charts/use-theme-colours.ts';
import { useView } from '../../../state/StoresContext.tsx';
import type { RangeStore } from './range-store.ts';
import { countIn, nearestPlace, type RulerLane, type RulerScale, type RulerTrack } from './ruler-model.ts';
import './ruler.css';

export interface RulerProps {
  tracks: readonly RulerTrack[];
  /** The marked lines, as shares of the scale. */
  marks: readonly number[];
  scale: RulerScale;
  range: RangeStore;
  /** Returns the share of the scale at which a row stands. */
  shareOf: (row: number) => number | null;
  onJump: (share: number) => void;
}

const WIDTH = 20;
const lanes: Record<RulerLane, [number, number]> = { level: [2, 5], hit: [8, 5], word: [14, 5], mark: [0, WIDTH] };
const LEAST_MARK_PX = 2;
const REACH_PX = 4;

export function Ruler({ tracks, marks, scale, range, shareOf, onJump }: RulerProps) {
  const colour = useThemeColours();
  const zone = useView((state) => state.zone);
  const inView = useStore(range);
  const [tip, setTip] = useState<{ y: number; text: string } | null>(null);

  const draw = useCallback(
    (context: Pen, width: number, height: number) => {
      const from = shareOf(inView.first);
      const to = shareOf(inView.last + 1) ?? 1;
      if (from !== null && inView.last >= inView.first) {
        const high = Math.max(3, (to - from) * height);
        context.fillStyle = colour('surface-hover');
        context.fillRect(0, from * height, width, high);
        context.strokeStyle = colour('line-strong');
        context.strokeRect(0.5, Math.round(from * height) + 0.5, width - 1, Math.round(high) - 1);
      }
      const wordTracks = tracks.filter((track) => track.lane === 'word');
      for (const track of tracks) {
        const [laneX, laneWide] = lanes[track.lane];
        const inLane = track.lane === 'word' ? wordTracks.length : 1;
        const wide = Math.max(1, laneWide / inLane);
        const x = laneX + (track.lane === 'word' ? wordTracks.indexOf(track) * wide : 0);
        context.fillStyle = colour(track.token);
        if (track.places.of === 'each') {
          for (const at of track.places.at) context.fillRect(x, Math.floor(at * height), wide, LEAST_MARK_PX);
          continue;
        }
        const { counts } = track.places;
        const most = Math.max(1, ...counts);
        const high = height / counts.length;
        counts.forEach((count, part) => {
          if (count === 0) return;
          // A part with few hits still shows; one with many fills its lane.
          const share = 0.3 + 0.7 * Math.sqrt(count / most);
          context.fillRect(x, part * high, wide * share, Math.max(LEAST_MARK_PX, high));
        });
      }
      context.fillStyle = colour('accent');
      for (const at of marks) context.fillRect(0, Math.floor(at * height) - 1, width, LEAST_MARK_PX);
    },
    [tracks, marks, inView, colour, shareOf],
  );
  const canvas = useCanvas(draw);

  const markTrack: RulerTrack = {
    id: 'marks',
    lane: 'mark',
    token: 'accent',
    title: marks.length === 1 ? 'marked line' : 'marked lines',
    total: marks.length,
    places: { of: 'each', at: marks },
  };
  const shareUnder = (event: MouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { y: event.clientY - box.top, height: box.height, share: (event.clientY - box.top) / box.height };
  };
  const describe = (share: number, height: number): string => {
    const place =
      scale.of === 'lines'
        ? `Line ${formatNumber(Math.min(scale.total, Math.floor(share * scale.total) + 1))}`
        : formatDateTime(scale.fromUs + share * (scale.toUs - scale.fromUs), zone, 'second');
    const near = [...tracks, markTrack]
      .map((track) => ({ track, count: countIn(track.places, share - REACH_PX / height, share + REACH_PX / height) }))
      .filter(({ count }) => count > 0)
      // Counts over time are spread within their blocks, so a fraction of a line counts as one.
      .map(({ track, count }) => `${formatNumber(Math.max(1, Math.round(count)))} ${safeText(track.title)}`);
    return [place, ...near].join(' · ');
  };

  return (
    <div
      className="ruler"
      aria-hidden="true"
      onPointerMove={(event) => {
        const { y, height, share } = shareUnder(event);
        setTip({ y, text: describe(share, height) });
      }}
      onPointerLeave={() => setTip(null)}
      onClick={(event) => {
        const { height, share } = shareUnder(event);
        onJump(nearestPlace([...tracks, markTrack], share, REACH_PX / height) ?? share);
      }}
    >
      <canvas ref={canvas} className="ruler__canvas" />
      {tip !== null && (
        <div className="ruler__tip" style={{ top: tip.y }}>
          {tip.text}
        </div>
      )}
    </div>
  );
}
