/**
 * What is done with a finished report: it is saved to a path, downloaded by a browser, or copied as
 * Markdown. One task runs at a time.
 */
import { useState } from 'react';
import { type ErrorInfo, toErrorInfo } from '../../../electron/contract/errors.ts';
import type { ReportOptionsInput } from '../../../electron/contract/report.ts';
import { formatBytes } from '../../base/format.ts';
import { useClient, useShell, useStores, useToasts } from '../../state/StoresContext.tsx';
import { writeClipboard } from '../../widgets/row-listing.ts';
import { fileName, proposedPath } from './report-options.ts';
import { useReportState } from './report-state.ts';

/** The report to save. */
export interface ReportToSave {
  caseId: string;
  options: ReportOptionsInput;
  source: string;
  runName: string;
}

export interface ReportSave {
  isWorking: boolean;
  error: ErrorInfo | null;
  /** Saves to a path that a person chooses in the system's dialog. */
  save: () => Promise<void>;
  /** Null in a shell that saves. In a browser, the shell writes the file and hands it over. */
  download: (() => Promise<void>) | null;
  copy: () => Promise<void>;
}

export function useReportSave({ caseId, options, source, runName }: ReportToSave): ReportSave {
  const format = useReportState((state) => state.format);
  const chosenPath = useReportState((state) => state.path);
  const set = useReportState((state) => state.set);
  const client = useClient();
  const { savePath, download: downloadByShell } = useShell();
  const stores = useStores();
  const { isWorking, error, work } = useTask();
  const path = chosenPath ?? proposedPath(source, runName, format);

  const save = async () => {
    const chosen = (await savePath?.(path)) ?? null;
    if (chosen === null) return;
    set({ path: chosen });
    await work('saving', async () => {
      // The system's dialog has asked before it named a file that is there.
      const saved = await client.call('report.save', { caseId, options, format, path: chosen, force: true });
      return `Saved ${formatBytes(saved.bytes)} to ${saved.path}`;
    });
  };
  const download =
    downloadByShell === null
      ? null
      : () =>
          work('downloading', async () => {
            const name = fileName(runName, format);
            const { bytes } = await downloadByShell('report.save', { caseId, options, format }, name);
            return `Downloaded ${formatBytes(bytes)} as ${name}`;
          });
  const copy = () =>
    work('copying', async () => {
      const { text } = await client.call('report.render', { caseId, options, format: 'md' });
      writeClipboard(stores, text, 'Copied as Markdown');
      return null;
    });
  return { isWorking, error, save, download, copy };
}

/** A task keeps the window busy, says what it did, and keeps the error of its last run. */
function useTask() {
  const { busy } = useStores();
  const show = useToasts((state) => state.show);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [isWorking, setIsWorking] = useState(false);
  /** `run` returns the words for what it did, or null. */
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
  return { isWorking, error, work };
}
