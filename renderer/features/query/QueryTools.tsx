/**
 * The tools of the query view run and stop the statement, put another one in its place, and say
 * what the query has done so far.
 */
import { Download, Play, Square, X } from 'lucide-react';
import { useEffect } from 'react';
import { sqlQuestions } from '../../../electron/contract/sql-questions.ts';
import type { SqlState } from '../../../electron/contract/sql-records.ts';
import { sqlTables } from '../../../electron/contract/sql-schema.ts';
import { formatBytes, formatCount, formatNumber } from '../../base/format.ts';
import { useChosenRuns } from '../../state/chosen-runs.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { useQueryState } from './query-state.ts';

export interface QueryToolsProps {
  onRun: () => void;
  onStop: () => void;
  onExport: () => void;
}

export function QueryTools({ onRun, onStop, onExport }: QueryToolsProps) {
  const caseId = useCase((state) => state.caseId);
  const { state, isStarting, says } = useQueryState();
  const { runs: chosen, choose } = useChosenRuns();
  const isRunning = isStarting || (state !== null && !state.complete);
  return (
    <div className="query__tools">
      {isRunning ? (
        <Button icon={<Square size={14} />} onClick={onStop}>
          Stop
        </Button>
      ) : (
        <Button tone="primary" icon={<Play size={14} />} onClick={onRun} title="Ctrl+Enter">
          Run
        </Button>
      )}
      <Statements />
      {caseId !== null && (
        <Button tone="quiet" icon={<Download size={14} />} onClick={onExport}>
          Export the run …
        </Button>
      )}
      {chosen.length > 0 && (
        <Button tone="quiet" icon={<X size={14} />} title="Ask the open run alone" onClick={() => choose([])}>
          {`Over ${formatCount(chosen.length, 'run')}`}
        </Button>
      )}
      {says !== null && (
        <span className="soft" role="status">
          {says}
        </span>
      )}
      {state !== null && <Figures state={state} />}
    </div>
  );
}

/** Menus of statements that a person can put into the editor. */
function Statements() {
  const caseId = useCase((state) => state.caseId);
  const { kept, set } = useQueryState();
  const { data: history = [], refresh } = useCommand('sql.history', caseId === null ? null : { caseId });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the history has grown
  useEffect(() => refresh(), [kept]);
  const put = (text: string) => set({ text });
  return (
    <>
      <MenuButton
        label="Worked questions"
        items={sqlQuestions.map(({ id, question, sql }) => ({ id, title: question, run: () => put(sql) }))}
      >
        Questions
      </MenuButton>
      <MenuButton
        label="Tables"
        items={sqlTables.map(({ name }) => ({
          id: name,
          title: name,
          run: () => put(`SELECT * FROM ${name}${name === 'lines' || name === 'samples' ? ' LIMIT 1000' : ''}`),
        }))}
      >
        Tables
      </MenuButton>
      <MenuButton
        label="History of queries"
        items={history.map(({ sql }, index) => ({
          id: String(index),
          title: sql.replace(/\s+/g, ' ').slice(0, 100),
          run: () => put(sql),
        }))}
      >
        History
      </MenuButton>
    </>
  );
}

function Figures({ state }: { state: SqlState }) {
  const { rows, complete, milliseconds, reads } = state;
  return (
    <span className="query__figures soft" role="status">
      {formatCount(rows, 'row')}
      {complete ? ` · ${formatNumber(Math.round(milliseconds))} ms` : ' so far'}
      {reads.scans > 0 &&
        ` · read ${formatBytes(reads.bytesRead)} of the logs, ${formatNumber(reads.blocksRead)} of ${formatNumber(reads.blocksTotal)} blocks`}
    </span>
  );
}
