/**
 * The report preview shows what will be written, after redaction and in the chosen format. The
 * engine renders it again when the form changes.
 */
import { useState } from 'react';
import { keysOf } from '../../../electron/contract/known-keys.ts';
import type { ReportOptionsInput } from '../../../electron/contract/report.ts';
import { formatBytes } from '../../base/format.ts';
import { useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { HtmlPreview } from './HtmlPreview.tsx';

const TYPING_MS = 350;
/** The preview cuts Markdown and JSON of a large report here. The saved file is complete. */
const MOST_CHARS = 200_000;

const forms = { html: 'HTML', md: 'Markdown', json: 'JSON' } as const;
type Form = keyof typeof forms;

export function ReportPreview({ caseId, options }: { caseId: string; options: ReportOptionsInput }) {
  const [format, setFormat] = useState<Form>('html');
  const { navigate } = useNavigation();
  const { data: files } = useCommand('files.list', { caseId });
  const { data, error, isLoading } = useCommand('report.render', { caseId, options, format }, { delayMs: TYPING_MS });
  const show = (index: number, line: number) => {
    const fileId = files?.[index]?.fileId;
    if (fileId !== undefined) navigate({ view: 'logs', selection: { line: { fileId, line }, detail: 'line' } });
  };
  return (
    <section className="report-preview" aria-label="Preview">
      <div className="report-preview__bar">
        <h2>Preview</h2>
        {keysOf(forms).map((form) => (
          <Button key={form} tone="quiet" isPressed={form === format} onClick={() => setFormat(form)}>
            {forms[form]}
          </Button>
        ))}
        <span className="soft report-preview__size" role="status">
          {data === undefined ? 'Making the report …' : isLoading ? 'Making it again …' : formatBytes(data.bytes)}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach what scrolls */}
      <div className="report-preview__scroll" tabIndex={0}>
        {error !== null ? (
          <ErrorBox error={error} />
        ) : data === undefined ? null : data.text.startsWith('<!DOCTYPE') ? (
          <HtmlPreview html={data.text} onReference={show} />
        ) : (
          <pre className="report-preview__text mono">
            {data.text
              .slice(0, MOST_CHARS)
              .split('\n')
              .map((line, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other key and never move
                <div key={index}>{line === '' ? '\u00a0' : <SafeText text={line} />}</div>
              ))}
            {data.text.length > MOST_CHARS && <div className="soft">… the rest is in the file</div>}
          </pre>
        )}
      </div>
    </section>
  );
}
