/**
 * A series is the values of one thing over time, such as the memory of a process. The hooks list
 * the series of the case and ask for the curves of some of them.
 */
import { useMemo } from 'react';
import type { SeriesInfo } from '../../electron/contract/series-records.ts';
import { useCase } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import { type Curve, withGaps } from './series-data.ts';
import { useTimeAxis } from './TimeAxisContext.tsx';

const none: readonly SeriesInfo[] = [];
const noCurves: ReadonlyMap<number, Curve> = new Map();

/** Returns all series of the case, if wanted. The array stays the same as long as the series do. */
export function useSeriesList(isWanted = true): { series: readonly SeriesInfo[]; isLoading: boolean } {
  const caseId = useCase((state) => state.caseId);
  const { data, isLoading } = useCommand('resources.list', caseId === null || !isWanted ? null : { caseId });
  return { series: data ?? none, isLoading };
}

export interface CurvesOptions {
  /** The most points of all curves together. More would be sent without being visible. */
  budget?: number;
  /** The delay for rows of a list: a row scrolled past faster is not asked for. */
  delayMs?: number;
}

const BUDGET = 80_000;
const LEAST_POINTS = 48;
/** A pixel's minimum and maximum, and its ends. */
const POINTS_A_PIXEL = 2;

/**
 * Returns the curves of some series over the visible range, decimated to the pixels they cover. It
 * asks for them once the range rests; until then the existing curves move with the axis.
 */
export function useCurves(
  infos: readonly SeriesInfo[],
  { budget = BUDGET, delayMs }: CurvesOptions = {},
): { curves: ReadonlyMap<number, Curve>; isLoading: boolean } {
  const caseId = useCase((state) => state.caseId);
  const axis = useTimeAxis();
  const { settled, fullFromUs, fullToUs } = axis;
  // The whole run includes samples before and after it.
  const fromUs = settled.fromUs === fullFromUs ? null : settled.fromUs;
  const toUs = settled.toUs === fullToUs ? null : settled.toUs;
  // Rounded, so that dragging the window wider does not ask at every pixel.
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
