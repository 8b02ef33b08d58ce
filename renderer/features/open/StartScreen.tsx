import { FolderOpen, Package } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { formatBytes } from '../../base/format.ts';
import { useCase, useNavigation, useShell } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import './start-screen.css';

/** Where a window without a case begins. */
export function StartScreen() {
  const shell = useShell();
  const navigation = useNavigation();
  const phase = useCase((state) => state.phase);
  const error = useCase((state) => state.error);
  const inspection = useCase((state) => state.inspection);
  const asked = useCase((state) => state.path);
  const recent = useCommand('case.recent', {});
  const [path, setPath] = useState(asked ?? '');
  const open = (source: string, root: string | null = null) => navigation.navigate({ view: 'overview', source, root });
  const pick = (kind: 'folder' | 'zip') => {
    shell.pickPath?.(kind).then(
      (picked) => picked !== null && open(picked),
      () => {},
    );
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (path.trim() !== '') open(path.trim());
  };
  return (
    <main className="start">
      <div className="start__column">
        <h1 className="start__title">Postrun</h1>
        <p className="soft">
          Open the logs of a ParallelRunStep or parallel job: the downloaded zip, or a folder of it.
        </p>
        {shell.pickPath === null ? (
          <form className="start__path" onSubmit={onSubmit}>
            <input
              className="text-box mono"
              aria-label="Path of a logs zip or folder on this machine"
              placeholder="/path/to/logs.zip or folder"
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
            <Button type="submit" tone="primary">
              Open
            </Button>
          </form>
        ) : (
          <div className="start__path">
            <Button tone="primary" icon={<Package size={16} />} onClick={() => pick('zip')}>
              Open a zip …
            </Button>
            <Button icon={<FolderOpen size={16} />} onClick={() => pick('folder')}>
              Open a folder …
            </Button>
          </div>
        )}
        {phase === 'opening' && <p className="soft">Opening {asked} …</p>}
        {phase === 'failed' && error !== null && <ErrorBox error={error} />}
        {phase === 'choosingRoot' && inspection !== null && (
          <section>
            <h2>There are several runs in it. Which one?</h2>
            <ul className="start__list">
              {inspection.roots.map((root) => (
                <li key={root.root}>
                  <button type="button" className="start__row" onClick={() => open(inspection.path, root.root)}>
                    <SafeText text={root.name} />
                    <span className="soft">{formatBytes(root.bytes)}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {recent.data !== undefined && recent.data.length > 0 && (
          <section>
            <h2>Recent</h2>
            <ul className="start__list">
              {recent.data.map((each) => (
                <li key={`${each.source} ${each.root}`}>
                  <button
                    type="button"
                    className="start__row"
                    disabled={!each.exists}
                    onClick={() => open(each.source, each.root)}
                  >
                    <span className="ellipsis mono">
                      <SafeText text={each.source} />
                    </span>
                    <span className="soft number">
                      {formatBytes(each.bytes)} · <TimeText us={each.openedUs} date />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </main>
  );
}
