/**
 * Recent runs are cases that were opened before. They open immediately because they are indexed.
 */
import { formatBytes } from '../../base/format.ts';
import { lastPart } from '../../base/path-name.ts';
import { useCommand } from '../../state/use-command.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';

export function RecentRuns({ onOpen }: { onOpen: (path: string, root: string) => void }) {
  const { data: recent } = useCommand('case.recent', {});
  if (recent === undefined || recent.length === 0) return null;
  return (
    <section className="start__part" aria-label="Recent runs">
      <h2>Recent</h2>
      <ul>
        {recent.map((each) => (
          <li key={`${each.source} ${each.root}`}>
            <button
              type="button"
              className="start__row"
              disabled={!each.exists}
              title={each.exists ? undefined : 'It is not there any more. Put it back to open it.'}
              onClick={() => onOpen(each.source, each.root)}
            >
              <span className="start__name ellipsis">
                <SafeText text={each.root === '' ? lastPart(each.source) : lastPart(each.root)} />
              </span>
              <span className="start__path mono ellipsis faint">
                <SafeText text={each.root === '' ? each.source : `${each.source} › ${each.root}`} />
              </span>
              <span className="number soft">
                {each.exists ? `index ${formatBytes(each.bytes)}` : 'missing'} ·{' '}
                <TimeText us={each.openedUs} date="short" />
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
