/** The timeline of a process: its events in order, each with the line that tells of it. */
import type { ProcessDetail } from '../../../electron/contract/analysis.ts';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';

type ProcessEvent = ProcessDetail['events'][number];

export function ProcessEvents({ events }: { events: readonly ProcessEvent[] }) {
  return (
    <section aria-label="Timeline">
      <h3 className="soft">Timeline</h3>
      <ol className="process-detail__events">
        {events.map((event, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: events never move
          <li key={index}>
            <TimeText us={event.timeUs} />
            <span>
              <SafeText text={eventName(event)} />
            </span>
            {event.ref === null ? (
              <span className="soft">{event.detail !== null && <SafeText text={event.detail} />}</span>
            ) : (
              <LineLink file={event.ref.file} line={event.ref.line} text={event.ref.text} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function eventName({ type, exitCode }: ProcessEvent): string {
  return `${type.replaceAll('_', ' ')}${exitCode === null ? '' : ` (exit code ${exitCode})`}`;
}
