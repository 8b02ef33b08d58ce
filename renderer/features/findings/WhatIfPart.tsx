/**
 * The what-if part shows what a different timeout and number of tries would have done to this run:
 * attempts cut, mini-batches lost, worker time saved. Two sliders choose; the engine counts.
 */
import { formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { Button } from '../../widgets/Button.tsx';
import { Section } from './Section.tsx';
import { MOST_TRIES, useWhatIf } from './use-what-if.ts';
import { WhatIfCurve } from './WhatIfCurve.tsx';
import { WhatIfFigures } from './WhatIfFigures.tsx';
import { WhatIfSlider } from './WhatIfSlider.tsx';

export function WhatIfPart() {
  const whatIf = useWhatIf();
  const { data, attempts, scale, timeoutSeconds, maxTries, configured } = whatIf;
  return (
    <Section
      id="what-if"
      title="What if"
      error={whatIf.error}
      summary={attempts === 0 ? '' : 'another setting had been used for these very attempts'}
      counted={{
        how: 'Every finished attempt longer than T counts as cut; a mini-batch is lost when each of its attempts within the tries would have been cut or had failed. What a retry would have done is not known.',
        cli: null,
      }}
      tools={
        whatIf.isChosen && (
          <Button tone="quiet" className="how-counted" onClick={whatIf.reset}>
            As configured
          </Button>
        )
      }
    >
      {data !== undefined && attempts === 0 && <p className="soft">No attempt has a duration here.</p>}
      {data !== undefined && attempts > 0 && (
        <>
          <WhatIfSlider
            label="Timeout T"
            value={scale.stepOf(timeoutSeconds)}
            max={scale.steps}
            text={formatDuration(timeoutSeconds)}
            note={configured.timeoutSeconds === null ? '' : `configured: ${formatDuration(configured.timeoutSeconds)}`}
            onChange={(step) => whatIf.setTimeoutSeconds(scale.secondsAt(step))}
          />
          <WhatIfSlider
            label="Max attempts R"
            value={maxTries}
            min={1}
            max={MOST_TRIES}
            text={formatCount(maxTries, 'attempt')}
            note={`configured: ${formatNumber(configured.tries)}`}
            onChange={whatIf.setTries}
          />
          <WhatIfFigures data={data} attempts={attempts} />
          <WhatIfCurve data={data} timeoutSeconds={timeoutSeconds} scale={scale} />
        </>
      )}
    </Section>
  );
}
