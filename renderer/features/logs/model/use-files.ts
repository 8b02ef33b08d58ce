/**
 * The files view holds the files of the case as Logs needs them: by id, by path, and in the order
 * of the tree.
 */
import { useMemo } from 'react';
import type { FileRow } from '../../../../electron/contract/file-records.ts';
import { useCase } from '../../../state/StoresContext.tsx';
import { useCommand } from '../../../state/use-command.ts';
import { orderedFiles } from '../tree/tree-model.ts';

export interface FilesView {
  files: readonly FileRow[];
  byId: ReadonlyMap<number, FileRow>;
  byPath: ReadonlyMap<string, FileRow>;
  /** In the order of the tree. */
  ordered: readonly FileRow[];
  isLoading: boolean;
}

const none: readonly FileRow[] = [];

export function useFiles(): FilesView {
  const caseId = useCase((state) => state.caseId);
  const { data, isLoading } = useCommand('files.list', caseId === null ? null : { caseId });
  const files = data ?? none;
  return useMemo(
    () => ({
      files,
      byId: new Map(files.map((file) => [file.fileId, file])),
      byPath: new Map(files.map((file) => [file.path, file])),
      ordered: orderedFiles(files),
      isLoading,
    }),
    [files, isLoading],
  );
}
