/**
 * Pending lines have not arrived yet, or never will: the file is unknown, empty, failed or not
 * indexed yet. The notice says why. It draws nothing if there are lines.
 */
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { formatBytes } from '../../../base/format.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { EmptyState } from '../../../widgets/EmptyState.tsx';
import type { LineStream } from '../model/stream.ts';

export interface PendingLinesProps {
  stream: LineStream | null;
  file: FileRow | null;
  /** The requested file belongs to the case. */
  isKnown: boolean;
}

export function PendingLines({ stream, file, isKnown }: PendingLinesProps) {
  const phase = useCase((state) => state.progress?.phase);
  const resume = useCase((state) => state.resumeIndexing);
  if (stream !== null && stream.total !== null && stream.total > 0) return null;
  const isStopped = phase === 'cancelled' || phase === 'failed';
  let content = null;
  if (!isKnown) content = <EmptyState title="There is no such file in this run." />;
  else if (stream === null) return null;
  else if (file?.state === 'pending' && isStopped)
    content = (
      <EmptyState
        title="This file is not indexed."
        actions={
          <Button tone="primary" onClick={resume}>
            Resume indexing
          </Button>
        }
      >
        Indexing was stopped before its turn came.
      </EmptyState>
    );
  else if (file?.state === 'pending' && stream.total === null)
    content = (
      <EmptyState title="This file is being indexed first.">
        {formatBytes(file.bytes)}; its lines show as soon as it is.
      </EmptyState>
    );
  else if (file?.state === 'failed')
    content = <EmptyState title="This file could not be read.">The list of problems says why.</EmptyState>;
  else if (stream.total === 0 && !stream.isRunning)
    content = <EmptyState title={stream.kind === 'file' ? 'This file is empty.' : 'These files are empty.'} />;
  return content === null ? null : <div className="lines-pane__notice">{content}</div>;
}
