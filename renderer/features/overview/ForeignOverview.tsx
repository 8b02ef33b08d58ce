/**
 * The overview of logs that do not belong to a ParallelRunStep run: files, time span, levels, error
 * groups and templates. It does not mention mini-batches.
 */
import { useMemo } from 'react';
import type { FileRow } from '../../../electron/contract/file-records.ts';
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { formatBytes, formatCount, formatDuration, formatNumber } from '../../base/format.ts';
import { histogramLevels, kindWords, levelLooks } from '../../base/looks.ts';
import { noFilter } from '../../state/filter.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { ErrorGroups } from './ErrorGroups.tsx';
import { ForeignTemplates } from './ForeignTemplates.tsx';
import { useErrorGroups } from './use-root-cause.ts';
import { NOT_A_RUN } from './verdict.ts';

const MOST_FILES = 20;
const noFiles: readonly FileRow[] = [];

export function ForeignOverview({ info }: { info: RunInfo }) {
  const caseId = useCase((state) => state.caseId);
  const { data: files = noFiles } = useCommand('files.list', caseId === null ? null : { caseId });
  const { data: activity } = useCommand(
    'timeline.activity',
    caseId === null ? null : { caseId, filter: {}, fromUs: null, toUs: null, buckets: 1 },
  );
  const groups = useErrorGroups();
  const span = useMemo(() => {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const { firstUs, lastUs } of files) {
      if (firstUs !== null) from = Math.min(from, firstUs);
      if (lastUs !== null) to = Math.max(to, lastUs);
    }
    return from <= to ? { from, to } : null;
  }, [files]);
  const levels = (activity?.counts ?? []).map((counts, index) => ({
    level: histogramLevels[index] ?? null,
    count: counts.reduce((sum, count) => sum + count, 0),
  }));
  const most = Math.max(1, ...levels.map(({ count }) => count));
  const largest = [...files].sort((a, b) => (b.lines ?? 0) - (a.lines ?? 0));
  return (
    <>
      <section className="verdict" aria-label="What these logs are">
        <h2 className="verdict__headline">{NOT_A_RUN}</h2>
        <p className="soft">
          {formatCount(info.files, 'file')}, {formatCount(info.lines, 'line')}, {formatBytes(info.bytes)}
          {span !== null && (
            <>
              {'; '}
              <TimeText us={span.from} date /> – <TimeText us={span.to} date />,{' '}
              {formatDuration((span.to - span.from) / 1e6)}
            </>
          )}
        </p>
      </section>
      <div className="foreign">
        <section className="overview__part" aria-label="Levels">
          <h3>Levels</h3>
          <ul>
            {levels.map(({ level, count }) => (
              <li key={level ?? 'none'}>
                <div className="foreign__row">
                  {level === null ? (
                    <span>No level</span>
                  ) : (
                    <GoTo to={{ view: 'logs', filter: { ...noFilter, minLevel: level } }}>
                      <Mark of={{ level }} /> {levelLooks[level].word}
                    </GoTo>
                  )}
                  <span className="number">{formatNumber(count)}</span>
                </div>
                <div className="foreign__bar" style={{ width: `${(count / most) * 100}%` }} />
              </li>
            ))}
          </ul>
        </section>
        <ErrorGroups groups={groups} shownAbove={null} isPartial={false} />
        <ForeignTemplates bytes={info.bytes} />
        <section className="overview__part" aria-label="Files">
          <h3>
            Files <span className="soft">{formatNumber(files.length)}</span>
          </h3>
          <ul>
            {largest.slice(0, MOST_FILES).map((file) => (
              <li key={file.fileId} className="foreign__row">
                <GoTo
                  className="ellipsis"
                  title={file.path}
                  to={{ view: 'logs', selection: { line: { fileId: file.fileId, line: 1 }, detail: null } }}
                >
                  <SafeText text={file.path} />
                </GoTo>
                <span className="faint">{kindWords[file.kind]}</span>
                <span className="number">{formatCount(file.lines ?? 0, 'line')}</span>
              </li>
            ))}
          </ul>
          {files.length > MOST_FILES && (
            <GoTo to={{ view: 'files' }}>{`All ${formatCount(files.length, 'file')}`}</GoTo>
          )}
        </section>
      </div>
    </>
  );
}
