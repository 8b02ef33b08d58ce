/**
 * A query error says why a query cannot be parsed. It shows the query around the fault, marks the
 * place, and says what to do.
 */
import { SafeText } from '../../widgets/SafeText.tsx';
import { errorOffset, errorText } from './query-error.ts';

/** Characters of the query to show on each side of the fault. */
const AROUND = 40;

export function QueryError({ id, query, message }: { id: string; query: string; message: string }) {
  const at = errorOffset(message);
  const from = at === null ? 0 : Math.max(0, at - AROUND);
  return (
    <div id={id} className="query-error" role="status">
      {at !== null && (
        <p className="mono query-error__query">
          {from > 0 && '…'}
          <SafeText text={query.slice(from, at)} />
          <mark className="query-error__place">
            <SafeText text={query.slice(at, at + 1) || ' '} />
          </mark>
          <SafeText text={query.slice(at + 1, at + AROUND)} />
        </p>
      )}
      <p>
        <SafeText text={errorText(message)} />
      </p>
    </div>
  );
}
