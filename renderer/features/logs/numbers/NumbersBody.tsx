/** The body of the panel of numbers: a chart, a histogram or figures, or why there are none. */
import type { ErrorInfo } from '../../../../electron/contract/errors.ts';
import type { HitNumbers } from '../../../../electron/contract/hits.ts';
import { Plot } from '../../../charts/Plot.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import { NumbersChart } from './NumbersChart.tsx';
import { NumbersTable } from './NumbersTable.tsx';
import { formatValue, spreadSpec } from './number-curves.ts';
import type { NumbersChoice } from './numbers-option.ts';

export interface NumbersBodyProps {
  choice: NumbersChoice;
  data: HitNumbers | undefined;
  error: ErrorInfo | null;
  title: string;
  height: number;
}

const UNDER_HISTOGRAM_PX = 30;

export function NumbersBody({ choice: { pattern, view }, data, error, title, height }: NumbersBodyProps) {
  if (error !== null) return <ErrorBox error={error} />;
  if (pattern === '')
    return (
      <p className="numbers-panel__note soft">
        Write a regular expression with a group, such as <code>took (\d+) ms</code>, or choose “Chart” in the menu of a
        line.
      </p>
    );
  if (data === undefined || data.values === 0)
    return (
      <p className="numbers-panel__note soft">
        {data === undefined || !data.complete ? 'Reading the lines …' : 'No line that the filter leaves has it.'}
      </p>
    );
  if (view === 'table') return <NumbersTable data={data} />;
  if (view === 'time') return <NumbersChart data={data} height={height} />;
  return <Plot spec={spreadSpec(data, title)} height={height - UNDER_HISTOGRAM_PX} formatX={formatValue} />;
}
