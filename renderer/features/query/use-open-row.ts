/** Opening a row of a result leads to the line that it names, in the run that it belongs to. */
import type { SqlCell, SqlState } from '../../../electron/contract/sql-records.ts';
import { type ChosenRun, heldCase } from '../../state/chosen-runs.ts';
import { useCase, useClient, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { linePlaces } from './result-columns.tsx';

/** `runs` are those of the result if it spans several, otherwise empty. */
export function useOpenRow(columns: SqlState['columns'], runs: readonly ChosenRun[]) {
  const caseId = useCase((state) => state.caseId);
  const client = useClient();
  const navigation = useNavigation();
  const { data: files } = useCommand('files.list', caseId === null ? null : { caseId });
  /** With several runs, a row can link to a line only if it says which run it belongs to. */
  const filesOf = async (run: ChosenRun | undefined) => {
    if (runs.length === 0) return files;
    const caseOfRun = run === undefined ? null : heldCase(run);
    if (caseOfRun === null) return undefined;
    return client.call('files.list', { caseId: caseOfRun }).catch(() => undefined);
  };
  return async (row: SqlCell[] | undefined) => {
    const places = linePlaces(columns);
    if (row === undefined || places === null) return;
    const line = row[places.line];
    const runAt = columns.findIndex(({ name }) => name === 'run');
    const run = runs.find((each) => each.run === row[runAt]);
    const file = (await filesOf(run))?.find((each) => each.path === row[places.file]);
    if (file === undefined || typeof line !== 'number') return;
    const place = run === undefined ? {} : { source: run.path, root: run.root };
    navigation.navigate({ ...place, view: 'logs', selection: { line: { fileId: file.fileId, line }, detail: 'line' } });
  };
}
