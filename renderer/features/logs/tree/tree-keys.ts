/** Tree keys are the keys that a tree has besides those of every list. */
import type { TreeRow } from './tree-model.ts';

interface Press {
  key: string;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

export type TreeStep =
  | { kind: 'expand' | 'collapse' | 'merge' | 'pick' | 'menu' }
  | { kind: 'move'; to: number }
  | { kind: 'type'; letter: string };

/**
 * Returns what a key does at the active row, or null if the list may have it. A move may lead past
 * the rows: then the key does nothing.
 */
export function treeStep(press: Press, rows: readonly TreeRow[], active: number): TreeStep | null {
  const row = rows[active];
  if (row === undefined) return null;
  const { key } = press;
  const isBranch = row.file === null;
  if (key === 'ArrowRight' && isBranch) return row.isExpanded ? { kind: 'move', to: active + 1 } : { kind: 'expand' };
  if (key === 'ArrowLeft')
    return isBranch && row.isExpanded ? { kind: 'collapse' } : { kind: 'move', to: parentOf(rows, active) };
  if (key === 'Enter' && (press.ctrlKey || press.metaKey)) return { kind: 'merge' };
  if (key === ' ') return { kind: 'pick' };
  if ((key === 'F10' && press.shiftKey) || key === 'ContextMenu') return { kind: 'menu' };
  const isPlain = !press.ctrlKey && !press.metaKey && !press.altKey;
  return isPlain && /^[\p{L}\p{N}._-]$/u.test(key) ? { kind: 'type', letter: key } : null;
}

/** Returns the branch that holds a row; -1 if none does. */
function parentOf(rows: readonly TreeRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  return rows.slice(0, index).findLastIndex((each) => each.depth < depth);
}
