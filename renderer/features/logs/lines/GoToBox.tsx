/**
 * The go-to box takes a line number or a time, and says how it understands the text before a person
 * goes there. `parseGoTo` parses the text.
 */
import { useState } from 'react';
import { formatNumber } from '../../../base/format.ts';
import { formatDateTime, zoneName } from '../../../base/format-time.ts';
import { Popover } from '../../../widgets/Popover.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { type GoTo, type GoToContext, parseGoTo } from '../model/go-to.ts';

export interface GoToBoxProps {
  at: Box;
  context: GoToContext & { isMerged: boolean };
  onGo: (to: GoTo) => void;
  onClose: () => void;
}

export function GoToBox({ at, context, onGo, onClose }: GoToBoxProps) {
  const [text, setText] = useState('');
  const target = parseGoTo(text, context);
  const said =
    target.to === 'line'
      ? `Line ${formatNumber(target.line)} of ${formatNumber(context.total)}`
      : target.to === 'time'
        ? `${context.isMerged ? 'The first line from' : 'The last line at or before'} ${formatDateTime(target.timeUs, context.zone)} ${zoneName(context.zone, target.timeUs)}`
        : target.reason;
  return (
    <Popover at={at} align="end" label="Go to a line or a time" onClose={onClose} className="go-to">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (target.to === 'nothing') return;
          onClose();
          onGo(target);
        }}
      >
        <input
          className="text-box mono"
          aria-label="Line or time"
          aria-describedby="go-to-said"
          placeholder="1234 or 15:31:07"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <p id="go-to-said" className="go-to__said soft">
          {said}
        </p>
      </form>
    </Popover>
  );
}
