/**
 * The example of an error group: its traceback with the user's own frames first or, on demand, the
 * lines as they are written. It reads at most `MOST_LINES` lines.
 */
import { useMemo, useState } from 'react';
import type { Signature } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { traceParts } from '../../base/trace-parts.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TraceView } from './TraceView.tsx';
import './example.css';

const MOST_LINES = 400;

export function Example({ signature }: { signature: Signature }) {
  const { example, exampleLines, frames } = signature;
  const caseId = useCase((state) => state.caseId);
  const [isWritten, setIsWritten] = useState(false);
  const { data: place } = useCommand(
    'lines.resolve',
    caseId === null ? null : { caseId, file: example.file, line: example.line },
  );
  const fileId = place?.fileId;
  const count = Math.min(MOST_LINES, exampleLines);
  const { data: page, error } = useCommand(
    'lines.page',
    caseId === null || fileId === undefined ? null : { caseId, fileId, start: example.line - 1, count },
  );
  const rows = page?.rows;
  const parts = useMemo(() => traceParts(rows ?? [], frames), [rows, frames]);
  const hasTrace = parts.some((part) => part.frames.length > 0);
  return (
    <section className="example" aria-label="Example">
      <h4 className="example__head">
        Example
        <span className="example__place">
          <LineLink file={example.file} line={example.line} />
        </span>
        {hasTrace && (
          <Button tone="quiet" isPressed={isWritten} onClick={() => setIsWritten(!isWritten)}>
            Raw
          </Button>
        )}
      </h4>
      {error !== null && <ErrorBox error={error} />}
      {hasTrace && !isWritten && fileId !== undefined ? (
        <TraceView parts={parts} fileId={fileId} />
      ) : (
        rows !== undefined && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls
          // biome-ignore lint/a11y/useSemanticElements: a scrolling region with a name
          <div className="example__text mono" role="region" aria-label={safeText(example.file)} tabIndex={0}>
            {rows.map((row) => (
              <div key={row.line}>
                <SafeText text={row.text} />
              </div>
            ))}
          </div>
        )
      )}
      {exampleLines > count && (
        <p className="faint">{`${formatCount(exampleLines - count, 'more line')} in the file.`}</p>
      )}
    </section>
  );
}
