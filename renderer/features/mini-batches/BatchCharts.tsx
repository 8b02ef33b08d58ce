import type { BatchFilter } from './batch-filter.ts';
import { DurationsCard } from './DurationsCard.tsx';
import { OverTimeCard } from './OverTimeCard.tsx';
import { RetriesCard } from './RetriesCard.tsx';
import { SpreadCard } from './SpreadCard.tsx';
import './batch-charts.css';

export interface CardProps {
  filter: BatchFilter;
  /** Bring a row of the table to its top. */
  onJump: (index: number) => void;
}

/** The four charts that people build in a spreadsheet. */
export function BatchCharts(props: CardProps) {
  return (
    <section className="batch-charts" aria-label="Charts">
      <OverTimeCard {...props} />
      <SpreadCard {...props} />
      <DurationsCard {...props} />
      <RetriesCard {...props} />
    </section>
  );
}
