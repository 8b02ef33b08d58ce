/** The crumbs of a file name its node, process, kind and path, with its size and times. */
import { ChevronRight } from 'lucide-react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { formatBytes, formatCount } from '../../../base/format.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { TimeText } from '../../../widgets/TimeText.tsx';
import { Value } from '../../../widgets/Value.tsx';
import { fileLabel } from '../tree/file-label.ts';

export function FileCrumbs({ file, total }: { file: FileRow; total: number | null }) {
  const { node, process, pid } = file;
  const mark = <ChevronRight size={12} className="lines-header__mark" />;
  return (
    <>
      <h2 className="lines-header__crumbs">
        {node !== null && <Value value={{ of: 'node', node }} />}
        {node !== null && mark}
        {node !== null && process !== null && (
          <>
            <Value value={{ of: 'process', node, pid, process }}>
              <SafeText text={pid === null ? process : `${process} · ${pid}`} />
            </Value>
            {mark}
          </>
        )}
        <span className="lines-header__label">{fileLabel(file)}</span>
      </h2>
      <span className="lines-header__path mono ellipsis">
        <Value value={{ of: 'file', path: file.path, fileId: file.fileId }} />
      </span>
      <span className="lines-header__facts soft">
        {total === null ? '' : `${formatCount(total, 'line')} · `}
        {formatBytes(file.bytes)}
        {file.firstUs !== null && (
          <>
            {' · '}
            <TimeText us={file.firstUs} /> – <TimeText us={file.lastUs} />
          </>
        )}
      </span>
    </>
  );
}
