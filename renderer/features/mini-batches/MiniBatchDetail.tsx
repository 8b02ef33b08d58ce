/**
 * The drawer's panel for the selected mini-batch: what became of it, each attempt, why to run it
 * again, and the other lines that name it.
 */
import { LineChart, ScrollText } from 'lucide-react';
import { zoomOption } from '../../charts/time-scale.ts';
import { noFilter } from '../../state/filter.ts';
import { useCase, useNavigation, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { AttemptsTable } from './AttemptsTable.tsx';
import { batchSentence } from './batch-sentence.ts';
import { useFileIds } from './FileLine.tsx';
import './mini-batch-detail.css';

/** The least time that a graph shows around an attempt. */
const AROUND_US = 60e6;

export function MiniBatchDetail() {
  const navigation = useNavigation();
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
  const last = attempts.at(-1);
  const showLines = () =>
    navigation.navigate({
      view: 'logs',
      filter: { ...noFilter, miniBatch: { include: [miniBatchId], exclude: [] } },
      order: 'time',
    });
  const showGraph = () => {
    if (last?.startUs == null || last.node === null) return;
    const { node, pid, process, startUs } = last;
    const endUs = last.endUs ?? startUs;
    const around = Math.max(AROUND_US, endUs - startUs);
    navigation.navigate({
      view: 'resources',
      options: { zoom: zoomOption({ fromUs: startUs - around, toUs: endUs + around }) },
      selection: { node, process: { node, pid, process }, timeUs: startUs },
    });
  };
  return (
    <div className="batch-detail">
      <div className="batch-detail__head">
        <strong>
          <Value value={{ of: 'miniBatch', miniBatchId }} />
        </strong>
        <Mark of={{ outcome: batch.status }} word />
        <p className="batch-detail__sentence">
          <SafeText text={batchSentence(batch, attempts)} />
        </p>
        <Button tone="plain" icon={<ScrollText size={14} />} onClick={showLines}>
          Its lines
        </Button>
        <Button
          tone="plain"
          icon={<LineChart size={14} />}
          disabled={last?.startUs == null || last.node === null}
          onClick={showGraph}
        >
          Show on the graph
        </Button>
      </div>
      {attempts.length > 0 && <AttemptsTable attempts={attempts} fileIds={fileIds} />}
      {again !== undefined && (
        <p className="batch-detail__note">
          <span className="soft">To run again:</span> <SafeText text={again.reason} />
          {again.inputs !== null && (
            <>
              {' '}
              <span className="soft">Inputs:</span>{' '}
              <span className="mono">
                <SafeText text={again.inputs} />
              </span>
            </>
          )}
        </p>
      )}
      {mentions.length > 0 && (
        <section className="batch-detail__mentions" aria-label="Other lines that name it">
          <h3 className="soft">Other lines that name it</h3>
          <ol>
            {mentions.map((mention) => (
              <li key={`${mention.file}:${mention.line}`}>
                <LineLink file={mention.file} line={mention.line} text={mention.text} />
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}
