/**
 * The comparison of two attempts shows their figures, phases and lines side by side. The engine
 * aligns the lines by template.
 */
import { ArrowLeft, ArrowLeftRight } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { AlignedAttempts } from '../../../electron/contract/hits.ts';
import { formatCount, formatNumber } from '../../base/format.ts';
import { useCase, useNavigation } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { Button } from '../../widgets/Button.tsx';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import type { RowListing } from '../../widgets/row-listing.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../widgets/VirtualRows.tsx';
import { AlignedLineRow, sideWords } from './AlignedLineRow.tsx';
import { AttemptFigures } from './AttemptFigures.tsx';
import { type AttemptPair, attemptName, pairOption } from './attempt-pair.ts';
import './compare-attempts.css';

const ROW_HEIGHT = 18;
const SOME_LINES = 2_000;
const ALL_LINES = 5_000;

export function CompareAttempts({ pair }: { pair: AttemptPair }) {
  const caseId = useCase((state) => state.caseId);
  const navigation = useNavigation();
  const [maxLines, setMaxLines] = useState(SOME_LINES);
  const [isOnlyDifferent, setIsOnlyDifferent] = useState(false);
  const { left, right } = pair;
  const { data, error } = useCommand('attempts.align', caseId === null ? null : { caseId, left, right, maxLines });
  return (
    <section className="compare-attempts" aria-label="Two attempts">
      <header className="compare-attempts__head">
        <Button
          tone="quiet"
          icon={<ArrowLeft size={14} />}
          onClick={() => navigation.navigate({ options: { attempts: '' } })}
        >
          All mini-batches
        </Button>
        <h2>
          <SafeText text={`${attemptName(left)} and ${attemptName(right)}`} />
        </h2>
        <Button
          tone="quiet"
          icon={<ArrowLeftRight size={14} />}
          onClick={() => navigation.navigate({ options: { attempts: pairOption({ left: right, right: left }) } })}
        >
          Swap
        </Button>
        <Button tone="quiet" isPressed={isOnlyDifferent} onClick={() => setIsOnlyDifferent(!isOnlyDifferent)}>
          Only differences
        </Button>
      </header>
      {error !== null ? (
        <ErrorBox error={error} />
      ) : data === undefined ? null : (
        <>
          <AttemptFigures left={data.left} right={data.right} />
          <CutNote data={data} onAll={maxLines < ALL_LINES ? () => setMaxLines(ALL_LINES) : null} />
          <AlignedLines data={data} isOnlyDifferent={isOnlyDifferent} />
        </>
      )}
    </section>
  );
}

/** Says that only the first lines were aligned. */
function CutNote({ data, onAll }: { data: AlignedAttempts; onAll: (() => void) | null }) {
  const cut = [data.left, data.right].filter(({ lines, aligned }) => aligned < lines);
  if (cut.length === 0) return null;
  return (
    <p className="compare-attempts__note" role="status">
      {cut.map(({ attempt, lines, aligned }) => (
        <span key={`${attempt.miniBatchId} ${attempt.attempt}`}>
          {`Of ${attemptName(attempt)} the first ${formatNumber(aligned)} of ${formatCount(lines, 'line')} are shown. `}
        </span>
      ))}
      {onAll !== null && (
        <Button tone="quiet" onClick={onAll}>
          {`Show up to ${formatNumber(ALL_LINES)}`}
        </Button>
      )}
    </p>
  );
}

function AlignedLines({ data, isOnlyDifferent }: { data: AlignedAttempts; isOnlyDifferent: boolean }) {
  const navigation = useNavigation();
  const handle = useRef<VirtualRowsHandle>(null);
  const [active, setActive] = useState<number | null>(null);
  const shown = useMemo(
    () => (isOnlyDifferent ? data.rows.filter((row) => row.side !== 'same' || row.leftDiffers.length > 0) : data.rows),
    [data, isOnlyDifferent],
  );
  const rows = useMemo(
    (): RowListing => ({
      noun: 'row',
      nouns: 'rows',
      fileName: 'two-attempts',
      isOfLines: false,
      of: (ranges) => ({
        listing: {
          of: 'table',
          columns: ['difference', 'left', 'right'],
          rows: shown.map((row) => [sideWords(row), row.left?.text ?? null, row.right?.text ?? null]),
        },
        ranges,
      }),
    }),
    [shown],
  );
  const renderRow = useCallback(
    (index: number) => {
      const row = shown[index];
      return row === undefined ? null : <AlignedLineRow row={row} />;
    },
    [shown],
  );
  const onOpen = (index: number) => {
    const row = shown[index];
    const line = row?.left ?? row?.right ?? null;
    if (line !== null)
      navigation.navigate({
        drawer: true,
        selection: { line: { fileId: line.fileId, line: line.line }, timeUs: line.timeUs, detail: 'line' },
      });
  };
  if (shown.length === 0)
    return (
      <EmptyState
        title={data.rows.length === 0 ? 'Neither attempt has lines of its own.' : 'The lines do not differ.'}
      />
    );
  return (
    <div className="compare-attempts__lines">
      <VirtualRows
        label="Lines of both attempts"
        count={shown.length}
        rowHeight={ROW_HEIGHT}
        renderRow={renderRow}
        contentKey={String(isOnlyDifferent)}
        active={active}
        onActive={setActive}
        onOpen={onOpen}
        rows={rows}
        hasCells
        columnCount={3}
        handle={handle}
      />
    </div>
  );
}
