/**
 * The part of the report view that saves: to a path chosen in the system's dialog, as a download in
 * a browser, or as Markdown on the clipboard. It also chooses the format.
 */
import { ClipboardCopy, Download, Save } from 'lucide-react';
import { useState } from 'react';
import { type ErrorInfo, toErrorInfo } from '../../../electron/contract/errors.ts';
import type { ReportOptionsInput } from '../../../electron/contract/report.ts';
import { type ReportFormat, reportFormats } from '../../../electron/contract/report-choices.ts';
import { formatBytes } from '../../base/format.ts';
import { useClient, useShell, useStores, useToasts } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { writeClipboard } from '../../widgets/row-listing.ts';
import { fileName, proposedPath, withEnding } from './report-options.ts';
import { useReportState } from './report-state.ts';

const titles: Record<ReportFormat, string> = { html: 'HTML', md: 'Markdown', json: 'JSON', zip: 'Zip with evidence' };

export interface SavePartProps {
  caseId: string;
  options: ReportOptionsInput;
  source: string;
  runName: string;
}

export function SavePart({ caseId, options, source, runName }: SavePartProps) {
  const format = useReportState((state) => state.format);
  const chosenPath = useReportState((state) => state.path);
  const wholeFiles = useReportState((state) => state.wholeFiles);
  const set = useReportState((state) => state.set);
  const client = useClient();
  const { savePath, download: downloadByShell } = useShell();
  const stores = useStores();
  const { busy } = stores;
  const show = useToasts((state) => state.show);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [isWorking, setIsWorking] = useState(false);
  const path = chosenPath ?? proposedPath(source, runName, format);

  /** Runs one task at a time. `run` returns what it did; an error appears below the buttons. */
  const work = async (what: string, run: () => Promise<string | null>) => {
    setError(null);
    setIsWorking(true);
    const end = busy.begin(what);
    try {
      const said = await run();
      if (said !== null) show(said);
    } catch (thrown) {
      setError(toErrorInfo(thrown));
    } finally {
      end();
      setIsWorking(false);
    }
  };
  const saveTo = (to: string, force: boolean) =>
    work('saving', async () => {
      const saved = await client.call('report.save', { caseId, options, format, path: to.trim(), force });
      return `Saved ${formatBytes(saved.bytes)} to ${saved.path}`;
    });
  /** Overwrites the file, since the system's dialog has already asked. */
  const save = async () => {
    const chosen = (await savePath?.(path)) ?? null;
    if (chosen === null) return;
    set({ path: chosen });
    await saveTo(chosen, true);
  };
  /** In a browser, the shell writes the file and hands it over as a download. */
  const download = (by: NonNullable<typeof downloadByShell>) =>
    work('downloading', async () => {
      const name = fileName(runName, format);
      const { bytes } = await by('report.save', { caseId, options, format }, name);
      return `Downloaded ${formatBytes(bytes)} as ${name}`;
    });
  const copy = () =>
    work('copying', async () => {
      const { text } = await client.call('report.render', { caseId, options, format: 'md' });
      writeClipboard(stores, text, 'Copied as Markdown');
      return null;
    });

  return (
    <fieldset className="report-form__group report-form__save" disabled={isWorking}>
      <legend>Save</legend>
      <div className="report-form__formats" role="radiogroup" aria-label="Format">
        {reportFormats.map((one) => (
          <label key={one} className="report-form__format">
            <input
              type="radio"
              name="report-format"
              checked={one === format}
              onChange={() => set({ format: one, path: chosenPath === null ? null : withEnding(chosenPath, one) })}
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
      <div className="report-form__buttons">
        {downloadByShell === null ? (
          <Button tone="primary" icon={<Save size={14} />} onClick={() => void save()}>
            {isWorking ? 'Working …' : 'Save …'}
          </Button>
        ) : (
          <Button tone="primary" icon={<Download size={14} />} onClick={() => void download(downloadByShell)}>
            {isWorking ? 'Working …' : 'Download'}
          </Button>
        )}
        <Button icon={<ClipboardCopy size={14} />} onClick={() => void copy()}>
          Copy Markdown
        </Button>
      </div>
      {error !== null && (
        <ErrorBox
          error={error}
          actions={
            error.code === 'exists' ? <Button onClick={() => void saveTo(path, true)}>Replace it</Button> : undefined
          }
        />
      )}
    </fieldset>
  );
}
