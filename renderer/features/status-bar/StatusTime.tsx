/**
 * The time of the status bar is the moment under the cursor. Beside it stands the zone of all
 * times, with its switch.
 */
import { useState } from 'react';
import { describeTime, formatDateTime, formatSince, zoneName } from '../../base/format-time.ts';
import { useCase, useCursorUs, useStores, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';

export function StatusTime() {
  const { actions } = useStores();
  const us = useCursorUs();
  const zone = useView((state) => state.zone);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const [openedUs] = useState(() => Date.now() * 1000);
  const hereName = zoneName('local', us ?? startUs ?? openedUs);
  return (
    <span className="status-bar__time">
      {us !== null && (
        <span className="status-bar__cursor" title={describeTime(us, startUs)}>
          <span className="mono">{formatDateTime(us, zone)}</span>{' '}
          <span className="faint">{formatSince(us, startUs)}</span>
        </span>
      )}
      <Button
        tone="quiet"
        title="Times in UTC, or of this machine’s zone"
        aria-label={`Times are in ${zone === 'utc' ? 'UTC' : `local time (${hereName})`}; switch`}
        onClick={() => actions.run('zone')}
      >
        {zone === 'utc' ? 'UTC' : `local ${hereName}`}
      </Button>
    </span>
  );
}
