/**
 * A file line is a word, such as “picked up”, that links to the line it comes from. References name
 * a file by its path; `useFileIds` provides the ids that a link needs.
 */
import { useMemo } from 'react';
import type { LineRef } from '../../../electron/contract/line-records.ts';
import { safeText } from '../../base/safe-text.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

/** Returns the ids of files by their paths. */
export function useFileIds(): ReadonlyMap<string, number> {
  const caseId = useCase((state) => state.caseId);
  const { data } = useCommand('files.list', caseId === null ? null : { caseId });
  return useMemo(() => new Map(data?.map((file) => [file.path, file.fileId]) ?? []), [data]);
}

export function FileLine(props: { of: LineRef; fileIds: ReadonlyMap<string, number>; text: string }) {
  const { of, fileIds, text } = props;
  const fileId = fileIds.get(of.file);
  if (fileId === undefined) return <SafeText text={text} />;
  return (
    <GoTo
      to={{ view: 'logs', selection: { line: { fileId, line: of.line } } }}
      title={safeText(`${of.file}:${of.line}\n${of.text}`)}
    >
      <SafeText text={text} />
    </GoTo>
  );
}
