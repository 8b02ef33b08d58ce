/**
 * The pane's lines are those of the selected file, or of the merged files that contain it, with
 * their folds. A row is a place on the screen; folded lines have none of their own.
 */
import { useCallback } from 'react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import type { LineKey } from '../../../state/location.ts';
import { lineOfRow } from '../model/fold-map.ts';
import type { Merged } from '../model/merged.ts';
import type { LineStream } from '../model/stream.ts';
import type { FilesView } from '../model/use-files.ts';
import { useLineStream } from '../model/use-line-stream.ts';
import { useMerged } from '../model/use-merged.ts';
import { type Folds, useFolds } from './use-folds.ts';

export interface PaneLines {
  merged: Merged | null;
  /** Null if the lines are merged, and while no known file is selected. */
  file: FileRow | null;
  /** The path of the file, or what the merged files have in common. */
  title: string;
  stream: LineStream | null;
  folds: Folds;
  /** The number of lines, or null until the first of them arrive. */
  total: number | null;
  /** The number of rows. */
  rows: number;
  rowAt: (row: number) => LineRow | undefined;
}

export function usePaneLines(files: FilesView, current: LineKey | null): PaneLines {
  const kept = useMerged();
  const fileId = current?.fileId ?? null;
  // A hit in another file is shown in that file.
  const merged = kept !== null && (fileId === null || kept.fileIds.includes(fileId)) ? kept : null;
  const file = fileId === null || merged !== null ? null : (files.byId.get(fileId) ?? null);
  const stream = useLineStream(file?.fileId ?? null, merged);
  const folds = useFolds(stream);
  const { map } = folds;
  const total = stream?.total ?? null;
  const lineAt = stream?.rowAt;
  const rowAt = useCallback((row: number) => lineAt?.(lineOfRow(map, row)), [lineAt, map]);
  return {
    merged,
    file,
    title: merged?.title ?? file?.path ?? '',
    stream,
    folds,
    total,
    rows: total === null ? 0 : total - map.hidden,
    rowAt,
  };
}
