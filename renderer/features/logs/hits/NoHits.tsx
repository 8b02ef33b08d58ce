/**
 * An empty list of hits has a reason: the search is still running, it was stopped, or no line
 * matches. This notice says which, and offers to search inside words if that finds more.
 */
import { formatPercent } from '../../../base/format.ts';
import { useFilter } from '../../../state/StoresContext.tsx';
import type { SearchView } from '../../../state/use-search.ts';
import { Button } from '../../../widgets/Button.tsx';
import { EmptyState } from '../../../widgets/EmptyState.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';

export function NoHits({ search }: { search: SearchView }) {
  const { state, isRunning } = search;
  const patch = useFilter((filter) => filter.patch);
  if (isRunning || state === null)
    return (
      <EmptyState title="Searching …">
        {state === null
          ? 'The search has just started.'
          : state.indexed < 1
            ? `${formatPercent(state.indexed)} of the run is indexed and has been searched; the rest follows.`
            : `${formatPercent(state.progress)} of what can match has been looked at.`}
      </EmptyState>
    );
  const { suggestion, error } = state;
  if (error !== null)
    return (
      <EmptyState title="The search was stopped." isFiltered>
        <SafeText text={error} />
      </EmptyState>
    );
  return (
    <EmptyState
      title={state.complete ? 'No line matches.' : 'No line matched before the search was stopped.'}
      isFiltered
      actions={
        suggestion === null ? undefined : (
          <Button tone="primary" onClick={() => patch({ query: suggestion, mode: 'words' })}>
            Search for&nbsp;
            <span className="mono">
              <SafeText text={suggestion} />
            </span>
          </Button>
        )
      }
    >
      {suggestion !== null && 'No whole-word match. Search inside words?'}
    </EmptyState>
  );
}
