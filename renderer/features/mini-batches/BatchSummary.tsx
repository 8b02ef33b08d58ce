/**
 * The summary of the mini-batches view counts the mini-batches of each outcome. Each count switches
 * the filter.
 */
import { BarChart3 } from 'lucide-react';
import { type Outcome, outcomes } from '../../../electron/contract/batch-records.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { noFilter, toggleFacetValue } from '../../state/filter.ts';
import { isWholeRun, type RecordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { useMiniBatchesState } from './mini-batches-state.ts';

export function BatchSummary({ filter, onJump }: { filter: RecordFilter; onJump: (index: number) => void }) {
  const navigation = useNavigation();
  const whole = useFilter((state) => state.filter);
  const info = useCase((state) => state.info);
  const { hasCharts, set } = useMiniBatchesState();
  const anyOutcome = { ...filter, outcome: noFilter.outcome };
  const total = useTotal(anyOutcome);
  const { include } = whole.outcome;
  const retried = info?.miniBatches.retried ?? 0;
  const announced = info?.miniBatches.total ?? null;
  return (
    <div className="batch-summary" role="toolbar" aria-label="Mini-batches by status">
      <Button
        tone="quiet"
        isPressed={include.length === 0}
        onClick={() => navigation.navigate({ filter: { outcome: { include: [], exclude: [] } } })}
      >
        <strong>{total === null ? '…' : formatCount(total, 'mini-batch', 'mini-batches')}</strong>
      </Button>
      {outcomes.map((outcome) => (
        <OutcomeSwitch key={outcome} outcome={outcome} filter={anyOutcome} />
      ))}
      {retried > 0 && (
        <Button
          tone="quiet"
          title="Sort by number of attempts, most first"
          onClick={() => {
            set({ sort: 'attempts', descending: true });
            onJump(0);
          }}
        >
          {formatNumber(retried)} retried
        </Button>
      )}
      {isWholeRun(filter) && total !== null && announced !== null && announced > total && (
        <span className="batch-summary__note faint ellipsis">{`${formatNumber(announced - total)} of ${formatNumber(announced)} are in no log here`}</span>
      )}
      {whole.query.trim() !== '' && (
        <span className="batch-summary__note faint ellipsis">not filtered by the search text</span>
      )}
      <Button
        tone="quiet"
        className="batch-summary__charts"
        icon={<BarChart3 size={14} />}
        isPressed={hasCharts}
        onClick={() => set({ hasCharts: !hasCharts })}
      >
        Charts
      </Button>
    </div>
  );
}

function useTotal(filter: RecordFilter): number | null {
  const caseId = useCase((state) => state.caseId);
  const { data } = useCommand('batches.page', caseId === null ? null : { caseId, filter, start: 0, count: 0 });
  return data?.total ?? null;
}

function OutcomeSwitch({ outcome, filter }: { outcome: Outcome; filter: RecordFilter }) {
  const navigation = useNavigation();
  const whole = useFilter((state) => state.filter);
  const count = useTotal({ ...filter, outcome: { include: [outcome], exclude: [] } });
  const isOn = whole.outcome.include.includes(outcome);
  if ((count === null || count === 0) && !isOn) return null;
  const { word } = outcomeLooks[outcome];
  return (
    <Button
      tone="quiet"
      isPressed={isOn}
      title={`Only ${word.toLowerCase()}; with Ctrl, these as well`}
      onClick={(event) => {
        const isMore = event.ctrlKey || event.metaKey || event.shiftKey;
        const next = isMore
          ? toggleFacetValue(whole, 'outcome', outcome, 'include').outcome
          : { include: isOn && whole.outcome.include.length === 1 ? [] : [outcome], exclude: [] };
        navigation.navigate({ filter: { outcome: next } });
      }}
    >
      <span aria-hidden="true">
        <Mark of={{ outcome }} />
      </span>
      {formatNumber(count)} {word.toLowerCase()}
    </Button>
  );
}
