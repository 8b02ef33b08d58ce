/**
 * Time text is a time in the chosen zone. On hover it shows both zones and the time since the start
 * of the run.
 */
import { describeTime, formatClock, formatDateTime } from '../base/format-time.ts';
import { useCase, useView } from '../state/StoresContext.tsx';

export function TimeText({ us, date = false }: { us: number | null; date?: boolean | 'short' }) {
  const zone = useView((state) => state.zone);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  if (us === null) return <span className="faint">–</span>;
  return (
    <time dateTime={new Date(us / 1000).toISOString()} title={describeTime(us, startUs)}>
      {date === false ? formatClock(us, zone) : formatDateTime(us, zone, date === 'short' ? 'minute' : 'ms')}
    </time>
  );
}
