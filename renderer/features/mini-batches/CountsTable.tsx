/**
 * A counts table gives the figures of a chart: one row per bar, and one column for each outcome
 * that occurs.
 */
import type { ReactNode } from 'react';
import { outcomes } from '../../../electron/contract/batch-records.ts';
import { formatNumber } from '../../base/format.ts';
import { outcomeLooks } from '../../base/looks.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';

export interface CountsRow {
  key: string;
  title: string;
  counts: readonly number[];
  more?: readonly string[];
}

export function CountsTable(props: {
  first: string;
  rows: readonly CountsRow[];
  more?: readonly string[];
  onPick?: (index: number) => void;
  footer?: ReactNode;
}) {
  const { first, rows, more = [], onPick, footer } = props;
  const used = outcomes
    .map((outcome, code) => ({ outcome, code }))
    .filter(({ code }) => rows.some((row) => (row.counts[code] ?? 0) > 0));
  return (
    <PlainTable noun="row" nouns="rows" fileName="counts" className="counts-table">
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {used.map(({ outcome }) => (
            <th key={outcome} scope="col" className="number">
              {outcomeLooks[outcome].word}
            </th>
          ))}
          {more.map((title) => (
            <th key={title} scope="col" className="number">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={row.key}>
            <th scope="row">
              {onPick === undefined ? (
                row.title
              ) : (
                <button type="button" className="counts-table__pick" onClick={() => onPick(index)}>
                  {row.title}
                </button>
              )}
            </th>
            {used.map(({ outcome, code }) => (
              <td key={outcome} className="number">
                {formatNumber(row.counts[code] ?? 0)}
              </td>
            ))}
            {more.map((title, at) => (
              <td key={title} className="number">
                {row.more?.[at] ?? ''}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {footer}
    </PlainTable>
  );
}
