/**
 * The lanes view shows what each worker process did when: one lane per process and its successors,
 * one bar per attempt. It holds the toolbar and the legend; `LaneCanvas` shows the lanes.
 */
import { useMemo } from 'react';
import { outcomes } from '../../../electron/contract/records.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { compareMetrics, metricLook } from '../../charts/metrics.ts';
import { useSeriesList } from '../../charts/use-series.ts';
import { isIndexing } from '../../state/case-store.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { LaneCanvas } from './LaneCanvas.tsx';
import { type LaneSize, useLanesState } from './lanes-state.ts';
import { RangeSummary } from './RangeSummary.tsx';
import { useLaneList } from './use-lanes.ts';
import './lanes.css';

const sizes: { size: LaneSize; title: string }[] = [
  { size: 'small', title: 'S' },
  { size: 'medium', title: 'M' },
  { size: 'large', title: 'L' },
];

export function Lanes() {
  const isReading = useCase((state) => isIndexing(state.progress));
  const list = useLaneList();
  const { lanes, total, error } = list;
  const { series } = useSeriesList();
  const { size, metric, hasProcessCurves, set } = useLanesState();
  const hasProcessSeries = series.some((info) => info.process !== null || info.pid !== null);
  const looks = useMemo(() => {
    const byMetric = new Map(
      series
        .filter((info) => info.process === null && info.pid === null)
        .map((info) => [info.metric, metricLook(info)]),
    );
    return [...byMetric.values()].sort(compareMetrics);
  }, [series]);
  const look = looks.find((each) => each.metric === metric) ?? null;
  const nodes = useMemo(() => new Set(lanes.map((lane) => lane.node)).size, [lanes]);
  if (error !== null) return <ErrorBox error={error} />;
  if (total === null) return null;
  if (lanes.length === 0 && isReading) {
    return <EmptyState title="No process yet.">Lanes are made when all logs have been read.</EmptyState>;
  }
  if (lanes.length === 0) {
    return (
      <EmptyState title="No process here." isFiltered>
        The logs in this download name no worker process.
      </EmptyState>
    );
  }
  return (
    <div className="lanes">
      <div className="lanes__toolbar" role="toolbar" aria-label="Lanes">
        <span className="lanes__count">
          <strong>{formatCount(lanes.length, 'process', 'processes')}</strong> on {formatCount(nodes, 'node')}
        </span>
        {total > lanes.length && (
          <span className="faint">{`of ${formatNumber(total)}: those that were there in this range`}</span>
        )}
        {/* biome-ignore lint/a11y/useSemanticElements: a <fieldset> draws its own box */}
        <div className="segments" role="group" aria-label="Height of a lane">
          {sizes.map((each) => (
            <Button
              key={each.size}
              tone="quiet"
              isPressed={size === each.size}
              onClick={() => set({ size: each.size })}
            >
              {each.title}
            </Button>
          ))}
        </div>
        {looks.length > 0 && (
          <MenuButton
            label={look === null ? 'Curve at each node' : `Curve at each node: ${look.title}`}
            items={[
              { id: '', title: 'No curve', isChecked: look === null, run: () => set({ metric: null }) },
              ...looks.map((each, index) => ({
                id: each.metric,
                title: each.title,
                isChecked: each.metric === metric,
                startsGroup: index === 0,
                run: () => set({ metric: each.metric }),
              })),
            ]}
          >
            {look === null ? 'Curve' : look.title}
          </MenuButton>
        )}
        {hasProcessSeries && (
          <Button
            tone="quiet"
            isPressed={hasProcessCurves}
            title="Memory and CPU of each process below its lane"
            onClick={() => set({ hasProcessCurves: !hasProcessCurves })}
          >
            Memory and CPU
          </Button>
        )}
        <span className="lanes__legend">
          {outcomes.map((outcome) => (
            <span key={outcome} className="lanes__key">
              <span className={`lanes__bar lanes__bar--${outcome}`} />
              {outcomeLooks[outcome].word}
            </span>
          ))}
          <span className="lanes__key">
            <span className="lanes__idle" /> idle
          </span>
          <span className="lanes__key">
            <span className="lanes__seam" /> replaced
          </span>
          <span className="lanes__key" title="The exit code was not 0">
            <span className="lanes__exit">✕</span> process failed
          </span>
          <span className="lanes__key" title="Of the selected process">
            <span className="lanes__init" /> init()
          </span>
          {hasProcessCurves && (
            <>
              <span className="lanes__key">
                <span className="lanes__line lanes__line--memory" /> memory
              </span>
              <span className="lanes__key">
                <span className="lanes__line lanes__line--cpu" /> CPU
              </span>
            </>
          )}
        </span>
      </div>
      <LaneCanvas list={list} look={look} />
      <RangeSummary />
    </div>
  );
}
