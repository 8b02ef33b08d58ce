/**
 * A row of the tree is a node, a process, a kind, a folder or a file. What it shows by colour it
 * also says in words for screen readers.
 */
import { ChevronDown, ChevronRight, FileText, Folder, Layers, Server, SquareTerminal, Table } from 'lucide-react';
import { memo } from 'react';
import { formatCompact, formatCount, formatNumber } from '../../../base/format.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import type { TreeRow } from './tree-model.ts';

const INDENT_PX = 14;

function iconOf({ group, file }: TreeRow) {
  if (file !== null) {
    return file.kind === 'resources' || file.kind === 'tasks' ? <Table size={12} /> : <FileText size={12} />;
  }
  if (group?.of === 'node') return <Server size={12} />;
  if (group?.of === 'process') return <SquareTerminal size={12} />;
  if (group?.of === 'folder') return <Folder size={12} />;
  return <Layers size={12} />;
}

export const FileTreeRow = memo(function FileTreeRow({ row }: { row: TreeRow }) {
  const { file } = row;
  const count = row.hits ?? row.lines;
  const isPending = file?.state === 'pending';
  return (
    <div className="tree-row" style={{ paddingLeft: 4 + row.depth * INDENT_PX }} title={file?.path}>
      <span className="tree-row__twist">
        {file === null && (row.isExpanded ? <ChevronDown size={12} /> : <ChevronRight size={12} />)}
      </span>
      <span className="tree-row__icon">{iconOf(row)}</span>
      <span className={`tree-row__label ellipsis ${row.hits === 0 ? 'faint' : ''}`}>
        <SafeText text={row.label} />
        {row.hint !== '' && (
          <span className="faint">
            {' '}
            <SafeText text={row.hint} />
          </span>
        )}
      </span>
      {row.errors > 0 && (
        <span className="tree-row__errors" title={`${formatCount(row.errors, 'line')} with errors`}>
          {formatCompact(row.errors)}
          <span className="hidden-label"> {row.errors === 1 ? 'error' : 'errors'}</span>
        </span>
      )}
      <span
        className={`tree-row__count ${row.hits === null ? 'faint' : row.hits > 0 ? 'tree-row__count--hits' : 'faint'}`}
        title={count === null ? 'Not indexed yet' : `${formatNumber(count)} ${row.hits === null ? 'lines' : 'hits'}`}
      >
        {isPending ? '…' : count === null || row.hits === 0 ? '' : formatCompact(count)}
        {count !== null && row.hits !== 0 && (
          <span className="hidden-label"> {`${row.hits === null ? 'line' : 'hit'}${count === 1 ? '' : 's'}`}</span>
        )}
      </span>
    </div>
  );
});
