/**
 * A frame of a traceback as a row: file and line, function and code. It leads to its line in the
 * log.
 */
import { safeText } from '../../base/safe-text.ts';
import type { TraceFrame } from '../../base/trace-parts.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function TraceFrameRow({ frame, fileId }: { frame: TraceFrame; fileId: number }) {
  const base = frame.file.split(/[\\/]/).at(-1) ?? frame.file;
  return (
    <li className="trace__frame mono">
      <GoTo
        to={{ view: 'logs', selection: { line: { fileId, line: frame.at }, detail: 'line' } }}
        title={safeText(frame.file)}
      >
        <SafeText text={`${base}:${frame.line}`} />
      </GoTo>
      <span className="soft">
        <SafeText text={frame.name} />
      </span>
      <span className="trace__code">{frame.code !== null && <SafeText text={frame.code} />}</span>
    </li>
  );
}
