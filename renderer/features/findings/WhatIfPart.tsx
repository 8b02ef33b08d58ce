/**
 * The what-if part shows what a different timeout and number of tries would have done to this run:
 * attempts cut, mini-batches lost, worker time saved. Two sliders choose; the engine counts.
 */
import { useMemo, useState } from 'react';
import { formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { sliderScale } from './findings-model.ts';
import { Section } from './Section.tsx';
import { WhatIfCurve } from './WhatIfCurve.tsx';
import { WhatIfSlider } from './WhatIfSlider.tsx';

const USUAL_TIMEOUT = 60;
const USUAL_TRIES = 3;
const MOST_TRIES = 10;

export function WhatIfPart() {
  const caseId = useCase((state) => state.caseId);
  const configuredTries = useCase((state) => Number(state.info?.settings.run_max_try ?? USUAL_TRIES) || USUAL_TRIES);
  const filter = useFilter((state) => state.filter);
  const [chosen, setChosen] = useState<number | null>(null);
  const [tries, setTries] = useState<number | null>(null);
  const [known, setKnown] = useState<number | null>(null);
  const maxTries = tries ?? Math.min(MOST_TRIES, configuredTries);
  const timeoutSeconds = chosen ?? known ?? USUAL_TIMEOUT;
  const { data, error } = useCommand(
    'analysis.whatIf',
    caseId === null ? null : { caseId, filter: recordFilter(filter), timeoutSeconds, maxTries },
  );
  const configured = data?.configuredTimeoutSeconds ?? null;
  if (configured !== null && configured !== known) setKnown(configured);
  const curve = data?.curve;
  const longest = curve?.at(-1)?.seconds ?? USUAL_TIMEOUT;
  const scale = useMemo(
    () => sliderScale((curve?.[0]?.seconds ?? 1) / 2, Math.max(longest, configured ?? 0) * 1.2),
    [curve, longest, configured],
  );
  const attempts = curve?.[0]?.cut ?? 0;
  return (
    <Section
      id="what-if"
      title="What if"
      error={error}
      summary={attempts === 0 ? '' : 'another setting had been used for these very attempts'}
      counted={{
        how: 'Every finished attempt longer than T counts as cut; a mini-batch is lost when each of its attempts within the tries would have been cut or had failed. What a retry would have done is not known.',
        cli: null,
      }}
      tools={
        (chosen !== null || tries !== null) && (
          <Button
            tone="quiet"
            className="how-counted"
            onClick={() => {
              setChosen(null);
              setTries(null);
            }}
          >
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
            note={configured === null ? '' : `configured: ${formatDuration(configured)}`}
            onChange={(step) => setChosen(scale.secondsAt(step))}
          />
          <WhatIfSlider
            label="Max attempts R"
            value={maxTries}
            min={1}
            max={MOST_TRIES}
            text={formatCount(maxTries, 'attempt')}
            note={`configured: ${formatNumber(configuredTries)}`}
            onChange={setTries}
          />
          <dl className="what-if" aria-live="polite">
            <div>
              <dt>attempts cut</dt>
              <dd>
                {formatNumber(data.cutAttempts)} <span className="soft">of {formatNumber(attempts)}</span>
              </dd>
            </div>
            <div>
              <dt>mini-batches lost</dt>
              <dd>{formatNumber(data.lostMiniBatches)}</dd>
            </div>
            <div>
              <dt>worker time saved</dt>
              <dd>{formatDuration(data.savedSeconds)}</dd>
            </div>
          </dl>
          <WhatIfCurve data={data} timeoutSeconds={timeoutSeconds} scale={scale} />
        </>
      )}
    </Section>
  );
}
