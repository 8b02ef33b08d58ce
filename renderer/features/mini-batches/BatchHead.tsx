/** The head of the mini-batch panel: its id, what became of it, and where it leads. */
import { LineChart, ScrollText } from 'lucide-react';
import type { AttemptRow, MiniBatchRow } from '../../../electron/contract/batch-records.ts';
import { zoomOption } from '../../charts/time-scale.ts';
import { noFilter } from '../../state/filter.ts';
import { useNavigation } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { batchSentence } from './batch-sentence.ts';

/** The least time that a graph shows around an attempt. */
const AROUND_US = 60e6;

export interface BatchHeadProps {
  batch: MiniBatchRow;
  attempts: readonly AttemptRow[];
}

export function BatchHead({ batch, attempts }: BatchHeadProps) {
  const navigation = useNavigation();
  const { miniBatchId } = batch;
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
  );
}
