/**
 * The header of the second pane names its file. Its tools choose another file, scroll both panes
 * together, swap them, or close the second one.
 */
import { ArrowLeftRight, Link2, X } from 'lucide-react';
import { useSelection, useStores } from '../../../state/StoresContext.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { MenuButton } from '../../../widgets/MenuButton.tsx';
import { type Beside, besideOptions } from '../model/beside.ts';
import { mergedOptions } from '../model/merged.ts';
import { relatedFiles } from '../model/related-files.ts';
import type { FilesView } from '../model/use-files.ts';
import { FileCrumbs } from './FileCrumbs.tsx';
import { useSetBeside } from './use-set-beside.ts';

export interface SecondHeaderProps {
  files: FilesView;
  beside: Beside;
  /** The number of lines of the file, or null until it is known. */
  total: number | null;
}

export function SecondHeader({ files, beside, total }: SecondHeaderProps) {
  const { selection, navigation } = useStores();
  const { setBeside } = useSetBeside(beside);
  const file = files.byId.get(beside.line.fileId);
  const swap = () => {
    const { line } = selection.getState();
    navigation.navigate({
      selection: { line: beside.line, detail: 'line' },
      options: { ...mergedOptions(null), ...besideOptions(line === null ? null : { ...beside, line }) },
    });
  };
  return (
    <header className="lines-header">
      {file !== undefined && <FileCrumbs file={file} total={total} />}
      <div className="lines-header__tools">
        <OtherFiles files={files} beside={beside} />
        <IconButton
          label="Scroll both by time"
          icon={<Link2 size={14} />}
          isPressed={beside.isLocked}
          onClick={() => setBeside({ isLocked: !beside.isLocked })}
        />
        <IconButton label="Swap both files" icon={<ArrowLeftRight size={14} />} onClick={swap} />
        <IconButton
          label="Close the second file"
          icon={<X size={14} />}
          onClick={() => navigation.navigate({ options: besideOptions(null) })}
        />
      </div>
    </header>
  );
}

/** Offers the other files that belong beside the first one. */
function OtherFiles({ files, beside }: Omit<SecondHeaderProps, 'total'>) {
  const firstFileId = useSelection((state) => state.line?.fileId ?? null);
  const { setBeside } = useSetBeside(beside);
  const others = relatedFiles(files, firstFileId, beside.line.fileId);
  if (others.length === 0) return null;
  return (
    <MenuButton
      label="Other second file"
      align="end"
      items={others.map((other) => ({
        id: String(other.fileId),
        title: other.path,
        run: () => setBeside({ line: { fileId: other.fileId, line: 1 } }),
      }))}
    >
      Other
    </MenuButton>
  );
}
