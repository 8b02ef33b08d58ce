/**
 * Line facts are what the index knows of one line, such as its file, time, level and process. Each
 * is a value with its own links.
 */
import { Fragment, type ReactNode } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatNumber } from '../../../base/format.ts';
import { formatDateTime, formatSince, zoneName } from '../../../base/format-time.ts';
import { levelLooks } from '../../../base/looks.ts';
import { useCase, useView } from '../../../state/StoresContext.tsx';
import { Mark } from '../../../widgets/Mark.tsx';
import { SafeText } from '../../../widgets/SafeText.tsx';
import { Value } from '../../../widgets/Value.tsx';

export function LineFacts({ row, path }: { row: LineRow; path: string }) {
  const zone = useView((state) => state.zone);
  const startUs = useCase((state) => state.info?.startUs ?? null);
  const { timeUs, node, pid, process, miniBatchId, level } = row;
  const facts: [string, ReactNode][] = [
    [
      'File',
      <span key="file" className="mono">
        <Value value={{ of: 'file', path, fileId: row.fileId }}>
          <SafeText text={`${path}:${row.line}`} />
        </Value>
      </span>,
    ],
  ];
  if (timeUs !== null) {
    facts.push([
      row.ownTime ? 'Time' : 'Time (of the line before)',
      <Value key="time" value={{ of: 'time', timeUs }}>
        {formatDateTime(timeUs, zone)} {zoneName(zone, timeUs)}
      </Value>,
    ]);
    if (row.offset !== null)
      facts.push(['Written at offset', `${row.offset} (clocks were put back: this time came twice)`]);
    if (zone !== 'utc') facts.push(['UTC', formatDateTime(timeUs, 'utc')]);
    if (startUs !== null) facts.push(['Since start', formatSince(timeUs, startUs)]);
  }
  if (row.isContinuation) facts.push(['Record', 'Continues the record above']);
  if (level !== null)
    facts.push([
      'Level',
      <Value key="level" value={{ of: 'level', level }}>
        <Mark of={{ level }} />
        {` ${levelLooks[level].word}`}
      </Value>,
    ]);
  if (node !== null) facts.push(['Node', <Value key="node" value={{ of: 'node', node }} />]);
  if (node !== null && (process !== null || pid !== null))
    facts.push([
      'Process',
      <Value key="process" value={{ of: 'process', node, pid, process }}>
        <SafeText text={[process, pid === null ? null : `pid ${pid}`].filter((part) => part !== null).join(' · ')} />
      </Value>,
    ]);
  if (miniBatchId !== null) facts.push(['Mini-batch', <Value key="batch" value={{ of: 'miniBatch', miniBatchId }} />]);
  facts.push(['Length', `${formatNumber(row.length)} characters`]);
  return (
    <dl className="line-facts">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
