/**
 * Figures by node: min, quartiles and max of one figure of the attempts, overall and per node. A
 * switch chooses among the figures that the logs give.
 */
import { memo, useMemo, useState } from 'react';
import type { FigureQuartiles, QuartileFigure, QuartileRow } from '../../../electron/contract/analysis.ts';
import { isKeyOf } from '../../../electron/contract/known-keys.ts';
import { formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { Button } from '../../widgets/Button.tsx';
import { Value } from '../../widgets/Value.tsx';
import { type Column, type Sort, VirtualTable } from '../../widgets/VirtualTable.tsx';
import { QuartileBox } from './QuartileBox.tsx';
import { Section, type SectionProps } from './Section.tsx';

const figures: { of: QuartileFigure; title: string; format: (value: number | null) => string }[] = [
  { of: 'duration', title: 'Duration', format: formatDuration },
  { of: 'processTime', title: 'Process time', format: formatDuration },
  { of: 'runMethodTime', title: 'Run method time', format: formatDuration },
  { of: 'items', title: 'Items', format: (value) => formatNumber(value, 0) },
];
const shares = [
  ['min', 'Min'],
  ['p25', '25 %'],
  ['p50', 'Median'],
  ['p75', '75 %'],
  ['max', 'Max'],
] as const satisfies readonly (readonly [keyof FigureQuartiles, string])[];
const ROW_PX = 26;
const HEAD_PX = 30;
const MOST_SHOWN = 14;

export const QuartilesPart = memo(function QuartilesPart({
  data,
  error,
}: {
  data: readonly QuartileRow[] | undefined;
  error: SectionProps['error'];
}) {
  const [of, setOf] = useState<QuartileFigure>('duration');
  const [sort, setSort] = useState<Sort>({ column: 'p50', descending: true });
  const known = useMemo(() => figures.filter((each) => data?.[0]?.[each.of] != null), [data]);
  const figure = useMemo(() => known.find((each) => each.of === of) ?? known[0], [known, of]);
  const rows = useMemo(() => (figure === undefined ? [] : sorted(data ?? [], figure.of, sort)), [data, figure, sort]);
  const most = data?.[0]?.[figure?.of ?? 'duration']?.max ?? 0;
  const columns = useMemo(() => (figure === undefined ? [] : columnsOf(figure, most)), [figure, most]);
  const all = figure === undefined ? null : (data?.[0]?.[figure.of] ?? null);
  return (
    <Section
      id="figures"
      title="Figures by node"
      error={error}
      summary={
        data === undefined
          ? ''
          : all === null || figure === undefined
            ? 'The logs give no figure of an attempt here.'
            : `${figure.title} of ${formatCount(all.count, 'attempt')}: median ${figure.format(all.p50)}, half of them ${figure.format(all.p25)} to ${figure.format(all.p75)}.`
      }
      counted={{
        how: 'Every attempt of which the logs give the figure. Duration: from start to end. Process time and run method time: as the service reports them. Quartiles by nearest rank.',
        cli: null,
        sql: 'SELECT node, min(duration_seconds), avg(duration_seconds), max(duration_seconds) FROM attempts GROUP BY node',
      }}
    >
      {figure !== undefined && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a <fieldset> draws its own box */}
          <div className="switch" role="group" aria-label="Figure">
            {known.map((each) => (
              <Button key={each.of} tone="quiet" isPressed={each === figure} onClick={() => setOf(each.of)}>
                {each.title}
              </Button>
            ))}
          </div>
          <div className="quartiles" style={{ height: Math.min(MOST_SHOWN, rows.length) * ROW_PX + HEAD_PX + 2 }}>
            <VirtualTable
              label={`${figure.title} by node`}
              noun="node"
              fileName={`figures-${figure.of}`}
              columns={columns}
              count={rows.length}
              rowAt={(index) => rows[index]}
              sort={sort}
              onSort={setSort}
              rowHeight={ROW_PX}
            />
          </div>
        </>
      )}
    </Section>
  );
});

/**
 * Puts the row of all attempts first, then the nodes in the chosen order. Nodes without the figure
 * come last.
 */
function sorted(data: readonly QuartileRow[], of: QuartileFigure, { column, descending }: Sort): QuartileRow[] {
  const [all, ...nodes] = data;
  const sign = descending ? -1 : 1;
  const key = (row: QuartileRow) => {
    const figures = row[of];
    if (column === 'attempts') return row.attempts;
    return (figures && isKeyOf(figures, column) ? figures[column] : null) ?? sign * Number.POSITIVE_INFINITY;
  };
  const byName = (a: QuartileRow, b: QuartileRow) =>
    (a.node ?? '').localeCompare(b.node ?? '', 'en', { numeric: true });
  const ordered = nodes.toSorted((a, b) =>
    column === 'node' ? sign * byName(a, b) : sign * (key(a) - key(b)) || byName(a, b),
  );
  return all === undefined ? ordered : [all, ...ordered];
}

function columnsOf({ of, format }: (typeof figures)[number], most: number): Column<QuartileRow>[] {
  return [
    {
      id: 'node',
      title: 'Node',
      width: 'minmax(120px, 220px)',
      isSortable: true,
      value: (row) => row.node ?? 'all',
      render: (row) =>
        row.node === null ? <strong>All attempts</strong> : <Value isInList value={{ of: 'node', node: row.node }} />,
    },
    {
      id: 'attempts',
      title: 'Attempts',
      width: '84px',
      align: 'right',
      isSortable: true,
      value: (row) => row.attempts,
      render: (row) => formatNumber(row.attempts),
    },
    ...shares.map(
      ([id, title]): Column<QuartileRow> => ({
        id,
        title,
        width: '84px',
        align: 'right',
        isSortable: true,
        value: (row) => row[of]?.[id] ?? null,
        render: (row) => format(row[of]?.[id] ?? null),
      }),
    ),
    {
      id: 'box',
      title: 'Spread',
      hint: 'A line from min to max, a box from 25 % to 75 %, a stroke at the median; one scale for all rows',
      width: 'minmax(100px, 1fr)',
      value: () => null,
      render: (row) => <QuartileBox of={row[of]} most={most} />,
    },
  ];
}
