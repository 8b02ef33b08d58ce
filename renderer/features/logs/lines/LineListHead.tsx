/** The head of the line list names the columns, if lines have more than a number and a text. */
// biome-ignore-all lint/a11y/useSemanticElements: cells of a virtual grid
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
import type { ReactNode } from 'react';
import type { LineColumns } from './line-columns.ts';

export function LineListHead({ columns }: { columns: LineColumns }) {
  return (
    <div className="line line--head" role="row" aria-rowindex={1}>
      <Head className="line__gutter">
        <span className="hidden-label">Mark</span>
      </Head>
      <Head className="line__number">Line</Head>
      {columns.time && <Head className="line__cell">Time</Head>}
      {columns.source && <Head className="line__cell">Node</Head>}
      {columns.source && <Head className="line__cell">Process</Head>}
      {columns.log && <Head className="line__cell">Log</Head>}
      {columns.miniBatch && <Head className="line__cell line__cell--number">Batch</Head>}
      <Head className="line__level">
        <span className="hidden-label">Level</span>
      </Head>
      <Head className="line__text">Text</Head>
    </div>
  );
}

function Head({ className, children }: { className: string; children: ReactNode }) {
  return (
    <span role="columnheader" className={className}>
      {children}
    </span>
  );
}
