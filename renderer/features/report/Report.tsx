/**
 * The report view makes a report to hand on: a form for its content and what it hides, a preview,
 * and the ways to save it. The engine writes the report.
 */
import { useMemo } from 'react';
import { isIndexing } from '../../state/follow-case.ts';
import { useAction, useCase, useFilter, useNotebook, useSelection, useView } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { Splitter } from '../../widgets/Splitter.tsx';
import { ReportForm } from './ReportForm.tsx';
import { ReportPreview } from './ReportPreview.tsx';
import { type Candidates, optionsOf } from './report-options.ts';
import { useReportState } from './report-state.ts';
import { SavePart } from './SavePart.tsx';
import './report.css';

const FORM_PX = 400;
const TYPING_MS = 350;

export function Report() {
  const caseId = useCase((state) => state.caseId);
  const summary = useCase((state) => state.summary);
  const info = useCase((state) => state.info);
  const isReading = useCase((state) => isIndexing(state.progress));
  const form = useReportState();
  const candidates = useCandidates();
  const options = useMemo(() => optionsOf(form, candidates), [form, candidates]);
  const width = useView((state) => state.paneSizes.report) ?? FORM_PX;
  const setView = useView((state) => state.set);
  const paneSizes = useView((state) => state.paneSizes);
  const { data: preview } = useCommand('report.preview', caseId === null ? null : { caseId, options }, {
    delayMs: TYPING_MS,
  });
  useAction('print', () => {
    window.print();
    return true;
  });
  if (caseId === null || summary === null) return <EmptyState title="Open a run first." />;
  const resize = (size: number) => setView({ paneSizes: { ...paneSizes, report: size } });
  return (
    <div className="report-view">
      <form className="report-form" aria-label="Report" style={{ width }} onSubmit={(event) => event.preventDefault()}>
        <div className="report-form__scroll">
          {isReading && <p className="soft">Still reading: the report holds what is known so far.</p>}
          <ReportForm candidates={candidates} preview={preview} />
        </div>
        <SavePart
          caseId={caseId}
          options={options}
          source={summary.source}
          runName={info?.name ?? summary.source.replace(/^.*[\\/]/, '')}
        />
      </form>
      <Splitter
        label="Width of the form"
        direction="vertical"
        size={width}
        min={280}
        max={640}
        onResize={resize}
        onReset={() => resize(FORM_PX)}
      />
      <ReportPreview caseId={caseId} options={options} />
    </div>
  );
}

/** Returns what is selected, filtered by or marked in the window. */
function useCandidates(): Candidates {
  const selectedBatch = useSelection((state) => state.miniBatchId);
  const selectedNode = useSelection((state) => state.node ?? state.process?.node ?? null);
  const signature = useSelection((state) => state.error);
  const batches = useFilter((state) => state.filter.miniBatch.include);
  const nodes = useFilter((state) => state.filter.node.include);
  const marks = useNotebook((state) => state.marks);
  const lines = useMemo(() => marks.map(({ path, line, note }) => ({ file: path, line, note })), [marks]);
  const only = (values: readonly string[]) => (values.length === 1 ? (values[0] ?? null) : null);
  const miniBatchId = selectedBatch ?? only(batches);
  const node = selectedNode ?? only(nodes);
  return useMemo(() => ({ miniBatchId, node, signature, lines }), [miniBatchId, node, signature, lines]);
}
