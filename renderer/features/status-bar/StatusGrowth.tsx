/**
 * Growth is what a folder has gained since it was read. The status bar offers to read it and to
 * follow the folder. A zip does not grow.
 */
import type { WatchState } from '../../../electron/contract/case-records.ts';
import { formatBytes, formatCount } from '../../base/format.ts';
import { useAction, useCase } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';

export function StatusGrowth() {
  const watch = useCase((state) => state.watch);
  const isReading = useCase((state) => state.progress?.isRefresh === true && state.progress.phase !== 'complete');
  const readNew = useCase((state) => state.readNew);
  const setWatch = useCase((state) => state.setWatch);
  const canWatch = watch?.canWatch === true;
  const isFollowing = watch?.mode === 'follow';
  const growth = watch === null || isReading ? '' : describeGrowth(watch);
  const toggle = () => {
    setWatch(isFollowing ? 'notify' : 'follow');
    return true;
  };
  useAction(
    'read-new',
    canWatch
      ? () => {
          readNew();
          return true;
        }
      : null,
  );
  useAction('follow', canWatch ? toggle : null);
  if (!canWatch) return null;
  return (
    <span className="status-bar__growth">
      <span role="status">{isReading ? 'Reading what is new …' : growth}</span>
      {growth !== '' && !isFollowing && (
        <Button tone="quiet" title="Index what changed in the folder (r)" onClick={readNew}>
          Read
        </Button>
      )}
      <Button
        tone="quiet"
        isPressed={isFollowing}
        title="Read what the folder grows by as it comes (t)"
        onClick={toggle}
      >
        {isFollowing ? 'Following' : 'Follow'}
      </Button>
    </span>
  );
}

/** Returns `3 files grew, 1.2 MB`, or '' if nothing changed. */
export function describeGrowth({ files, newFiles, goneFiles, bytes }: WatchState): string {
  const parts: string[] = [];
  if (files > 0) parts.push(`${formatCount(files, 'file')} ${bytes > 0 || newFiles > 0 ? 'grew' : 'changed'}`);
  if (newFiles > 0) parts.push(files > 0 ? `${newFiles} new` : formatCount(newFiles, 'new file'));
  if (goneFiles > 0) parts.push(files + newFiles > 0 ? `${goneFiles} gone` : `${formatCount(goneFiles, 'file')} gone`);
  if (parts.length > 0 && bytes > 0) parts.push(formatBytes(bytes));
  return parts.join(', ');
}
