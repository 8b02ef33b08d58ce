/**
 * The curve of the cause: memory, disk, durations or failures over time, whichever shows the root
 * cause, with its moment marked. A click leads to the graph or the lanes at that time.
 */

import { useMemo } from 'react';
import { isoTime } from '../../../electron/contract/json-values.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatClock } from '../../base/format-time.ts';
import { Plot } from '../../charts/Plot.tsx';
import { useCase, useNavigation, useView } from '../../state/StoresContext.tsx';
import { durationsPlot, failuresPlot, seriesPlot } from './cause-plots.ts';
import type { CauseCurve as CurveKind } from './root-cause.ts';
import { useAttemptsPlotData, useMemoryOfCause } from './use-cause-data.ts';

/** The curve grows with a taller card beside it. */
const LEAST_PX = 196;

export interface CauseCurveProps {
  info: RunInfo;
  of: CurveKind;
  timeUs: number | null;
}

export function CauseCurve({ info, of, timeUs }: CauseCurveProps) {
  const wantsSeries = of === 'memory' || of === 'disk';
  const series = useMemoryOfCause(wantsSeries ? info : null, of);
  // If no sample was kept, failures over time are the next best thing.
  const isFallback = wantsSeries && series.isKnown && series.lines.length === 0;
  return wantsSeries && !isFallback ? (
    <SeriesCurve info={info} timeUs={timeUs} series={series} />
  ) : (
    <AttemptsCurve info={info} timeUs={timeUs} of={of === 'durations' ? 'durations' : 'failures'} />
  );
}

type Series = ReturnType<typeof useMemoryOfCause>;

function SeriesCurve({ info, timeUs, series }: { info: RunInfo; timeUs: number | null; series: Series }) {
  const zone = useView((state) => state.zone);
  const navigation = useNavigation();
  const spec = useMemo(
    () => seriesPlot(info, series.title, series.lines, timeUs, (us) => formatClock(us, zone, 'second')),
    [info, series, timeUs, zone],
  );
  if (!series.isKnown) return null;
  return (
    <Plot
      spec={spec}
      height={LEAST_PX}
      grows
      formatX={isoTime}
      head={<strong>{series.title}</strong>}
      onChoose={(us) =>
        navigation.navigate({
          view: 'resources',
          options: { metric: series.metric ?? '', graph: series.process === null ? '' : 'processes' },
          selection: { timeUs: us, node: info.firstCause?.node ?? null, process: series.process },
        })
      }
    />
  );
}

function AttemptsCurve({ info, timeUs, of }: { info: RunInfo; timeUs: number | null; of: 'durations' | 'failures' }) {
  const zone = useView((state) => state.zone);
  const navigation = useNavigation();
  const caseId = useCase((state) => state.caseId);
  const data = useAttemptsPlotData(caseId, of);
  const spec = useMemo(() => {
    const clock = (us: number) => formatClock(us, zone, 'second');
    if (of === 'durations') return durationsPlot(info, data.dots, data.slowNodes, data.medianSeconds, timeUs, clock);
    return failuresPlot(info, data.overTime, timeUs, clock);
  }, [info, data, of, timeUs, zone]);
  if (spec === null) return null;
  return (
    <Plot
      spec={spec}
      height={LEAST_PX}
      grows
      formatX={isoTime}
      head={<strong>{spec.title}</strong>}
      onChoose={(us) => navigation.navigate({ view: 'lanes', selection: { timeUs: us } })}
    />
  );
}
