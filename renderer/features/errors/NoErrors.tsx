/**
 * The text of the errors view when there is no error group. It also says how far that can be
 * trusted: what is still to be read, whether a filter is on, and which evidence is missing.
 */
import { isWholeRun, recordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { lookedAt } from './error-model.ts';

const MOST = 4;

export function NoErrors() {
  const caseId = useCase((state) => state.caseId);
  const files = useCase((state) => state.info?.files ?? 0);
  const isPartial = useCase((state) => state.progress !== null && state.progress.phase !== 'complete');
  const filter = useFilter((state) => state.filter);
  const isFiltered = !isWholeRun(recordFilter(filter));
  const { data } = useCommand('analysis.completeness', caseId === null ? null : { caseId });
  // A clock offset hides no error.
  const missing = data?.missing.filter((each) => each.kind !== 'clock') ?? [];
  if (isPartial) return <EmptyState title="No error so far; not all has been read." isFiltered />;
  if (isFiltered) return <EmptyState title="No error under this filter." isFiltered />;
  return (
    <EmptyState title={data === undefined ? 'No error.' : lookedAt(data, files)}>
      {missing.length > 0 && (
        <ul className="no-errors">
          {missing.slice(0, MOST).map((each) => (
            <li key={`${each.kind} ${each.message}`}>
              <SafeText text={each.message} />
            </li>
          ))}
          <li>
            <GoTo to={{ view: 'findings' }}>All missing evidence</GoTo>
          </li>
        </ul>
      )}
    </EmptyState>
  );
}
