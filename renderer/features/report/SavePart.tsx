/**
 * The part of the report view that saves: to a path chosen in the system's dialog, as a download in
 * a browser, or as Markdown on the clipboard. It also chooses the format.
 */
import { ClipboardCopy, Download, Save } from 'lucide-react';
import { type ReportFormat, reportFormats } from '../../../electron/contract/report-choices.ts';
import { Button } from '../../widgets/Button.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { withEnding } from './report-options.ts';
import { useReportState } from './report-state.ts';
import { type ReportToSave, useReportSave } from './use-report-save.ts';

const titles: Record<ReportFormat, string> = { html: 'HTML', md: 'Markdown', json: 'JSON', zip: 'Zip with evidence' };

export function SavePart(props: ReportToSave) {
  const { isWorking, error, save, download, copy } = useReportSave(props);
  return (
    <fieldset className="report-form__group report-form__save" disabled={isWorking}>
      <legend>Save</legend>
      <FormatChoice />
      <div className="report-form__buttons">
        {download === null ? (
          <Button tone="primary" icon={<Save size={14} />} onClick={() => void save()}>
            {isWorking ? 'Working …' : 'Save …'}
          </Button>
        ) : (
          <Button tone="primary" icon={<Download size={14} />} onClick={() => void download()}>
            {isWorking ? 'Working …' : 'Download'}
          </Button>
        )}
        <Button icon={<ClipboardCopy size={14} />} onClick={() => void copy()}>
          Copy Markdown
        </Button>
      </div>
      {error !== null && <ErrorBox error={error} />}
    </fieldset>
  );
}

/** Chooses the format, and for a zip whether it holds complete files. */
function FormatChoice() {
  const format = useReportState((state) => state.format);
  const path = useReportState((state) => state.path);
  const wholeFiles = useReportState((state) => state.wholeFiles);
  const set = useReportState((state) => state.set);
  return (
    <>
      <div className="report-form__formats" role="radiogroup" aria-label="Format">
        {reportFormats.map((one) => (
          <label key={one} className="report-form__format">
            <input
              type="radio"
              name="report-format"
              checked={one === format}
              onChange={() => set({ format: one, path: path === null ? null : withEnding(path, one) })}
            />
            {titles[one]}
          </label>
        ))}
      </div>
      {format === 'zip' && (
        <label className="report-form__tick">
          <input type="checkbox" checked={wholeFiles} onChange={() => set({ wholeFiles: !wholeFiles })} />
          <span>Include complete files</span>
        </label>
      )}
    </>
  );
}
