/**
 * The ruler shows all lines at a glance: errors and warnings on the left, hits in the middle,
 * coloured words on the right, marks across. It is for the pointer; the keys `e`, `n`, `]` and the
 * go-to box reach the same places.
 */
import { type MouseEvent, useCallback, useState } from 'react';
import { useStore } from 'zustand';
import type { Pen } from '../../../charts/pen.ts';
import { useCanvas } from '../../../charts/use-canvas.ts';
import { useThemeColours } from '../../../charts/use-theme-colours.ts';
import { useView } from '../../../state/StoresContext.tsx';
import { drawRuler } from './draw-ruler.ts';
import type { RangeStore } from './range-store.ts';
import { describeShare, markTrack, nearestPlace, type RulerScale, type RulerTrack } from './ruler-model.ts';
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

const REACH_PX = 4;

export function Ruler({ tracks, marks, scale, range, shareOf, onJump }: RulerProps) {
  const zone = useView((state) => state.zone);
  const canvas = useRulerCanvas({ tracks, marks, range, shareOf });
  const [tip, setTip] = useState<{ y: number; text: string } | null>(null);
  const all = [...tracks, markTrack(marks)];
  return (
    <div
      className="ruler"
      aria-hidden="true"
      onPointerMove={(event) => {
        const { y, share, reach } = placeUnder(event);
        setTip({ y, text: describeShare(share, scale, all, reach, zone) });
      }}
      onPointerLeave={() => setTip(null)}
      onClick={(event) => {
        const { share, reach } = placeUnder(event);
        onJump(nearestPlace(all, share, reach) ?? share);
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

/** Returns where the pointer is, in pixels and as a share, and how far around it reaches. */
function placeUnder(event: MouseEvent<HTMLElement>) {
  const { top, height } = event.currentTarget.getBoundingClientRect();
  const y = event.clientY - top;
  return { y, share: y / height, reach: REACH_PX / height };
}

type DrawnRuler = Pick<RulerProps, 'tracks' | 'marks' | 'range' | 'shareOf'>;

function useRulerCanvas({ tracks, marks, range, shareOf }: DrawnRuler) {
  const colour = useThemeColours();
  const rows = useStore(range);
  const draw = useCallback(
    (pen: Pen, width: number, height: number) => {
      const from = shareOf(rows.first);
      const to = shareOf(rows.last + 1) ?? 1;
      const inView = from !== null && rows.last >= rows.first ? { from, to } : null;
      drawRuler(pen, width, height, { tracks, marks, inView, colour });
    },
    [tracks, marks, rows, colour, shareOf],
  );
  return useCanvas(draw);
}
