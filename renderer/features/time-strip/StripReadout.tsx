/**
 * The readout hangs below the time strip. It says what is under the pointer, which also explains
 * the colours.
 */
import { aboutCount } from '../../base/about-count.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { formatDateTime, formatSince, zoneName } from '../../base/format-time.ts';
import { histogramLevels, levelLooks } from '../../base/looks.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import type { TimeRange } from '../../charts/time-scale.ts';
import { useCase, useView } from '../../state/StoresContext.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { bucketWord, countsIn, failuresIn } from './strip-counts.ts';
import type { StripData } from './use-strip-data.ts';

const WIDTH_PX = 296;
const GAP_PX = 12;

export function StripReadout({ us, data, brush }: { us: number; data: StripData; brush: TimeRange | null }) {
  const axis = useTimeAxis();
  const zone = useView((state) => state.zone);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const { activity, hits, failures } = data;
  const x = axis.xOf(us);
  const isRight = x + GAP_PX + WIDTH_PX < axis.left + axis.width;
  const left = Math.round(isRight ? x + GAP_PX : x - GAP_PX - WIDTH_PX);
  const bucketFrom = Math.floor(us / data.wanted.bucketUs) * data.wanted.bucketUs;
  const range = brush ?? { fromUs: bucketFrom, toUs: bucketFrom + data.wanted.bucketUs };
  const counts = activity === undefined ? null : countsIn(activity, range.fromUs, range.toUs);
  const found = hits === undefined ? null : countsIn(hits, range.fromUs, range.toUs);
  const bad = failuresIn(failures, range.fromUs, range.toUs);
  return (
    <div className="strip-readout" style={{ transform: `translateX(${left}px)`, width: WIDTH_PX }} aria-hidden="true">
      {brush === null ? (
        <>
          <p className="strip-readout__time">
            {formatDateTime(us, zone)} <span className="soft">{zoneName(zone, us)}</span>
          </p>
          <p className="soft">{formatSince(us, startUs)} since the start of the run</p>
        </>
      ) : (
        <>
          <p className="strip-readout__time">{formatDuration((brush.toUs - brush.fromUs) / 1e6)}</p>
          <p className="soft">
            {formatDateTime(brush.fromUs, zone)} – {formatDateTime(brush.toUs, zone).slice(11)}
          </p>
        </>
      )}
      {counts !== null && (
        <dl className="strip-readout__counts">
          {found !== null && (
            <div>
              <dt>
                <span className="strip-readout__hits" /> Hits (own scale)
              </dt>
              <dd>{aboutCount(found.reduce((sum, count) => sum + count, 0))}</dd>
            </div>
          )}
          {histogramLevels.toReversed().map((level, index) => {
            const count = counts[histogramLevels.length - 1 - index] ?? 0;
            return (
              <div key={level ?? 'none'} className={count === 0 ? 'faint' : undefined}>
                <dt>
                  {level === null ? <span className="strip-readout__none" /> : <Mark of={{ level }} />}
                  {level === null ? 'Without a level' : levelLooks[level].word}
                </dt>
                <dd>{aboutCount(count)}</dd>
              </div>
            );
          })}
          {bad.failed > 0 && (
            <div>
              <dt>
                <Mark of={{ outcome: 'failed' }} /> Mini-batches failed
              </dt>
              <dd>{formatNumber(bad.failed)}</dd>
            </div>
          )}
          {bad.timedOut > 0 && (
            <div>
              <dt>
                <Mark of={{ outcome: 'timed_out' }} /> Mini-batches timed out
              </dt>
              <dd>{formatNumber(bad.timedOut)}</dd>
            </div>
          )}
        </dl>
      )}
      <p className="faint">
        {brush === null
          ? `Lines in ${bucketWord(data.wanted.bucketUs)} · drag or wheel: zoom`
          : 'Lines in the range · Enter or release zooms, x filters, Esc gives it up'}
      </p>
    </div>
  );
}
