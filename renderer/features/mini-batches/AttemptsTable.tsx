/**
 * The attempts of a mini-batch in order, each with its figures, its error and the lines that show
 * its start and end. A menu compares an attempt with another.
 */
import type { AttemptRow } from '../../../electron/contract/batch-records.ts';
import { attemptColumns } from '../../../electron/contract/row-columns.ts';
import { formatDuration, formatNumber } from '../../base/format.ts';
import { safeText } from '../../base/safe-text.ts';
import { useStores } from '../../state/StoresContext.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { allRowsItems } from '../../widgets/row-items.tsx';
import type { RowListing } from '../../widgets/row-listing.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import type { Cell } from '../../widgets/table-column.ts';
import { Value } from '../../widgets/Value.tsx';
import { CompareMenu } from './CompareMenu.tsx';
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
  ['Two attempts', false],
  ['Error', false],
] as const;

const exported = [
  'attempt',
  'outcome',
  'node',
  'pid',
  'process',
  'startedAt',
  'endedAt',
  'durationSeconds',
  'processSeconds',
  'runMethodSeconds',
  'total',
  'failed',
  'pickedUp',
  'finished',
  'error',
] as const;

/** Returns the cells of a row, in the order of the names that `--json` gives them. */
function cellsOf(row: AttemptRow): Cell[] {
  return exported.map((name) => {
    const value = attemptColumns.find((column) => column.name === name)?.json(row) ?? null;
    return value !== null && typeof value === 'object' ? `${value.file}:${value.line}` : value;
  });
}

export function AttemptsTable(props: { attempts: readonly AttemptRow[]; fileIds: ReadonlyMap<string, number> }) {
  const { attempts, fileIds } = props;
  const stores = useStores();
  const rows: RowListing = {
    noun: 'attempt',
    nouns: 'attempts',
    fileName: `mini-batch-${attempts[0]?.miniBatchId ?? ''}-attempts`,
    isOfLines: false,
    of: (ranges) => ({ listing: { of: 'table', columns: [...exported], rows: attempts.map(cellsOf) }, ranges }),
  };
  return (
    <>
      <div className="attempts__tools">
        <MenuButton
          label="Copy or save the attempts"
          align="end"
          isPlain
          items={() => allRowsItems(rows, attempts.length, stores)}
        >
          Copy or save
        </MenuButton>
      </div>
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
              <td>
                <CompareMenu row={row} attempts={attempts} />
              </td>
              <td className="attempts__error" title={row.error === null ? undefined : safeText(row.error)}>
                {row.error === null ? '–' : <SafeText text={row.error} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
