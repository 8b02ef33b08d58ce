/**
 * The panel of numbers charts a number that occurs in many lines: over time on the shared axis, as
 * a distribution, or as figures by node or process. A regular expression with a group picks the
 * number; the engine reads it from the lines that the filter leaves.
 */
import { Sigma, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { HitNumbers } from '../../../../electron/contract/hits.ts';
import { formatCount, formatNumber, formatPercent } from '../../../base/format.ts';
import { Plot } from '../../../charts/Plot.tsx';
import { SaveGraph } from '../../../charts/SaveGraph.tsx';
import { useTimeAxis } from '../../../charts/TimeAxisContext.tsx';
import { useCase, useFilter, useStores, useView } from '../../../state/StoresContext.tsx';
import { useCounted } from '../../../state/use-counted.ts';
import { withinQuery } from '../../../state/within.ts';
import { Button } from '../../../widgets/Button.tsx';
import { ErrorBox } from '../../../widgets/ErrorBox.tsx';
import { GoTo } from '../../../widgets/GoTo.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { NumbersChart } from './NumbersChart.tsx';
import { NumbersTable } from './NumbersTable.tsx';
import { formatValue, spreadSpec, timeSpec } from './number-curves.ts';
import { type NumbersChoice, numbersOptions } from './numbers-option.ts';
import './numbers-panel.css';

export interface NumbersPanelProps {
  choice: NumbersChoice;
  height: number;
}

/** The CSS pixels of a time bucket. */
const BUCKET_PX = 5;
const HEAD_PX = 64;
const FEW_CURVES = 24;
const MOST_CURVES = 2_000;

const byWords = { none: 'all together', node: 'by node', process: 'by process', file: 'by file' } as const;

export function NumbersPanel({ choice, height }: NumbersPanelProps) {
  const { pattern, by, view } = choice;
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const zone = useView((state) => state.zone);
  const { view: viewStore, navigation } = useStores();
  const axis = useTimeAxis();
  const [hasAllCurves, setHasAllCurves] = useState(false);
  const { fromUs, toUs } = axis.settled;
  const range = axis.hasTime ? { fromUs, toUs } : {};
  const buckets = Math.max(20, Math.min(1_000, Math.floor(axis.width / BUCKET_PX)));
  const curves = hasAllCurves ? MOST_CURVES : FEW_CURVES;
  const { data, error } = useCounted(
    'search.numbers',
    caseId === null || pattern === '' || axis.width === 0
      ? null
      : { caseId, filter, pattern, by, ...range, buckets, curves },
  );
  const choose = (change: Partial<NumbersChoice>) =>
    viewStore.getState().setOptions(numbersOptions({ ...choice, ...change }));
  const bodyHeight = Math.max(60, height - HEAD_PX);
  const hidden = data === undefined ? 0 : data.groups.filter(({ medians }) => medians === null).length;
  const title = `Number ${pattern}`;
  return (
    <section className="numbers-panel" aria-label="A number from lines" style={{ height }}>
      <header className="numbers-panel__head">
        <PatternBox pattern={pattern} onChange={(next) => choose({ pattern: next })} />
        <select
          className="text-box"
          aria-label="Group the numbers"
          value={by}
          onChange={(event) => choose({ by: event.target.value as NumbersChoice['by'] })}
        >
          {Object.entries(byWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
        <fieldset aria-label="Show the numbers as" className="numbers-panel__views">
          {(
            [
              ['time', 'Over time'],
              ['spread', 'Histogram'],
              ['table', 'Figures'],
            ] as const
          ).map(([id, words]) => (
            <Button key={id} tone="quiet" isPressed={view === id} onClick={() => choose({ view: id })}>
              {words}
            </Button>
          ))}
        </fieldset>
        {data !== undefined && data.values > 0 && view === 'time' && (
          <SaveGraph
            title={title}
            spec={() => timeSpec(data, title, zone)}
            formatX={(us) => new Date(us / 1_000).toISOString()}
          />
        )}
        <IconButton
          label="Close the chart of numbers"
          icon={<X size={14} />}
          onClick={() => navigation.navigate({ options: numbersOptions(null) })}
        />
      </header>
      <Facts data={data} pattern={pattern}>
        {hidden > 0 && view === 'time' && (
          <Button tone="quiet" onClick={() => setHasAllCurves(true)}>
            {`Draw all ${formatNumber(data?.groups.length ?? 0)}, not only the ${FEW_CURVES} with most values`}
          </Button>
        )}
      </Facts>
      <div className="numbers-panel__body">
        {error !== null ? (
          <ErrorBox error={error} />
        ) : pattern === '' ? (
          <p className="numbers-panel__note soft">
            Write a regular expression with a group, such as <code>took (\d+) ms</code>, or choose “Chart” in the menu
            of a line.
          </p>
        ) : data === undefined || data.values === 0 ? (
          <p className="numbers-panel__note soft">
            {data === undefined || !data.complete ? 'Reading the lines …' : 'No line that the filter leaves has it.'}
          </p>
        ) : view === 'time' ? (
          <NumbersChart data={data} height={bodyHeight} />
        ) : view === 'spread' ? (
          <Plot spec={spreadSpec(data, title)} height={bodyHeight - 30} formatX={formatValue} />
        ) : (
          <NumbersTable data={data} />
        )}
      </div>
    </section>
  );
}

function PatternBox({ pattern, onChange }: { pattern: string; onChange: (pattern: string) => void }) {
  const [text, setText] = useState(pattern);
  // Follows a pattern chosen elsewhere.
  useEffect(() => setText(pattern), [pattern]);
  return (
    <form
      className="numbers-panel__pattern"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(text.trim());
      }}
    >
      <Sigma size={14} aria-hidden />
      <input
        className="text-box mono"
        aria-label="Regular expression whose group is the number"
        placeholder="took (\d+) ms"
        spellCheck={false}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
        autoFocus={pattern === ''}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => text.trim() !== pattern && onChange(text.trim())}
      />
    </form>
  );
}

function Facts({
  data,
  pattern,
  children,
}: {
  data: HitNumbers | undefined;
  pattern: string;
  children: React.ReactNode;
}) {
  const stores = useStores();
  if (data === undefined) return <p className="numbers-panel__facts" />;
  const { all, values, unread, untimed, outside, complete, progress, error } = data;
  const left = [
    outside > 0 && `${formatNumber(outside)} outside of the range shown`,
    untimed > 0 && `${formatNumber(untimed)} without a time`,
    unread > 0 && `${formatCount(unread, 'line')} without a number there`,
  ].filter((part) => part !== false);
  const lines = withinQuery(stores.filter.getState().filter, `/${pattern.replaceAll('/', '\\/')}/`);
  return (
    <p className="numbers-panel__facts" role="status">
      <span>
        <GoTo to={{ filter: lines }} title="Show the lines that have it">
          {formatCount(all.count, 'number')}
        </GoTo>
        {!complete && ` so far · ${formatPercent(progress)}`}
      </span>
      {values > 0 && (
        <span className="numbers-panel__figures">
          {(['min', 'median', 'p95', 'max'] as const).map((name) => (
            <span key={name}>
              <span className="soft">{name}</span> {formatValue(all[name])}
            </span>
          ))}
        </span>
      )}
      {left.length > 0 && <span className="faint">Not counted: {left.join(', ')}</span>}
      {error !== null && <span className="numbers-panel__error">{error}</span>}
      {children}
    </p>
  );
}
