/**
 * The drawer's panel for the selected mini-batch: what became of it, each attempt, why to run it
 * again, and the other lines that name it.
 */
import type { RerunItem } from '../../../electron/contract/analysis.ts';
import type { LineRef } from '../../../electron/contract/line-records.ts';
import { useCase, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { AttemptsTable } from './AttemptsTable.tsx';
import { BatchHead } from './BatchHead.tsx';
import { useFileIds } from './FileLine.tsx';
import './mini-batch-detail.css';

export function MiniBatchDetail() {
  const caseId = useCase((state) => state.caseId);
  const miniBatchId = useSelection((state) => state.miniBatchId);
  const fileIds = useFileIds();
  const isAsked = caseId !== null && miniBatchId !== null;
  const { data, error, isLoading } = useCommand('batches.get', isAsked ? { caseId, miniBatchId } : null);
  const { data: rerun } = useCommand(
    'analysis.rerun',
    isAsked ? { caseId, filter: { miniBatch: { include: [miniBatchId] } }, count: 1 } : null,
  );
  if (error !== null) return <ErrorBox error={error} />;
  if (miniBatchId === null) return <EmptyState title="No mini-batch is selected." />;
  if (data === undefined || (data !== null && data.batch.miniBatchId !== miniBatchId)) return null;
  if (data === null) {
    return isLoading ? null : <EmptyState title={`This run has no mini-batch ${miniBatchId}.`} />;
  }
  const { batch, attempts, mentions } = data;
  const again = rerun?.rows.find((row) => row.miniBatchId === miniBatchId);
  return (
    <div className="batch-detail">
      <BatchHead batch={batch} attempts={attempts} />
      {attempts.length > 0 && <AttemptsTable attempts={attempts} fileIds={fileIds} />}
      {again !== undefined && <Again item={again} />}
      {mentions.length > 0 && <Mentions lines={mentions} />}
    </div>
  );
}

/** Why to run it again, and with which inputs. */
function Again({ item }: { item: RerunItem }) {
  return (
    <p className="batch-detail__note">
      <span className="soft">To run again:</span> <SafeText text={item.reason} />
      {item.inputs !== null && (
        <>
          {' '}
          <span className="soft">Inputs:</span>{' '}
          <span className="mono">
            <SafeText text={item.inputs} />
          </span>
        </>
      )}
    </p>
  );
}

function Mentions({ lines }: { lines: readonly LineRef[] }) {
  return (
    <section className="batch-detail__mentions" aria-label="Other lines that name it">
      <h3 className="soft">Other lines that name it</h3>
      <ol>
        {lines.map(({ file, line, text }) => (
          <li key={`${file}:${line}`}>
            <LineLink file={file} line={line} text={text} />
          </li>
        ))}
      </ol>
    </section>
  );
}
