/**
 * The open form offers the ways to open a source: dialogs and drag and drop if the shell has them,
 * and a path everywhere. It hands over the path; the start screen opens it.
 */
import { FolderOpen, Package } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { pastedPath } from '../../base/path-name.ts';
import { useCase, useShell } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { useDropHint } from './use-drop-hint.ts';

export function OpenForm({ onOpen }: { onOpen: (path: string) => void }) {
  const shell = useShell();
  const asked = useCase((state) => state.path);
  const hasFailed = useCase((state) => state.phase === 'failed');
  const [path, setPath] = useState(hasFailed ? (asked ?? '') : '');
  const isOver = useDropHint();
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const pick = (kind: 'folder' | 'zip') => {
    shell.pickPath?.(kind).then(
      (picked) => picked !== null && onOpen(picked),
      () => {},
    );
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = pastedPath(path);
    if (wanted !== '') onOpen(wanted);
  };
  return (
    <div className={`open-form ${isOver ? 'is-over' : ''}`}>
      {shell.pickPath !== null && (
        <div className="open-form__buttons">
          <Button tone="primary" icon={<Package size={16} />} onClick={() => pick('zip')}>
            Open a zip …
          </Button>
          <Button icon={<FolderOpen size={16} />} onClick={() => pick('folder')}>
            Open a folder …
          </Button>
          <span className="soft">or drop it here</span>
        </div>
      )}
      <form className="open-form__path" onSubmit={onSubmit}>
        <input
          ref={box}
          className="text-box mono"
          aria-label="Path of a logs zip or folder on this machine"
          placeholder="/path/to/logs.zip or a folder, on the machine that Postrun runs on"
          spellCheck={false}
          autoComplete="off"
          value={path}
          onChange={(event) => setPath(event.target.value)}
        />
        <Button type="submit" tone={shell.pickPath === null ? 'primary' : 'plain'} disabled={path.trim() === ''}>
          Open
        </Button>
      </form>
    </div>
  );
}
