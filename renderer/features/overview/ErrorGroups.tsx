/**
 * The error groups of the overview, without the group of the root cause, which the card above
 * shows. Other possible causes come first, known noise last.
 */
import type { Signature } from '../../../electron/contract/signatures.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { noFilter } from '../../state/filter.ts';
import { GoTo } from '../../widgets/GoTo.tsx';
import { MaskedText } from '../../widgets/MaskedText.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

const MOST = 6;
const ranks: Record<Signature['role'], number> = { primary: 0, other: 1, follow_on: 2, noise: 3 };

export interface ErrorGroupsProps {
  groups: readonly Signature[];
  /** The group that the card above already shows. */
  shownAbove: string | null;
  isPartial: boolean;
}

export function ErrorGroups({ groups, shownAbove, isPartial }: ErrorGroupsProps) {
  const others = groups.filter(({ id }) => id !== shownAbove).toSorted((a, b) => ranks[a.role] - ranks[b.role]);
  const title = shownAbove === null ? 'Error groups' : 'Other error groups';
  return (
    <section className="overview__part" aria-label={title}>
      <h3>
        {title} <span className="soft">{others.length > 0 && formatNumber(others.length)}</span>
      </h3>
      {others.length === 0 && (
        <p className="soft">
          {isPartial ? 'None so far.' : shownAbove === null ? 'No line has the level error.' : 'None.'}
        </p>
      )}
      <ul className="error-groups">
        {others.slice(0, MOST).map((group) => (
          <li key={group.id}>
            <GoTo
              className="error-groups__link"
              to={{ view: 'errors', filter: noFilter, selection: { error: group.id, detail: null } }}
            >
              <span className="error-groups__line">
                <strong className="ellipsis">
                  <SafeText
                    text={group.chain.at(-1) ?? (group.level === 'critical' ? 'Critical line' : 'Error line')}
                  />
                </strong>
                {group.role === 'follow_on' && <span className="error-groups__role">follows from another</span>}
                {group.role === 'noise' && <span className="error-groups__role">noise</span>}
                <span className="number">{formatCount(group.occurrences, 'time')}</span>
              </span>
              <span className="error-groups__text mono ellipsis">
                <MaskedText template={group.template} />
              </span>
            </GoTo>
          </li>
        ))}
      </ul>
      {others.length > MOST && (
        <GoTo to={{ view: 'errors', filter: noFilter }}>{`${formatNumber(others.length - MOST)} more`}</GoTo>
      )}
    </section>
  );
}
