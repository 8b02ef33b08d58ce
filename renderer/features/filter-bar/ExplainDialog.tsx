/**
 * The explanation of a search is what its planner did: the blocks it chose by the index, the bytes
 * it read and the time of each step. The dialog helps to understand why a search is slow or fast.
 */
import { formatBytes, formatDuration, formatNumber } from '../../base/format.ts';
import { useCommand } from '../../state/use-command.ts';
import { Dialog } from '../../widgets/Dialog.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { planText } from './plan-text.ts';

export function ExplainDialog({ searchId, onClose }: { searchId: string; onClose: () => void }) {
  const { data, error } = useCommand('search.explain', { searchId });
  return (
    <Dialog title="How the search was done" isWide onClose={onClose}>
      {error !== null && <ErrorBox error={error} />}
      {data !== undefined && (
        <div className="explain">
          <p className="soft">A block of lines is read and compared if it has</p>
          <pre className="explain__plan mono">
            <SafeText text={planText(data.plan)} />
          </pre>
          <dl className="explain__facts">
            <div>
              <dt>Blocks of the index that could match</dt>
              <dd>
                {formatNumber(data.blocksSelected)} of {formatNumber(data.blocksTotal)}
              </dd>
            </div>
            <div>
              <dt>Blocks read and compared</dt>
              <dd>
                {formatNumber(data.blocksVerified)}, {formatBytes(data.bytesVerified)}
              </dd>
            </div>
            {data.bytesScanned > 0 && (
              <div>
                <dt>Read from end to end, since not indexed</dt>
                <dd>{formatBytes(data.bytesScanned)}</dd>
              </div>
            )}
            {Object.entries(data.milliseconds).map(([step, milliseconds]) => (
              <div key={step}>
                <dt>Time: {step}</dt>
                <dd>{formatDuration(milliseconds / 1e3)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Dialog>
  );
}
