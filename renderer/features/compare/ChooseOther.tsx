/**
 * The choice of the run to compare with: one that was opened before, a path that a person types or
 * picks, or one of several runs at that path. It only reports the choice; `compare-state.ts` keeps
 * it.
 */
import type { ReactNode } from 'react';
import type { RunRoot } from '../../../electron/contract/case-records.ts';
import { formatCount } from '../../base/format.ts';
import { lastPart } from '../../base/path-name.ts';
import { safeText } from '../../base/safe-text.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { ChoosePath } from './ChoosePath.tsx';
import type { OtherRun } from './compare-state.ts';

export function ChooseOther(props: {
  roots: readonly RunRoot[] | null;
  of: OtherRun | null;
  onChoose: (run: OtherRun) => void;
}) {
  const { roots, of, onChoose } = props;
  return (
    <div className="choose-other">
      <h2>Compare this run with another</h2>
      {roots !== null && of !== null && <RunsFound roots={roots} path={of.path} onChoose={onChoose} />}
      <ChoosePath onChoose={(path) => onChoose({ path, root: null })} />
      <OpenedBefore onChoose={onChoose} />
    </div>
  );
}

/** The runs at a path that holds several. */
function RunsFound(props: { roots: readonly RunRoot[]; path: string; onChoose: (run: OtherRun) => void }) {
  const { roots, path, onChoose } = props;
  return (
    <section aria-label="Runs found">
      <h3>{formatCount(roots.length, 'run')} are in it. Which one?</h3>
      <ul>
        {roots.map(({ name, root }) => (
          <RunRow key={root} name={name} place={root} onChoose={() => onChoose({ path, root })} />
        ))}
      </ul>
    </section>
  );
}

/** The runs that were opened before and still exist, except the run of this window. */
function OpenedBefore({ onChoose }: { onChoose: (run: OtherRun) => void }) {
  const path = useCase((state) => state.path);
  const root = useCase((state) => state.root);
  const { data: recent = [] } = useCommand('case.recent', {});
  const others = recent.filter((each) => each.exists && (each.source !== path || each.root !== (root ?? '')));
  return (
    <>
      <h3>{others.length === 0 ? 'No other run was opened before.' : 'Opened before'}</h3>
      <ul>
        {others.map((each) => (
          <RunRow
            key={`${each.source} ${each.root}`}
            name={lastPart(each.root === '' ? each.source : each.root)}
            place={each.root === '' ? each.source : `${each.source} › ${each.root}`}
            title={safeText(each.source)}
            onChoose={() => onChoose({ path: each.source, root: each.root })}
          >
            <span className="number soft">
              <TimeText us={each.openedUs} date="short" />
            </span>
          </RunRow>
        ))}
      </ul>
    </>
  );
}

function RunRow(props: { name: string; place: string; title?: string; onChoose: () => void; children?: ReactNode }) {
  const { name, place, title, onChoose, children } = props;
  return (
    <li>
      <button type="button" className="choose-other__row" title={title} onClick={onChoose}>
        <strong className="ellipsis">
          <SafeText text={name} />
        </strong>
        <span className="mono faint ellipsis">
          <SafeText text={place} />
        </span>
        {children}
      </button>
    </li>
  );
}
