/**
 * The choice of the run to compare with: one that was opened before, a path that a person types or
 * picks, or one of several runs at that path. It only reports the choice; `compare-state.ts` keeps
 * it.
 */
import { FolderOpen } from 'lucide-react';
import { useState } from 'react';
import type { RunRoot } from '../../../electron/contract/records.ts';
import { formatCount } from '../../base/format.ts';
import { lastPart } from '../../base/path-name.ts';
import { safeText } from '../../base/safe-text.ts';
import { useCase, useShell } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import type { OtherRun } from './compare-state.ts';

export function ChooseOther(props: {
  roots: readonly RunRoot[] | null;
  of: OtherRun | null;
  onChoose: (run: OtherRun) => void;
}) {
  const { roots, of, onChoose } = props;
  const shell = useShell();
  const path = useCase((state) => state.path);
  const root = useCase((state) => state.root);
  const { data: recent = [] } = useCommand('case.recent', {});
  const [typed, setTyped] = useState('');
  const others = recent.filter((each) => each.exists && (each.source !== path || each.root !== (root ?? '')));
  const pick = shell.pickPath;
  return (
    <div className="choose-other">
      <h2>Compare this run with another</h2>
      {roots !== null && of !== null && (
        <section aria-label="Runs found">
          <h3>{formatCount(roots.length, 'run')} are in it. Which one?</h3>
          <ul>
            {roots.map((each) => (
              <li key={each.root}>
                <button
                  type="button"
                  className="choose-other__row"
                  onClick={() => onChoose({ path: of.path, root: each.root })}
                >
                  <strong className="ellipsis">
                    <SafeText text={each.name} />
                  </strong>
                  <span className="mono faint ellipsis">
                    <SafeText text={each.root} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form
        className="choose-other__form"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = typed.trim().replace(/^(["'])(.*)\1$/s, '$2');
          if (wanted !== '') onChoose({ path: wanted, root: null });
        }}
      >
        <input
          className="text-box mono"
          aria-label="Path of the other run"
          placeholder="Path of a folder, a .zip or a case"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Button type="submit" tone="primary" disabled={typed.trim() === ''}>
          Compare
        </Button>
        {pick !== null &&
          (['folder', 'zip'] as const).map((kind) => (
            <Button
              key={kind}
              icon={<FolderOpen size={14} />}
              onClick={() =>
                pick(kind).then(
                  (chosen) => {
                    if (chosen !== null) onChoose({ path: chosen, root: null });
                  },
                  () => {},
                )
              }
            >
              {kind === 'folder' ? 'Folder …' : 'Zip …'}
            </Button>
          ))}
      </form>
      <h3>{others.length === 0 ? 'No other run was opened before.' : 'Opened before'}</h3>
      <ul>
        {others.map((each) => (
          <li key={`${each.source} ${each.root}`}>
            <button
              type="button"
              className="choose-other__row"
              title={safeText(each.source)}
              onClick={() => onChoose({ path: each.source, root: each.root })}
            >
              <strong className="ellipsis">
                <SafeText text={lastPart(each.root === '' ? each.source : each.root)} />
              </strong>
              <span className="mono faint ellipsis">
                <SafeText text={each.root === '' ? each.source : `${each.source} › ${each.root}`} />
              </span>
              <span className="number soft">
                <TimeText us={each.openedUs} date="short" />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
