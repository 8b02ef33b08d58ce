/**
 * The charts of the mini-batches view: mini-batches over time, attempts by node or process,
 * durations and retries. Each is a card that asks for its own figures.
 */
import { DurationsCard } from './DurationsCard.tsx';
import { OverTimeCard } from './OverTimeCard.tsx';
import { RetriesCard } from './RetriesCard.tsx';
import { SpreadCard } from './SpreadCard.tsx';
import './batch-charts.css';
import type { CardProps } from './ChartCard.tsx';

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
