import { formatBytes, formatCount } from '../../base/format.ts';
import { formatClock } from '../../base/format-time.ts';
import { isIndexing } from '../../state/case-store.ts';
import { useCase, useCursorUs, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { ProgressLine } from '../../widgets/ProgressLine.tsx';
import './status-bar.css';

export function StatusBar() {
  const progress = useCase((state) => state.progress);
  const info = useCase((state) => state.info);
  const cancel = useCase((state) => state.cancelIndexing);
  const resume = useCase((state) => state.resumeIndexing);
  const zone = useView((state) => state.zone);
  const set = useView((state) => state.set);
  const cursorUs = useCursorUs();
  return (
    <footer className="status-bar" data-region="status">
      {progress !== null && (isIndexing(progress) || progress.phase === 'cancelled' || progress.phase === 'failed') ? (
        <ProgressLine progress={progress} isShort onCancel={cancel} onResume={resume} />
      ) : (
        <span>Indexed</span>
      )}
      {info !== null && (
        <>
          <span>{formatBytes(info.bytes)}</span>
          <GoTo to={{ view: 'files' }}>{formatCount(info.files, 'file')}</GoTo>
          <GoTo to={{ view: 'problems' }}>{formatCount(info.problems, 'problem')}</GoTo>
        </>
      )}
      <span className="status-bar__time">
        {cursorUs !== null && <span className="mono">{formatClock(cursorUs, zone)}</span>}
        <Button tone="quiet" onClick={() => set({ zone: zone === 'utc' ? 'local' : 'utc' })}>
          {zone === 'utc' ? 'UTC' : 'Local time'}
        </Button>
      </span>
    </footer>
  );
}
