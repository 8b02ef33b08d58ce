/**
 * The error budget is the number of items that may fail. This part draws the failed items over time
 * against it, and says in words which figures are assumed or unknown.
 */
import { memo, useCallback, useMemo, useRef } from 'react';
import type { ErrorBudget } from '../../../electron/contract/analysis.ts';
import { csvTable } from '../../../electron/contract/csv.ts';
import { isoTime } from '../../../electron/contract/json-rows.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import type { Pen } from '../../charts/pen.ts';
import { SaveDrawing } from '../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useTimeSteps } from '../../charts/use-time-steps.ts';
import { useCase, useView } from '../../state/StoresContext.tsx';
import { drawBudget } from './draw-budget.ts';
import { Section, type SectionProps } from './Section.tsx';

export const BudgetPart = memo(function BudgetPart({
  data,
  error,
}: {
  data: ErrorBudget | undefined;
  error: SectionProps['error'];
}) {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const zone = useView((state) => state.zone);
  const info = useCase((state) => state.info);
  const points = data?.points;
  const threshold = data?.threshold ?? null;
  const runEndUs = info?.endUs ?? null;
  const draw = useCallback(
    (context: Pen, _width: number, height: number) =>
      drawBudget(context, height, { axis, points: points ?? [], threshold, runEndUs, colour }),
    [axis, points, threshold, runEndUs, colour],
  );
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
  const times = useMemo(() => points?.map((point) => point.timeUs) ?? [], [points]);
  const steps = useTimeSteps('Failed items over time', times, (us) => {
    const failed = points?.findLast((point) => point.timeUs <= us)?.failed ?? 0;
    return `${formatClock(us, zone)}: ${formatCount(failed, 'item')} failed`;
  });
  const isEmpty = (points?.length ?? 0) === 0;
  const said = info?.items.failed ?? null;
  return (
    <Section
      id="budget"
      title="Error budget"
      isWide
      error={error}
      summary={data === undefined ? '' : budgetWords(data, said, (us) => formatClock(us, zone))}
      counted={{
        how: 'Items that failed in the attempt of each mini-batch that decided, added up in order of time. A mini-batch that failed without figures counts with all items it was given: its inputs, or the size that all have.',
        cli: 'postrun info PATH --json | jq .items',
        sql: 'SELECT mini_batch, items_failed, end_time AS time FROM mini_batches WHERE items_failed > 0 ORDER BY end_time',
      }}
    >
      {data !== undefined && !isEmpty && (
        <div className="graph-save">
          <SaveDrawing
            title="Error budget"
            draw={draw}
            canvas={canvas}
            csv={() =>
              csvTable(
                ['time', 'items failed'],
                data.points.map((point) => [isoTime(point.timeUs), point.failed]),
              )
            }
          />
        </div>
      )}
      {data !== undefined && !isEmpty && (
        <div ref={plot} className="budget" {...handlers} {...steps}>
          <canvas ref={canvas} />
          <TimeBrush range={brush} />
          <TimeCursor />
        </div>
      )}
    </Section>
  );
});

function budgetWords(data: ErrorBudget, said: number | null, clock: (us: number) => string): string {
  const { threshold, failed, exceededUs, assumedMiniBatches, unknownMiniBatches } = data;
  const allowed =
    threshold === null
      ? 'The logs do not say how many may fail.'
      : threshold < 0
        ? 'Any number may fail.'
        : `${formatCount(threshold, 'item')} may fail.`;
  const parts = [allowed];
  if (said !== null && said > 0) parts.push(`The run says that ${formatCount(said, 'item')} failed.`);
  else if (failed === 0 && unknownMiniBatches === 0) parts.push('None failed.');
  if (failed > 0 && failed !== said) parts.push(`${formatNumber(failed)} are counted by mini-batch.`);
  if (exceededUs !== null) parts.push(`The threshold was passed at ${clock(exceededUs)}.`);
  if (assumedMiniBatches > 0)
    parts.push(
      `${formatCount(assumedMiniBatches, 'mini-batch', 'mini-batches')} failed without figures and ${assumedMiniBatches === 1 ? 'counts' : 'count'} with all items given.`,
    );
  if (unknownMiniBatches > 0)
    parts.push(
      `How many items ${unknownMiniBatches === 1 ? 'one more had' : `${formatNumber(unknownMiniBatches)} more had`} that failed is unknown.`,
    );
  return parts.join(' ');
}
