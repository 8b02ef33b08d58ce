/**
 * The run in numbers: mini-batches, failed items, processes, nodes and lines of the whole run. Each
 * leads to what it counts.
 */
import type { ReactNode } from 'react';
import type { Outcome } from '../../../electron/contract/batch-records.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatNumber } from '../../base/format.ts';
import { activeParts, noFilter } from '../../state/filter.ts';
import { useFilter } from '../../state/StoresContext.tsx';
import type { Step } from '../../state/step.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { thresholdText } from './verdict.ts';

const toBatches = (include: Outcome[]): Step => ({
  view: 'mini-batches',
  filter: { outcome: { include, exclude: [] } },
});

export function Counts({ info }: { info: RunInfo }) {
  const { miniBatches, items } = info;
  const threshold = thresholdText(info);
  const isFiltered = useFilter((state) => activeParts(state.filter).length > 0);
  return (
    <ul className="counts" aria-label="The run in numbers">
      <Count to={toBatches([])} value={miniBatches.total}>
        mini-batches
      </Count>
      <Count to={toBatches(['succeeded', 'partial'])} value={miniBatches.processed}>
        processed
      </Count>
      <Count to={toBatches(['succeeded'])} value={miniBatches.succeeded} mark={<Mark of={{ outcome: 'succeeded' }} />}>
        succeeded
      </Count>
      <Count
        to={toBatches(['failed', 'timed_out'])}
        value={miniBatches.failed}
        mark={<Mark of={{ outcome: 'failed' }} />}
        isBad={(miniBatches.failed ?? 0) > 0}
      >
        failed
      </Count>
      <Count
        to={toBatches(['unfinished'])}
        value={miniBatches.unfinished}
        mark={<Mark of={{ outcome: 'unfinished' }} />}
      >
        unfinished
      </Count>
      <Count to={toBatches([])} value={miniBatches.retried}>
        retried
      </Count>
      {threshold !== null && (
        <Count to={toBatches(['failed', 'partial', 'timed_out'])} value={items.failed} isBad={threshold.isExceeded}>
          {threshold.text}
        </Count>
      )}
      <Count to={{ view: 'lanes' }} value={info.processes}>
        processes
      </Count>
      <Count to={{ view: 'resources' }} value={info.nodes.length}>
        nodes
      </Count>
      <Count to={{ view: 'logs', filter: noFilter }} value={info.lines}>
        lines
      </Count>
      {isFiltered && <li className="counts__note soft">Of the whole run, unfiltered</li>}
    </ul>
  );
}

function Count(props: { to: Step; value: number | null; mark?: ReactNode; isBad?: boolean; children: ReactNode }) {
  return (
    <li>
      <GoTo to={props.to} className={`counts__link ${props.isBad === true ? 'is-bad' : ''}`}>
        <span className="counts__number">{formatNumber(props.value)}</span>
        <span className="counts__label">
          {props.mark}
          {props.children}
        </span>
      </GoTo>
    </li>
  );
}
