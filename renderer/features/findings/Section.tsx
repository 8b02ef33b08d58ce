/**
 * A section is a part of “What happened”: a title, a one-sentence summary, how its figures were
 * counted, and its content or the error that took its place.
 */
import type { ReactNode } from 'react';
import type { ErrorInfo } from '../../../electron/contract/errors.ts';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { HowCounted, type HowCountedProps } from '../../widgets/HowCounted.tsx';

export interface SectionProps {
  id: string;
  title: string;
  /** One sentence that sums up the section. */
  summary?: ReactNode;
  counted?: Omit<HowCountedProps, 'of'>;
  error?: ErrorInfo | null;
  /** Spans the full width of the column, for content with time on the x axis. */
  isWide?: boolean;
  tools?: ReactNode;
  children?: ReactNode;
}

export function Section(props: SectionProps) {
  const { id, title, summary, counted, error = null, isWide = false, tools, children } = props;
  return (
    <section id={`findings-${id}`} className={`finding-part ${isWide ? 'finding-part--wide' : ''}`} aria-label={title}>
      <header className="finding-part__head">
        <h2 tabIndex={-1}>{title}</h2>
        <p className="finding-part__summary soft">{summary}</p>
        {tools}
        {counted !== undefined && <HowCounted of={title} {...counted} />}
      </header>
      {error !== null ? <ErrorBox error={error} /> : children}
    </section>
  );
}
