/** The head of the process panel: its name, its life in one sentence, and where it leads. */
import { Grid2x2, LineChart, ScrollText, TextAlignStart } from 'lucide-react';
import type { Lane } from '../../../electron/contract/analysis.ts';
import { noFilter } from '../../state/filter.ts';
import { useNavigation, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { lifeSentence } from './life-sentence.ts';

export function ProcessHead({ lane }: { lane: Lane }) {
  const { node, pid, process } = lane;
  return (
    <div className="process-detail__head">
      <strong>
        <Value value={{ of: 'process', node, pid, process }}>
          <SafeText text={`${process ?? 'Process'}${pid === null ? '' : ` · pid ${pid}`}`} />
        </Value>
      </strong>
      <span>
        on <Value value={{ of: 'node', node }} />
      </span>
      <p className="process-detail__sentence">{lifeSentence(lane)}</p>
      <Links lane={lane} />
    </div>
  );
}

/** Buttons to the views that show the process, except to the lanes or the graph from there. */
function Links({ lane }: { lane: Lane }) {
  const { navigate } = useNavigation();
  const view = useView((state) => state.view);
  const { node, pid, process } = lane;
  const key = { node, pid, process };
  const filter = {
    ...noFilter,
    node: { include: [node], exclude: [] },
    pid: { include: pid === null ? [] : [pid], exclude: [] },
  };
  return (
    <>
      <Button icon={<ScrollText size={14} />} onClick={() => navigate({ view: 'logs', filter })}>
        Its lines
      </Button>
      <Button icon={<Grid2x2 size={14} />} onClick={() => navigate({ view: 'mini-batches', filter })}>
        Its mini-batches
      </Button>
      {view !== 'lanes' && (
        <Button
          icon={<TextAlignStart size={14} />}
          onClick={() => navigate({ view: 'lanes', selection: { process: key } })}
        >
          In the lanes
        </Button>
      )}
      {view !== 'resources' && (
        <Button
          icon={<LineChart size={14} />}
          onClick={() => navigate({ view: 'resources', selection: { node, process: key } })}
        >
          On the graph
        </Button>
      )}
    </>
  );
}
