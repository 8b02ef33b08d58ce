/**
 * The form for adding runs finds the runs below a folder and indexes the new ones, one after
 * another. It shows its progress and can be stopped.
 */
import { useRef, useState } from 'react';
import { toErrorInfo } from '../../../electron/contract/errors.ts';
import { openIndexed } from '../../state/chosen-runs.ts';
import { useStores } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';

export function AddRuns({ onAdded }: { onAdded: () => void }) {
  const { client, busy } = useStores();
  const [path, setPath] = useState('');
  const [says, setSays] = useState<string | null>(null);
  const isStopped = useRef(false);
  const [isRunning, setIsRunning] = useState(false);

  const index = async (path: string, root: string) => {
    const caseId = await openIndexed(client, { path, root }, () => isStopped.current);
    await client.call('case.close', { caseId });
  };

  const add = async () => {
    const end = busy.begin('add runs');
    isStopped.current = false;
    setIsRunning(true);
    let failed = 0;
    try {
      const found = await client.call('runs.find', { paths: [path] });
      let done = 0;
      for (const run of found) {
        if (isStopped.current) break;
        setSays(`${done} of ${found.length} runs`);
        try {
          const { roots } = await client.call('source.inspect', { path: run.path });
          for (const { root } of roots) await index(run.path, root);
        } catch {
          if (isStopped.current) break;
          failed++;
        }
        done++;
        onAdded();
      }
      setSays(`${done} runs found${failed > 0 ? `, ${failed} could not be read` : ''}`);
    } catch (thrown) {
      setSays(toErrorInfo(thrown).message);
    } finally {
      setIsRunning(false);
      onAdded();
      end();
    }
  };

  return (
    <form
      className="runs__add"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRunning && path !== '') void add();
      }}
    >
      <input
        className="text-box"
        aria-label="Folder with runs"
        placeholder="Folder with runs below it"
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      {isRunning ? (
        <Button
          onClick={() => {
            isStopped.current = true;
          }}
        >
          Stop
        </Button>
      ) : (
        <Button type="submit" disabled={path === ''}>
          Find and index
        </Button>
      )}
      {says !== null && (
        <span className="soft" role="status">
          {says}
        </span>
      )}
    </form>
  );
}
