/**
 * The note that the root cause is in none of the error groups, with the line that shows it. A run
 * that took too long, for instance, has no line of level error.
 */
import { causeWords } from '../../base/looks.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';

export function CauseElsewhere() {
  const cause = useCase((state) => state.info?.firstCause ?? null);
  if (cause === null) return null;
  const [line] = cause.evidence;
  return (
    <span className="cause-elsewhere soft">
      {`The root cause is in none of these: ${causeWords[cause.kind] ?? 'see the line'}.`}
      {line !== undefined && <LineLink {...line} />}
    </span>
  );
}
