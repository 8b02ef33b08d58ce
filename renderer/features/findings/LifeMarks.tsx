/**
 * Life marks are notable moments of the run, such as a node that left. This component lists them in
 * order of time and folds many of one kind into one entry.
 */
import { formatNumber } from '../../base/format.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Evidence } from './Evidence.tsx';
import { markWords } from './findings-model.ts';
import { groupMarks, type LifeMark, type MarkGroup } from './life-marks.ts';

/** The most marks that an open group shows. The logs and `postrun timeline` have the rest. */
const MOST_OF_GROUP = 200;

export function LifeMarks({ marks, more }: { marks: readonly LifeMark[]; more: number }) {
  const groups = groupMarks(marks);
  return (
    <ul className="life-marks">
      {groups.map((group) => (
        <Group key={`${group.kind} ${group.marks[0]?.timeUs} ${group.marks[0]?.message}`} group={group} />
      ))}
      {more > 0 && <li className="faint">{`and ${formatNumber(more)} later`}</li>}
    </ul>
  );
}

function Group({ group: { kind, marks } }: { group: MarkGroup }) {
  const [first] = marks;
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return null;
  if (marks.length === 1) return <Mark mark={first} />;
  return (
    <li>
      <details>
        <summary>
          <TimeText us={first.timeUs} /> – <TimeText us={last.timeUs} />{' '}
          <strong>{`${markWords[kind]}, ${formatNumber(marks.length)} times`}</strong>
        </summary>
        <ul className="life-marks life-marks--within">
          {marks.slice(0, MOST_OF_GROUP).map((mark) => (
            <Mark key={`${mark.timeUs} ${mark.message}`} mark={mark} />
          ))}
          {marks.length > MOST_OF_GROUP && (
            <li className="faint">{`and ${formatNumber(marks.length - MOST_OF_GROUP)} more`}</li>
          )}
        </ul>
      </details>
      <p className="soft">
        The first: <SafeText text={first.message} />
      </p>
      {first.ref !== null && <Evidence refs={[first.ref]} />}
    </li>
  );
}

function Mark({ mark }: { mark: LifeMark }) {
  return (
    <li>
      <p>
        <TimeText us={mark.timeUs} /> <strong>{markWords[mark.kind]}</strong> <SafeText text={mark.message} />
      </p>
      {mark.ref !== null && <Evidence refs={[mark.ref]} />}
    </li>
  );
}
