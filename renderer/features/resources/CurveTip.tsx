/** The curve tip names the curve under the pointer and its value there. */
import type { MetricLook } from '../../charts/metrics.ts';
import { type Curve, valueAt } from '../../charts/series-data.ts';
import { useTimeAxis } from '../../charts/TimeAxisContext.tsx';
import { useCursorUs } from '../../state/StoresContext.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function CurveTip(props: { x: number; y: number; title: string; look: MetricLook; curve: Curve }) {
  const { x, y, title, look, curve } = props;
  const axis = useTimeAxis();
  const us = useCursorUs();
  const isLeft = x > axis.left + axis.width / 2;
  return (
    <>
      <div className="curve-tip__dot" style={{ transform: `translate(${x}px, ${y}px)` }} />
      <div
        className={`curve-tip ${isLeft ? 'curve-tip--left' : ''}`}
        style={{ transform: `translate(${x}px, ${Math.max(14, y)}px)` }}
        aria-hidden="true"
      >
        <div className="curve-tip__box">
          <span className="ellipsis">
            <SafeText text={title} />
          </span>
          <strong>{us === null ? '' : look.format(valueAt(curve, us))}</strong>
        </div>
      </div>
    </>
  );
}
