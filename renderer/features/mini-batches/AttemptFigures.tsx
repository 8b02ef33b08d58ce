/**
 * The figures of two attempts side by side, their differences in words, and their phases on one
 * scale.
 */
import type { ReactNode } from 'react';
import type { AttemptRow } from '../../../electron/contract/batch-records.ts';
import type { AttemptLines } from '../../../electron/contract/hits.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { countDifference, durationDifference, phasesOf } from './attempt-pair.ts';

interface FigureRow {
  title: string;
  show: (attempt: AttemptRow) => ReactNode;
  /** The value to compare. Equal values get no mark. */
  of: (attempt: AttemptRow) => string | number | null;
  say?: (left: number | null, right: number | null) => string | null;
}

const seconds = (title: string, of: (attempt: AttemptRow) => number | null): FigureRow => ({
  title,
  of,
  show: (attempt) => formatDuration(of(attempt)),
  say: durationDifference,
});

const count = (title: string, of: (attempt: AttemptRow) => number | null): FigureRow => ({
  title,
  of,
  show: (attempt) => formatNumber(of(attempt)),
  say: countDifference,
});

const figures: readonly FigureRow[] = [
  { title: 'Outcome', of: ({ outcome }) => outcome, show: ({ outcome }) => <Mark of={{ outcome }} word /> },
  {
    title: 'Node',
    of: ({ node }) => node,
    show: ({ node }) => (node === null ? '–' : <Value value={{ of: 'node', node }} />),
  },
  {
    title: 'Process',
    of: ({ node, pid }) => `${node} ${pid}`,
    show: ({ node, pid, process }) =>
      node === null || pid === null ? '–' : <Value value={{ of: 'process', node, pid, process }} />,
  },
  { title: 'Start', of: ({ startUs }) => startUs, show: ({ startUs }) => <TimeText us={startUs} /> },
  seconds('Duration', ({ durationSeconds }) => durationSeconds),
  seconds('Process time', ({ processSeconds }) => processSeconds),
  seconds('run()', ({ runMethodSeconds }) => runMethodSeconds),
  count('Items', ({ total }) => total),
  count('Failed items', ({ failed }) => failed),
];

export function AttemptFigures({ left, right }: { left: AttemptLines; right: AttemptLines }) {
  const [a, b] = [left.attempt, right.attempt];
  const longest = Math.max(
    ...[a, b].map((each) => phasesOf(each).reduce((sum, phase) => sum + phase.seconds, 0)),
    0.001,
  );
  const row = (title: string, first: ReactNode, second: ReactNode, isDifferent: boolean, said: string | null) => (
    <tr key={title} className={isDifferent ? 'is-different' : undefined}>
      <th scope="row">{title}</th>
      <td>{first}</td>
      <td>{second}</td>
      <td className="soft">{said ?? (isDifferent ? 'differs' : '')}</td>
    </tr>
  );
  return (
    <div className="attempt-figures">
      <PlainTable noun="figure" nouns="figures" fileName="two-attempts">
        <caption className="hidden-label">Figures of both attempts</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">Left</th>
            <th scope="col">Right</th>
            <th scope="col">Right against left</th>
          </tr>
        </thead>
        <tbody>
          {figures.map(({ title, show, of, say }) => {
            const [x, y] = [of(a), of(b)];
            const isNumber = (value: unknown): value is number | null => value === null || typeof value === 'number';
            const said = say !== undefined && isNumber(x) && isNumber(y) ? say(x, y) : null;
            const isDifferent = title !== 'Start' && x !== y && said !== 'about the same';
            return row(title, show(a), show(b), isDifferent, said);
          })}
          {row(
            'Lines',
            formatNumber(left.lines),
            formatNumber(right.lines),
            left.lines !== right.lines,
            countDifference(left.lines, right.lines),
          )}
          {(a.error !== null || b.error !== null) &&
            row(
              'Error',
              a.error === null ? '–' : <SafeText text={a.error} />,
              b.error === null ? '–' : <SafeText text={b.error} />,
              a.error !== b.error,
              null,
            )}
        </tbody>
      </PlainTable>
      <dl className="attempt-phases" aria-label="Phases of both attempts">
        {(
          [
            ['Left', a],
            ['Right', b],
          ] as const
        ).map(([side, attempt]) => (
          <div key={side}>
            <dt>{side}</dt>
            <dd>
              {phasesOf(attempt).map(({ name, seconds: length }, index) => (
                <span
                  key={name}
                  className={`attempt-phases__phase attempt-phases__phase--${index}`}
                  style={{ flexGrow: length / longest }}
                  title={`${name}: ${formatDuration(length)}`}
                >
                  {name} {formatDuration(length)}
                </span>
              ))}
              {phasesOf(attempt).length === 0 && <span className="soft">The logs tell no times of it.</span>}
              <span
                style={{
                  flexGrow: Math.max(0, 1 - phasesOf(attempt).reduce((sum, phase) => sum + phase.seconds, 0) / longest),
                }}
              />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
