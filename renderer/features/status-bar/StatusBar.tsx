/**
 * The status bar says how much of the run is read and what it is made of. Its parts show the growth
 * of the folder, which clock counts, and the time under the cursor.
 */
import { formatBytes, formatCount, formatPercent } from '../../base/format.ts';
import { isIndexing } from '../../state/follow-case.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { ProgressLine } from '../../widgets/ProgressLine.tsx';
import { StatusClock } from './StatusClock.tsx';
import { StatusGrowth } from './StatusGrowth.tsx';
import { StatusTime } from './StatusTime.tsx';
import './status-bar.css';

export function StatusBar() {
  const progress = useCase((state) => state.progress);
  const info = useCase((state) => state.info);
  const cancel = useCase((state) => state.cancelIndexing);
  const resume = useCase((state) => state.resumeIndexing);
  const isOpen = progress !== null && (isIndexing(progress) || ['cancelled', 'failed'].includes(progress.phase));
  const share = progress === null || progress.bytesTotal === 0 ? 0 : progress.bytesDone / progress.bytesTotal;
  return (
    <footer className="status-bar" data-region="status">
      {isOpen ? (
        <>
          <span>{formatPercent(Math.floor(share * 1000) / 1000)}</span>
          <ProgressLine progress={progress} isShort onCancel={cancel} onResume={resume} />
          {progress.message !== null && <span className="ellipsis">{progress.message}</span>}
        </>
      ) : (
        <span>{progress === null ? 'Opening …' : 'Indexed 100 %'}</span>
      )}
      {info !== null && (
        <>
          <span>{formatBytes(info.bytes)}</span>
          <GoTo to={{ view: 'files' }}>{formatCount(info.files, 'file')}</GoTo>
          <GoTo to={{ view: 'problems' }}>{formatCount(info.problems, 'problem')}</GoTo>
        </>
      )}
      <StatusGrowth />
      <StatusClock />
      <StatusTime />
    </footer>
  );
}
