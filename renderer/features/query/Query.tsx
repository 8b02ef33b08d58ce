/**
 * The query view asks the run any question in SQL: a statement above, its rows as a table or over
 * time below. `use-query.ts` runs the statement; `query-state.ts` keeps it with its result.
 */
import { useState } from 'react';
import { useCase } from '../../state/StoresContext.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { QueryResult } from './QueryResult.tsx';
import { QueryTools } from './QueryTools.tsx';
import { useQueryState } from './query-state.ts';
import { SqlEditor } from './SqlEditor.tsx';
import { useQuery } from './use-query.ts';
import './query.css';

export function Query() {
  const caseId = useCase((state) => state.caseId);
  const runName = useCase((state) => state.info?.name ?? 'run');
  const { text, state, error, isStarting, set } = useQueryState();
  const [isExporting, setIsExporting] = useState(false);
  const query = useQuery();
  const run = () => void query.run();
  return (
    <div className="query">
      <div className="query__ask">
        <SqlEditor text={text} onChange={(next) => set({ text: next })} onRun={run} />
        <QueryTools onRun={run} onStop={query.stop} onExport={() => setIsExporting(true)} />
      </div>
      {isExporting && caseId !== null && (
        <ExportDialog caseId={caseId} name={runName} onClose={() => setIsExporting(false)} />
      )}
      {error !== null && <ErrorBox error={error} />}
      {error === null && state === null && !isStarting && (
        <EmptyState title="Write a SELECT over the run's tables, or pick a question." />
      )}
      {state !== null && <QueryResult key={state.queryId} state={state} />}
    </div>
  );
}
