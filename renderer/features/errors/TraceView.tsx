/**
 * A traceback as a chain of exceptions, in the order they were raised. Each shows its error, the
 * user's own frames, and the framework's frames folded.
 */
import { safeText } from '../../base/safe-text.ts';
import type { TracePart } from '../../base/trace-parts.ts';
import { messageOf } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TraceFrameRow } from './TraceFrameRow.tsx';

export function TraceView({ parts, fileId }: { parts: readonly TracePart[]; fileId: number }) {
  return (
    <ol className="trace">
      {parts.map((part, index) => {
        const own = part.frames.filter((frame) => frame.isUser);
        const others = part.frames.filter((frame) => !frame.isUser);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: only their place tells exceptions of a chain apart
          <li key={index} className="trace__part">
            {part.lead !== null && (
              <p className="trace__lead faint" title={safeText(part.lead)}>
                <SafeText text={messageOf(part.lead)} />
              </p>
            )}
            {part.error !== null && (
              <p className="trace__error mono">
                <SafeText text={part.error.text} />
              </p>
            )}
            {own.length > 0 && (
              <ol className="trace__frames">
                {own.map((frame) => (
                  <TraceFrameRow key={frame.at} frame={frame} fileId={fileId} />
                ))}
              </ol>
            )}
            {others.length > 0 && (
              <details className="trace__others" open={own.length === 0}>
                <summary className="soft">
                  {others.length === 1 ? '1 frame of the framework' : `${others.length} frames of the framework`}
                </summary>
                <ol className="trace__frames">
                  {others.map((frame) => (
                    <TraceFrameRow key={frame.at} frame={frame} fileId={fileId} />
                  ))}
                </ol>
              </details>
            )}
          </li>
        );
      })}
    </ol>
  );
}
