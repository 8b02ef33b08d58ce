/**
 * A line link shows a line of a log as `path:line` with its message and leads to it in Logs. A file
 * that is not in this download is named without a link.
 */
import { useMemo } from 'react';
import { safeText } from '../base/safe-text.ts';
import { useCase } from '../state/StoresContext.tsx';
import { useCommand } from '../state/use-command.ts';
import { GoTo } from './GoTo.tsx';
import { SafeText } from './SafeText.tsx';
import './line-link.css';

export interface LineLinkProps {
  file: string;
  line: number | null;
  /** The text of the line. The link shows only its message, and all of it on hover. */
  text?: string;
}

export function LineLink({ file, line, text }: LineLinkProps) {
  const caseId = useCase((state) => state.caseId);
  const { data: files } = useCommand('files.list', caseId === null ? null : { caseId });
  const fileId = useMemo(() => files?.find((each) => each.path === file)?.fileId, [files, file]);
  const place = line === null ? file : `${file}:${line}`;
  const content = (
    <>
      <span className="line-link__place">
        <SafeText text={place} />
      </span>
      {text !== undefined && (
        <span className="line-link__text mono">
          <SafeText text={messageOf(text)} />
        </span>
      )}
    </>
  );
  const title = safeText(text === undefined ? place : `${place}\n${text}`);
  // The file is not in this download: name it, but there is nowhere to go.
  if (fileId === undefined) {
    return (
      <span className="line-link" title={title}>
        {content}
      </span>
    );
  }
  return (
    <GoTo
      className="line-link"
      title={title}
      to={{ view: 'logs', selection: { line: { fileId, line: line ?? 1 }, detail: 'line' } }}
    >
      {content}
    </GoTo>
  );
}

/**
 * Returns the message without the fields before it (`time|logger|LEVEL|pid|…`), which look alike in
 * every line.
 */
export function messageOf(text: string): string {
  const fields =
    /^\d{4}-\d\d-\d\d[ T][\d:.,]+\s*\|(?:[^|]{0,80}\|)??(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\|(?:\d+\|)*(?:[\w.<>]+\(\)\|)?/.exec(
      text,
    );
  const message = fields === null ? text : text.slice(fields[0].length);
  return message.trim() === '' ? text : message;
}
