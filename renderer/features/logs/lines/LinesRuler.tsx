/**
 * The ruler of the pane's lines gathers what {@link Ruler} draws: the scale of the lines, the
 * tracks of levels, words and searches, and the marks. A click on it moves the cursor.
 */
import { useCallback, useMemo } from 'react';
import { useNotebook } from '../../../state/StoresContext.tsx';
import { lineOfRow } from '../model/fold-map.ts';
import { goToTime } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import { levelCounts, placeAt, scaleOf, shareAt } from './lines-scale.ts';
import { Ruler } from './Ruler.tsx';
import type { RangeStore } from './range-store.ts';
import { useMarkPlaces } from './use-mark-places.ts';
import type { PaneLines } from './use-pane-lines.ts';
import { type LiveTrack, useRulerTracks } from './use-ruler-tracks.ts';
import { useTimeSpan } from './use-time-span.ts';

export interface LinesRulerProps {
  files: FilesView;
  lines: PaneLines;
  /** The searches whose hits are drawn. */
  live: readonly LiveTrack[];
  range: RangeStore;
  goTo: (index: number) => void;
}

const noFiles: readonly number[] = [];
const nothing = { kind: null, order: null, fileIds: noFiles };

export function LinesRuler({ files, lines, live, range, goTo }: LinesRulerProps) {
  const { stream, total, rowAt } = lines;
  const { map } = lines.folds;
  const marks = useNotebook((state) => state.marks);
  const words = useNotebook((state) => state.words);
  const { kind, order, fileIds } = stream ?? nothing;
  const span = useTimeSpan(stream);
  const scale = useMemo(() => scaleOf(kind, order, total, span), [kind, order, total, span]);
  const counts = useMemo(() => levelCounts(fileIds, files), [fileIds, files]);
  const tracks = useRulerTracks(stream, counts, words, live, scale);
  const places = useMarkPlaces(stream, files, marks, scale);
  const shareOf = useCallback(
    (row: number): number | null => {
      if (scale === null) return null;
      const place = scale.of === 'lines' ? lineOfRow(map, row) : (rowAt(row)?.timeUs ?? null);
      return place === null ? null : shareAt(scale, place);
    },
    [scale, map, rowAt],
  );
  if (scale === null || stream === null) return null;
  const onJump = (share: number) => {
    const place = placeAt(scale, share);
    if (scale.of === 'lines') goTo(place);
    else goToTime(stream, place, goTo);
  };
  return <Ruler tracks={tracks} marks={places} scale={scale} range={range} shareOf={shareOf} onJump={onJump} />;
}
