/**
 * A chart card shows one aspect of the mini-batches view as a picture or as a table, with a title
 * and a note. The caller draws the content.
 */
import { BarChart3, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../electron/contract/errors.ts';
import type { RecordFilter } from '../../state/record-filter.ts';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { useMiniBatchesState } from './mini-batches-state.ts';

export interface ChartCardProps {
  name: string;
  title: string;
  note?: ReactNode;
  error: ErrorInfo | null;
  /** Shows `emptyText` instead of an empty picture. Undefined while it is unknown. */
  isEmpty: boolean | undefined;
  emptyText: string;
  picture: ReactNode;
  /** The figures of the picture. */
  table: ReactNode;
  tools?: ReactNode;
}

export function ChartCard(props: ChartCardProps) {
  const { name, title, note, error, isEmpty, emptyText, picture, table, tools } = props;
  const { asTable, set } = useMiniBatchesState();
  const isTable = asTable[name] === true;
  return (
    <div className="chart-card">
      <div className="chart-card__head">
        <h2 className="ellipsis">{title}</h2>
        <span className="chart-card__note faint ellipsis">{note}</span>
        {tools}
        <IconButton
          label={isTable ? `${title} as a picture` : `${title} as a table`}
          icon={isTable ? <BarChart3 size={13} /> : <Table2 size={13} />}
          onClick={() => set({ asTable: { ...asTable, [name]: !isTable } })}
        />
      </div>
      <div className="chart-card__body">
        {error !== null ? (
          <ErrorBox error={error} />
        ) : isEmpty === undefined ? null : isEmpty ? (
          <p className="chart-card__empty faint">{emptyText}</p>
        ) : isTable ? (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
          <section className="chart-card__table" aria-label={`${title} as a table`} tabIndex={0}>
            {table}
          </section>
        ) : (
          picture
        )}
      </div>
    </div>
  );
}

export interface CardProps {
  filter: RecordFilter;
  /** Scrolls a row of the table to its top. */
  onJump: (index: number) => void;
}
