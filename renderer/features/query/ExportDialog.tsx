/**
 * The dialog that exports the tables of the run as a data set: into a folder chosen in the system's
 * dialog or, in a browser, as one zip to download. It asks for the format, the tables and what to
 * hide; the engine writes.
 */
import { useState } from 'react';
import { type ErrorInfo, toErrorInfo } from '../../../electron/contract/errors.ts';
import { keysOf } from '../../../electron/contract/known-keys.ts';
import { redactionKinds } from '../../../electron/contract/report-choices.ts';
import { type SqlTableName, sqlTables } from '../../../electron/contract/sql-schema.ts';
import { formatBytes, formatCount } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { useShell, useStores } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { Dialog } from '../../widgets/Dialog.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';

const formats = { parquet: 'Parquet', jsonl: 'JSON Lines', csv: 'CSV' } as const;
type Format = keyof typeof formats;

export function ExportDialog({ caseId, name, onClose }: { caseId: string; name: string; onClose: () => void }) {
  const [format, setFormat] = useState<Format>('parquet');
  const [left, setLeft] = useState<ReadonlySet<SqlTableName>>(new Set());
  const [isHidden, setIsHidden] = useState(true);
  const { save, error, isWorking } = useExport(onClose);
  const tables = sqlTables.map((table) => table.name).filter((table) => !left.has(table));
  const toggle = (table: SqlTableName) => {
    const next = new Set(left);
    if (!next.delete(table)) next.add(table);
    setLeft(next);
  };
  return (
    <Dialog title="Export the run" onClose={onClose}>
      <div className="export-form">
        <div role="radiogroup" aria-label="Format" className="export-form__row">
          {keysOf(formats).map((one) => (
            <label key={one}>
              <input type="radio" name="export-format" checked={one === format} onChange={() => setFormat(one)} />{' '}
              {formats[one]}
            </label>
          ))}
        </div>
        <fieldset className="export-form__tables">
          <legend>Tables</legend>
          {sqlTables.map((table) => (
            <label key={table.name} title={table.about}>
              <input type="checkbox" checked={!left.has(table.name)} onChange={() => toggle(table.name)} /> {table.name}
            </label>
          ))}
        </fieldset>
        <label>
          <input type="checkbox" checked={isHidden} onChange={() => setIsHidden(!isHidden)} /> Hide secrets, addresses,
          users and ids, as in reports (takes longer)
        </label>
        <div className="export-form__row">
          <Button
            tone="primary"
            disabled={isWorking || tables.length === 0}
            onClick={() =>
              void save(
                { caseId, format, tables, redact: isHidden ? [...redactionKinds] : null },
                `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-data-set`,
              )
            }
          >
            {isWorking ? 'Exporting …' : 'Export …'}
          </Button>
        </div>
        {error !== null && <ErrorBox error={error} />}
      </div>
    </Dialog>
  );
}

interface ExportParams {
  caseId: string;
  format: Format;
  tables: SqlTableName[];
  redact: (typeof redactionKinds)[number][] | null;
}

/** Runs an export. A toast shows its progress and can stop it. */
function useExport(onDone: () => void) {
  const { client, toasts, busy } = useStores();
  const { savePath, download } = useShell();
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [isWorking, setIsWorking] = useState(false);

  const save = async (params: ExportParams, name: string) => {
    setError(null);
    const path = savePath === null ? null : await savePath(name);
    if (savePath !== null && path === null) return;
    const abort = new AbortController();
    const { show, update, dismiss } = toasts.getState();
    const cancel = download === null ? { label: 'Cancel', run: () => abort.abort() } : null;
    const toast = show('Exporting the run …', { action: cancel, stays: true });
    const off = client.on('export.progressed', ({ caseId, bytesDone, bytesTotal }) => {
      if (caseId === params.caseId) update(toast, `Exporting: ${formatBytes(bytesDone)} of ${formatBytes(bytesTotal)}`);
    });
    const end = busy.begin('export');
    setIsWorking(true);
    try {
      if (path !== null) {
        const { tables, directory } = await client.call('export.save', { ...params, path }, { signal: abort.signal });
        show(`Exported ${formatCount(tables.length, 'table')} to ${safeText(directory)}`);
      } else if (download !== null) {
        const { bytes } = await download('export.save', params, `${name}.zip`);
        show(`Downloaded ${formatBytes(bytes)} as ${safeText(name)}.zip`);
      }
      onDone();
    } catch (thrown) {
      const info = toErrorInfo(thrown);
      if (info.kind === 'cancelled') show('The export was stopped. The same export goes on from there.');
      else setError(info);
    } finally {
      off();
      dismiss(toast);
      setIsWorking(false);
      end();
    }
  };
  return { save, error, isWorking };
}
