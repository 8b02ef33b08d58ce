/**
 * A series is the values of one thing over time, such as the memory of a process. The hooks list
 * the series of the case and ask for the curves of some of them.
 */
import { useMemo } from 'react';
import type { SeriesInfo } from '../../electron/contract/records.ts';
import { useCase } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import { type Curve, withGaps } from './series-data.ts';
import { useTimeAxis } from './TimeAxisContext.tsx';

const none: readonly SeriesInfo[] = [];
const noCurves: ReadonlyMap<number, Curve> = new Map();

/** All series of the case, where they are wanted; the same array as long as they are the same. */
export function useSeriesList(isWanted = true): { series: readonly SeriesInfo[]; isLoading: boolean } {
  const caseId = useCase((state) => state.caseId);
  const { data, isLoading } = useCommand('resources.list', caseId === null || !isWanted ? null : { caseId });
  return { series: data ?? none, isLoading };
}

export interface CurvesOptions {
  /** All curves together have at most this many points: more would only be sent and not be seen. */
  budget?: number;
  /** For rows of a list: one that is scrolled past in less is not asked for. */
  delayMs?: number;
}

const BUDGET = 80_000;
const LEAST_POINTS = 48;
/** Least and greatest of a pixel, and its ends. */
const POINTS_A_PIXEL = 2;

/**
 * Curves of some series over the range that is shown, decimated to the pixels that they cover. They
 * are asked for when the hand rests: until then the curves that are here are drawn on the moving
 * axis.
 */
export function useCurves(
  infos: readonly SeriesInfo[],
  { budget = BUDGET, delayMs }: CurvesOptions = {},
): { curves: ReadonlyMap<number, Curve>; isLoading: boolean } {
  const caseId = useCase((state) => state.caseId);
  const axis = useTimeAxis();
  const { settled, fullFromUs, fullToUs } = axis;
  // Samples before and after the run belong to the whole of it.
  const fromUs = settled.fromUs === fullFromUs ? null : settled.fromUs;
  const toUs = settled.toUs === fullToUs ? null : settled.toUs;
  // In steps, so that a window that is dragged wider does not ask for each pixel.
  const pixels = Math.ceil(Math.max(axis.width, 200) / 100) * 100;
  const maxPoints = Math.min(
    pixels * POINTS_A_PIXEL,
    Math.max(LEAST_POINTS, Math.floor(budget / Math.max(1, infos.length))),
  );
  const isAsked = caseId !== null && infos.length > 0;
  const { data, isLoading } = useCommand(
    'resources.points',
    isAsked ? { caseId, seriesIds: infos.map((info) => info.seriesId), fromUs, toUs, maxPoints } : null,
    { delayMs },
  );
  const spanUs = settled.toUs - settled.fromUs;
  const bucketUs = (spanUs / maxPoints) * 4;
  const curves = useMemo(() => {
    if (data === undefined) return noCurves;
    const byId = new Map(infos.map((info) => [info.seriesId, info]));
    const made = new Map<number, Curve>();
    for (const points of data) {
      const info = byId.get(points.seriesId);
      if (info !== undefined) made.set(points.seriesId, withGaps(points, info, bucketUs));
    }
    return made;
  }, [data, infos, bucketUs]);
  return { curves, isLoading };
}
