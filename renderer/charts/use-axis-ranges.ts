/** The ranges of the time axis as case, filter and zoom now give them. */
import { useMemo } from 'react';
import { useCase, useFilter } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import { type AxisRanges, axisRanges } from './axis-ranges.ts';
import type { TimeRange } from './time-scale.ts';

/** Returns the same object as long as no bound changes. */
export function useAxisRanges(zoom: TimeRange | null | undefined): AxisRanges {
  const caseId = useCase((state) => state.caseId);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const endUs = useCase((state) => state.info?.endUs ?? null);
  const fromUs = useFilter((state) => state.filter.fromUs);
  const toUs = useFilter((state) => state.filter.toUs);
  const whole = useCommand('timeline.activity', caseId === null ? null : { caseId, filter: {}, buckets: 1 });
  const linesFromUs = whole.data?.fromUs ?? 0;
  const linesToUs = whole.data?.toUs ?? 0;
  return useMemo(
    () =>
      axisRanges({
        lines: linesFromUs > 0 ? { fromUs: linesFromUs, toUs: linesToUs } : null,
        run: { startUs, endUs },
        filter: { fromUs, toUs },
        zoom,
      }),
    [linesFromUs, linesToUs, startUs, endUs, fromUs, toUs, zoom],
  );
}
