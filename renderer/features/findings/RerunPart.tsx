/**
 * The list of what to run again: the mini-batches that did not succeed, with the reason and their
 * inputs. A person can copy or save it as ids, CSV or JSON.
 */
import { useCallback, useState } from 'react';
import { formatCount } from '../../base/format.ts';
import { useNavigation } from '../../state/StoresContext.tsx';
import { VirtualTable } from '../../widgets/VirtualTable.tsx';
import { RerunTools } from './RerunTools.tsx';
import { rerunColumns } from './rerun-columns.tsx';
import { Section } from './Section.tsx';
import { useRerun } from './use-rerun.ts';

const ROW_PX = 22;
const MOST_SHOWN = 12;

export function RerunPart() {
  const navigation = useNavigation();
  const { rows, readAll } = useRerun();
  const { rowAt, total } = rows;
  const isSome = total !== null && total > 0;
  const [active, setActive] = useState<number | null>(null);
  const onActive = useCallback(
    (index: number) => {
      setActive(index);
      const row = rowAt(index);
      if (row !== undefined)
        navigation.navigate({ drawer: true, selection: { miniBatchId: row.miniBatchId, detail: 'miniBatch' } });
    },
    [rowAt, navigation],
  );
  return (
    <Section
      id="rerun"
      title="What to run again"
      isWide
      error={rows.error}
      summary={
        total === null
          ? ''
          : total === 0
            ? 'Nothing: every mini-batch here ended well.'
            : `${formatCount(total, 'mini-batch', 'mini-batches')} did not succeed`
      }
      counted={{
        how: 'Mini-batches that did not succeed: failed, timed out, without an end, or with some items lost; inputs as the logs write them. Those that were never scheduled are in no log and not in the list.',
        cli: 'postrun batches PATH FILTER --json | jq \'[.[] | select(.status != "succeeded")]\'',
        sql: "SELECT mini_batch, status FROM mini_batches WHERE status <> 'succeeded'",
      }}
      tools={isSome && <RerunTools readAll={readAll} />}
    >
      {isSome && (
        <div className="rerun" style={{ height: Math.min(MOST_SHOWN, total) * ROW_PX + 30 }}>
          <VirtualTable
            label="Mini-batches to run again"
            noun="mini-batch"
            nouns="mini-batches"
            fileName="run-again"
            listing={readAll}
            columns={rerunColumns}
            count={total}
            rowAt={rowAt}
            onRange={rows.want}
            active={active}
            onActive={onActive}
            onOpen={onActive}
            rowHeight={ROW_PX}
          />
        </div>
      )}
    </Section>
  );
}
