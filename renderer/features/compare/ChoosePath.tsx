/** The form that chooses a path, which a person types, pastes or picks in the system's dialog. */
import { FolderOpen } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { pastedPath } from '../../base/path-name.ts';
import { useShell } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';

const kinds = ['folder', 'zip'] as const;

export function ChoosePath({ onChoose }: { onChoose: (path: string) => void }) {
  const { pickPath } = useShell();
  const [typed, setTyped] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const path = pastedPath(typed);
    if (path !== '') onChoose(path);
  };
  /** Does nothing if the dialog is closed or fails: the person sees that and tries again. */
  const pick = (by: NonNullable<typeof pickPath>, kind: (typeof kinds)[number]) => {
    by(kind).then(
      (path) => {
        if (path !== null) onChoose(path);
      },
      () => {},
    );
  };
  return (
    <form className="choose-other__form" onSubmit={submit}>
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
      {pickPath !== null &&
        kinds.map((kind) => (
          <Button key={kind} icon={<FolderOpen size={14} />} onClick={() => pick(pickPath, kind)}>
            {kind === 'folder' ? 'Folder …' : 'Zip …'}
          </Button>
        ))}
    </form>
  );
}
