/** The bar of the errors counts the groups and their lines, and says how they were counted. */
import type { Signature } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { HowCounted } from '../../widgets/HowCounted.tsx';
import { CauseElsewhere } from './CauseElsewhere.tsx';

export function ErrorsBar({ groups }: { groups: readonly Signature[] }) {
  const lines = groups.reduce((sum, each) => sum + each.count, 0);
  return (
    <div className="errors__bar">
      <h2>
        {formatCount(groups.length, 'error group')} <span className="soft">in {formatCount(lines, 'line')}</span>
      </h2>
      {groups.some((each) => each.role === 'primary') ? (
        <span className="soft ellipsis">Duplicates across logs are counted once.</span>
      ) : (
        <CauseElsewhere />
      )}
      <HowCounted
        of="error groups"
        how="All lines of level error and critical and all tracebacks of all logs, grouped by exception chain and the frames of your own code, else by the message with its variable parts masked."
        cli="postrun signatures PATH FILTER --json"
        sql="SELECT error_group, count, occurrences, template FROM error_groups"
      />
    </div>
  );
}
