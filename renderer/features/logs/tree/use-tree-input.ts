/**
 * Tree input is what keys and the pointer do in the tree: move, open and close branches, pick
 * files, merge them, and ask for the menu of a row.
 */
import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { formatCount } from '../../../base/format.ts';
import { type Box, pointBox } from '../../../widgets/place-at.ts';
import { treeStep } from './tree-keys.ts';
import type { TreeRow } from './tree-model.ts';
import { typeAhead } from './type-ahead.ts';
import type { TreeCursor } from './use-tree-cursor.ts';
import type { TreePicks } from './use-tree-picks.ts';
import type { TreeRows } from './use-tree-rows.ts';

export interface TreeInputOf {
  tree: TreeRows;
  cursor: TreeCursor;
  picks: TreePicks;
  onMerge: (fileIds: readonly number[], title: string) => void;
  onMenu: (at: Box, row: TreeRow) => void;
}

export interface TreeInput {
  onActive: (index: number, how: { extend: boolean; toggle: boolean }) => void;
  onKeyDownCapture: (event: KeyboardEvent) => void;
  onMouseDownCapture: (event: MouseEvent) => void;
  onContextMenu: (event: MouseEvent) => void;
}

export function useTreeInput({ tree, cursor, picks, onMerge, onMenu }: TreeInputOf): TreeInput {
  const { rows } = tree;
  const { active } = cursor;
  const isPointer = useRef(false);
  const isTwist = useRef(false);
  const type = useTypeAhead(rows, cursor);

  const toggle = (row: TreeRow) => {
    picks.toggle(row);
    cursor.setActive(row);
  };
  const merge = (row: TreeRow) => {
    if (picks.fileIds.length > 1) onMerge(picks.fileIds, formatCount(picks.fileIds.length, 'file'));
    else if (row.file === null) onMerge(row.fileIds, row.label);
  };

  const onActive = (index: number, how: { extend: boolean; toggle: boolean }) => {
    const row = rows[index];
    if (row === undefined) return;
    if (how.extend && active !== null) return picks.extend(rows, active, index);
    if (how.extend || how.toggle) return toggle(row);
    if (picks.fileIds.length > 0) picks.clear();
    if (!isPointer.current) return cursor.moveTo(index);
    // A click goes to the file, so that the keys then belong to the lines. A branch opens by its
    // sign or a double click.
    cursor.click(row);
    if (row.file === null && isTwist.current) tree.toggle(row, !row.isExpanded);
  };

  const onKeyDownCapture = (event: KeyboardEvent) => {
    isPointer.current = false;
    if (event.target instanceof HTMLInputElement || active === null) return;
    const row = rows[active];
    const step = treeStep(event, rows, active);
    if (row === undefined || step === null) return;
    if (step.kind === 'move') cursor.moveTo(step.to);
    else if (step.kind === 'type') type(active, step.letter);
    else if (step.kind === 'merge') merge(row);
    else if (step.kind === 'pick') toggle(row);
    else if (step.kind === 'menu') {
      const element = event.currentTarget.querySelector('.is-active') ?? event.currentTarget;
      onMenu(element.getBoundingClientRect(), row);
    } else tree.toggle(row, step.kind === 'expand');
    event.preventDefault();
    event.stopPropagation();
  };
  const onMouseDownCapture = (event: MouseEvent) => {
    isPointer.current = true;
    isTwist.current = event.target instanceof Element && event.target.closest('.tree-row__twist') !== null;
  };
  const onContextMenu = (event: MouseEvent) => {
    const row = rowUnder(event, rows);
    if (row === undefined) return;
    event.preventDefault();
    cursor.setActive(row);
    onMenu(pointBox(event.clientX, event.clientY), row);
  };
  return { onActive, onKeyDownCapture, onMouseDownCapture, onContextMenu };
}

/** Moves the cursor to the row that typed letters lead to. */
function useTypeAhead(rows: readonly TreeRow[], cursor: TreeCursor) {
  const typed = useRef({ text: '', at: 0 });
  return (from: number, letter: string) => {
    const labels = rows.map((each) => each.label);
    const next = typeAhead(labels, from, typed.current, letter, performance.now());
    if (next !== null) cursor.moveTo(next);
  };
}

function rowUnder(event: MouseEvent, rows: readonly TreeRow[]): TreeRow | undefined {
  const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
  return rows[Number(element?.dataset.index ?? -1)];
}
