import type { AttemptRow } from '../../../electron/contract/records.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { Mark } from '../../widgets/Mark.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Value } from '../../widgets/Value.tsx';
import { FileLine } from './FileLine.tsx';

const titles = [
  ['#', true],
  ['Outcome', false],
  ['Node', false],
  ['PID', true],
  ['Process', false],
  ['Start', true],
  ['End', true],
  ['Duration', true],
  ['Process time', true],
  ['run()', true],
  ['Items', true],
  ['Failed', true],
  ['Lines', false],
  ['Error', false],
] as const;

/** The attempts of a mini-batch in order, each with the lines that say so. */
export function AttemptsTable(props: { attempts: readonly AttemptRow[]; fileIds: ReadonlyMap<string, number> }) {
  const { attempts, fileIds } = props;
  return (
    <table className="attempts">
      <thead>
        <tr>
          {titles.map(([title, isNumber]) => (
            <th key={title} scope="col" className={isNumber ? 'number' : undefined}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {attempts.map((row) => (
          <tr key={row.attempt}>
            <td className="number">{row.attempt}</td>
            <td>
              <Mark of={{ outcome: row.outcome }} word />
            </td>
            <td>{row.node === null ? '–' : <Value value={{ of: 'node', node: row.node }} />}</td>
            <td className="number">
              {row.pid === null || row.node === null ? (
                '–'
              ) : (
                <Value value={{ of: 'process', node: row.node, pid: row.pid, process: row.process }} />
              )}
            </td>
            <td>{row.process === null ? '–' : <SafeText text={row.process} />}</td>
            <td className="number">
              <TimeText us={row.startUs} />
            </td>
            <td className="number">
              <TimeText us={row.endUs} />
            </td>
            <td className="number">{formatDuration(row.durationSeconds)}</td>
            <td className="number">{formatDuration(row.processSeconds)}</td>
            <td className="number">{formatDuration(row.runMethodSeconds)}</td>
            <td className="number">{formatNumber(row.total)}</td>
            <td className="number">{formatNumber(row.failed)}</td>
            <td>
              <span className="attempts__lines">
                {row.pickedUp !== null && <FileLine of={row.pickedUp} fileIds={fileIds} text="picked up" />}
                {row.finished !== null && <FileLine of={row.finished} fileIds={fileIds} text="finished" />}
                {row.pickedUp === null && row.finished === null && '–'}
              </span>
            </td>
            <td className="attempts__error" title={row.error === null ? undefined : safeText(row.error)}>
              {row.error === null ? '–' : <SafeText text={row.error} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
