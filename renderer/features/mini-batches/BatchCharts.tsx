import { DurationsCard } from './DurationsCard.tsx';
import { OverTimeCard } from './OverTimeCard.tsx';
import { RetriesCard } from './RetriesCard.tsx';
import { SpreadCard } from './SpreadCard.tsx';
import './batch-charts.css';
import type { CardProps } from './ChartCard.tsx';

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
