import { useCallback, useMemo, useRef } from 'react';
import type { ErrorBudget } from '../../../electron/contract/analysis.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { TimeBrush } from '../../charts/TimeBrush.tsx';
import { TimeCursor } from '../../charts/TimeCursor.tsx';
import { useCanvas } from '../../charts/use-canvas.ts';
import { useThemeColours } from '../../charts/use-theme-colours.ts';
import { useTimePointer } from '../../charts/use-time-pointer.ts';
import { useCase, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { drawBudget } from './draw-budget.ts';
import { estimatedBudget } from './findings-model.ts';
import { Section, type SectionProps } from './Section.tsx';

const MOST = 2_000;

/** Failed items over time against the number that may fail. */
export function BudgetPart({ data, error }: { data: ErrorBudget | undefined; error: SectionProps['error'] }) {
  const axis = useTimeAxis();
  const colour = useThemeColours();
  const zone = useView((state) => state.zone);
  const caseId = useCase((state) => state.caseId);
  const info = useCase((state) => state.info);
  const unknown = data?.unknownMiniBatches ?? 0;
  const failures = useCommand(
    'batches.page',
    caseId === null || unknown === 0
      ? null
      : { caseId, filter: { outcome: { include: ['failed', 'timed_out'] } }, sort: 'endUs', start: 0, count: MOST },
  );
  const each = Math.max(1, (info?.items.total ?? 0) / Math.max(1, info?.miniBatches.total ?? 1));
  const rows = failures.data?.rows;
  const estimate = useMemo(
    () =>
      unknown === 0 || rows === undefined
        ? []
        : estimatedBudget(
            rows.filter((row) => row.total === null).flatMap((row) => row.endUs ?? []),
            each,
          ),
    [rows, each, unknown],
  );
  const points = data?.points;
  const threshold = data?.threshold ?? null;
  const runEndUs = info?.endUs ?? null;
  const draw = useCallback(
    (context: CanvasRenderingContext2D, _width: number, height: number) =>
      drawBudget(context, height, { axis, points: points ?? [], estimate, threshold, runEndUs, colour }),
    [axis, points, estimate, threshold, runEndUs, colour],
  );
  const canvas = useCanvas(draw);
  const plot = useRef<HTMLDivElement>(null);
  const { brush, handlers } = useTimePointer(plot, { wheel: 'scroll' });
  const isEmpty = (points?.length ?? 0) === 0 && estimate.length === 0;
  const said = info?.items.failed ?? null;
  return (
    <Section
      id="budget"
      title="Error budget"
      isWide
      error={error}
      summary={data === undefined ? '' : budgetWords(data, said, (us) => formatClock(us, zone))}
      counted={{
        how: 'Items that failed in the attempt of each mini-batch that decided, added up in order of time. Mini-batches that failed without figures are not in the line; the dashed one takes each as of the usual size.',
        cli: 'postrun info PATH --json | jq .items',
      }}
    >
      {data !== undefined && !isEmpty && (
        <div ref={plot} className="budget" {...handlers}>
          <canvas
            ref={canvas}
            role="img"
            aria-label={`Failed items over time: ${formatNumber(data.failed)} counted${estimate.length > 0 ? `, ${formatNumber(estimate.at(-1)?.failed ?? 0)} estimated` : ''}`}
          />
          <TimeBrush range={brush} />
          <TimeCursor />
        </div>
      )}
    </Section>
  );
}

function budgetWords(data: ErrorBudget, said: number | null, clock: (us: number) => string): string {
  const { threshold, failed, exceededUs, unknownMiniBatches } = data;
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
  if (unknownMiniBatches > 0)
    parts.push(
      `${formatCount(unknownMiniBatches, 'mini-batch', 'mini-batches')} failed without figures: the dashed line takes each as of the usual size.`,
    );
  return parts.join(' ');
}
