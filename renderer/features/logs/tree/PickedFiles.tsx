/** The bar of picked files says how many files are picked, and merges or drops them. */
import { Combine, X } from 'lucide-react';
import { formatCount } from '../../../base/format.ts';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';

export interface PickedFilesProps {
  count: number;
  onMerge: () => void;
  onClear: () => void;
}

export function PickedFiles({ count, onMerge, onClear }: PickedFilesProps) {
  return (
    <footer className="file-tree__picked">
      <span>{formatCount(count, 'file')}</span>
      <Button tone="primary" icon={<Combine size={14} />} onClick={onMerge}>
        Merge by time
      </Button>
      <IconButton label="Choose none" icon={<X size={14} />} onClick={onClear} />
    </footer>
  );
}
