import { useMemo } from 'react';
import { formatNumber } from '../../base/format.ts';
import { noFilter } from '../../state/filter.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

const MOST = 8;

/** Files with most lines of level error; each leads to these lines. */
export function ErrorFiles({ isPartial }: { isPartial: boolean }) {
  const caseId = useCase((state) => state.caseId);
  const { data: files } = useCommand('files.list', caseId === null ? null : { caseId });
  const { top, others } = useMemo(() => {
    const bad = (files ?? []).filter((file) => file.errors > 0).sort((a, b) => b.errors - a.errors);
    return { top: bad.slice(0, MOST), others: Math.max(0, bad.length - MOST) };
  }, [files]);
  const most = top[0]?.errors ?? 1;
  return (
    <section className="overview__part" aria-label="Files with most errors">
      <h3>Files with most errors</h3>
      {files !== undefined && top.length === 0 && (
        <p className="soft">{isPartial ? 'No line so far has the level error.' : 'No line has the level error.'}</p>
      )}
      <ul className="error-files">
        {top.map((file) => (
          <li key={file.fileId}>
            <GoTo
              className="error-files__link"
              title={file.path}
              to={{
                view: 'logs',
                filter: { ...noFilter, file: { include: [file.path], exclude: [] }, minLevel: 'error' },
              }}
            >
              <span className="ellipsis-start">
                <bdi>
                  <SafeText text={file.path} />
                </bdi>
              </span>
              <span className="number">{formatNumber(file.errors)}</span>
              <span className="error-files__bar" style={{ transform: `scaleX(${file.errors / most})` }} />
            </GoTo>
          </li>
        ))}
      </ul>
      {others > 0 && (
        <GoTo
          to={{ view: 'files' }}
        >{`${formatNumber(others)} more ${others === 1 ? 'file has' : 'files have'} errors`}</GoTo>
      )}
    </section>
  );
}
