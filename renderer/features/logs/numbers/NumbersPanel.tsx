/**
 * The panel of numbers charts a number that occurs in many lines: over time on the shared axis, as
 * a distribution, or as figures by node or process. A regular expression with a group picks the
 * number; the engine reads it from the lines that the filter leaves.
 */
import { useState } from 'react';
import { formatNumber } from '../../../base/format.ts';
import { useTimeAxis } from '../../../charts/TimeAxisContext.tsx';
import { useCase, useFilter } from '../../../state/StoresContext.tsx';
import { useCounted } from '../../../state/use-counted.ts';
import { Button } from '../../../widgets/Button.tsx';
import { NumbersBody } from './NumbersBody.tsx';
import { NumbersFacts } from './NumbersFacts.tsx';
import { NumbersHead } from './NumbersHead.tsx';
import type { NumbersChoice } from './numbers-option.ts';
import './numbers-panel.css';

export interface NumbersPanelProps {
  choice: NumbersChoice;
  height: number;
}

/** The CSS pixels of a time bucket. */
const BUCKET_PX = 5;
const HEAD_PX = 64;
const LEAST_BODY_PX = 60;
const FEW_CURVES = 24;
const MOST_CURVES = 2_000;

export function NumbersPanel({ choice, height }: NumbersPanelProps) {
  const { pattern, view } = choice;
  const [hasAllCurves, setHasAllCurves] = useState(false);
  const { data, error } = useNumbers(choice, hasAllCurves ? MOST_CURVES : FEW_CURVES);
  const groups = data?.groups ?? [];
  const isCut = groups.some(({ medians }) => medians === null);
  const title = `Number ${pattern}`;
  return (
    <section className="numbers-panel" aria-label="A number from lines" style={{ height }}>
      <NumbersHead choice={choice} data={data} title={title} />
      <NumbersFacts data={data} pattern={pattern}>
        {isCut && view === 'time' && (
          <Button tone="quiet" onClick={() => setHasAllCurves(true)}>
            {`Draw all ${formatNumber(groups.length)}, not only the ${FEW_CURVES} with most values`}
          </Button>
        )}
      </NumbersFacts>
      <div className="numbers-panel__body">
        <NumbersBody
          choice={choice}
          data={data}
          error={error}
          title={title}
          height={Math.max(LEAST_BODY_PX, height - HEAD_PX)}
        />
      </div>
    </section>
  );
}

/** Asks for the numbers within the visible time, with curves for up to so many groups. */
function useNumbers({ pattern, by }: NumbersChoice, curves: number) {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const axis = useTimeAxis();
  const { fromUs, toUs } = axis.settled;
  const range = axis.hasTime ? { fromUs, toUs } : {};
  const buckets = Math.max(20, Math.min(1_000, Math.floor(axis.width / BUCKET_PX)));
  return useCounted(
    'search.numbers',
    caseId === null || pattern === '' || axis.width === 0
      ? null
      : { caseId, filter, pattern, by, ...range, buckets, curves },
  );
}
