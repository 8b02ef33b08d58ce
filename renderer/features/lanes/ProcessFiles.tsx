/** The log files of a process, each a link to its first line. */
import type { FileRow } from '../../../electron/contract/file-records.ts';
import { formatCount } from '../../base/format.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function ProcessFiles({ files }: { files: readonly FileRow[] }) {
  return (
    <section aria-label="Its files">
      <h3 className="soft">{formatCount(files.length, 'file')}</h3>
      <ul className="process-detail__files">
        {files.map((file) => (
          <li key={file.fileId}>
            <GoTo to={{ view: 'logs', selection: { line: { fileId: file.fileId, line: 1 } } }}>
              <SafeText text={file.path} />
            </GoTo>{' '}
            <span className="faint">
              {formatCount(file.lines, 'line')}
              {file.errors > 0 && `, ${formatCount(file.errors, 'error')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
