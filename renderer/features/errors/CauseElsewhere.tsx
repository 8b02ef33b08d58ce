import { causeWords } from '../../base/looks.ts';
import { useCase } from '../../state/StoresContext.tsx';
import { LineLink } from '../../widgets/LineLink.tsx';

/** Said where no group holds the root cause: a run that took too long, for instance, is no line of level error. */
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
