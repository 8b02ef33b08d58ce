/** The crumbs of merged files say what was merged, and in which order their lines stand. */
import { Files as FilesIcon, ListOrdered, Spline, X } from 'lucide-react';
import { formatCount } from '../../../base/format.ts';
import { useView } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { useLogsStore } from '../model/LogsContext.tsx';
import { type Merged, mergedOptions } from '../model/merged.ts';

export interface MergedCrumbsProps {
  merged: Merged;
  /** The number of lines, or null until it is known. */
  total: number | null;
  /** More lines may come. */
  isRunning: boolean;
}

export function MergedCrumbs({ merged, total, isRunning }: MergedCrumbsProps) {
  const store = useLogsStore();
  const setOptions = useView((state) => state.setOptions);
  return (
    <h2 className="lines-header__crumbs">
      <FilesIcon size={14} />
      <span className="ellipsis">
        <SafeText text={merged.title} />
      </span>
      <span className="soft lines-header__facts">
        {formatCount(merged.fileIds.length, 'file')} merged
        {total !== null && ` · ${formatCount(total, 'line')}${isRunning ? ' so far' : ''}`}
      </span>
      <Button
        tone="quiet"
        isPressed={merged.order === 'time'}
        icon={<Spline size={14} />}
        onClick={() => setOptions(mergedOptions({ ...merged, order: 'time' }))}
      >
        By time
      </Button>
      <Button
        tone="quiet"
        isPressed={merged.order === 'file'}
        icon={<ListOrdered size={14} />}
        onClick={() => setOptions(mergedOptions({ ...merged, order: 'file' }))}
      >
        One after the other
      </Button>
      <IconButton
        label="Back to one file"
        icon={<X size={14} />}
        onClick={() => {
          store.getState().set({ picked: [] });
          setOptions(mergedOptions(null));
        }}
      />
    </h2>
  );
}
