/**
 * The list of what to run again: the mini-batches that did not succeed, with the reason and their
 * inputs. A person can copy or save it as ids, CSV or JSON.
 */
import { Copy, Download } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { RerunItem } from '../../../electron/contract/analysis.ts';
import { formatCount } from '../../base/format.ts';
import { fileStem, saveBlob } from '../../base/save-file.ts';
import { recordFilter } from '../../state/record-filter.ts';
import { useCase, useFilter, useNavigation, useStores } from '../../state/StoresContext.tsx';
import { usePagedRows } from '../../state/use-paged-rows.ts';
import { Button } from '../../widgets/Button.tsx';
import { Mark } from '../../widgets/Mark.tsx';
import type { MenuItem } from '../../widgets/Menu.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { writeClipboard } from '../../widgets/row-listing.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { type Column, VirtualTable } from '../../widgets/VirtualTable.tsx';
import { rerunCsv, rerunIds, rerunJson } from './findings-model.ts';
import { Section } from './Section.tsx';

const PAGE = 10_000;
const ROW_PX = 22;
const MOST_SHOWN = 12;

const columns: readonly Column<RerunItem>[] = [
  {
    id: 'id',
    value: (row) => row.miniBatchId,
    title: 'Mini-batch',
    width: '80px',
    align: 'right',
    render: (row) => <SafeText text={row.miniBatchId} />,
  },
  {
    id: 'status',
    value: (row) => row.status,
    title: 'Status',
    width: '110px',
    render: (row) => <Mark of={{ outcome: row.status }} word />,
  },
  {
    id: 'attempts',
    value: (row) => row.attempts,
    title: 'Tries',
    width: '48px',
    align: 'right',
    render: (row) => row.attempts,
  },
  {
    id: 'reason',
    value: (row) => row.reason,
    title: 'Why',
    width: 'minmax(200px, 1.2fr)',
    render: (row) => <SafeText text={row.reason} />,
  },
  {
    id: 'inputs',
    value: (row) => row.inputs,
    title: 'Inputs',
    width: 'minmax(200px, 1fr)',
    render: (row) =>
      row.inputs === null ? (
        <span className="faint">not in the logs</span>
      ) : (
        <span className="mono">
          <SafeText text={row.inputs} />
        </span>
      ),
  },
];

const writers = {
  ids: { write: rerunIds, type: 'text/plain', end: 'txt', word: 'ids' },
  csv: { write: rerunCsv, type: 'text/csv', end: 'csv', word: 'CSV' },
  json: { write: rerunJson, type: 'application/json', end: 'json', word: 'JSON' },
} as const;

export function RerunPart() {
  const stores = useStores();
  const { client, busy, toasts } = stores;
  const navigation = useNavigation();
  const caseId = useCase((state) => state.caseId);
  const name = useCase((state) => state.info?.name ?? 'run');
  const whole = useFilter((state) => state.filter);
  const filter = recordFilter(whole);
  const [active, setActive] = useState<number | null>(null);
  const key = caseId === null ? null : JSON.stringify({ caseId, filter });
  const rows = usePagedRows<RerunItem>('analysis.rerun', key, (start, count, signal) =>
    caseId === null
      ? Promise.resolve({ total: 0, rows: [] })
      : client.call('analysis.rerun', { caseId, filter, start, count }, { signal }),
  );
  const { rowAt } = rows;
  const onActive = useCallback(
    (index: number) => {
      setActive(index);
      const row = rowAt(index);
      if (row !== undefined)
        navigation.navigate({ drawer: true, selection: { miniBatchId: row.miniBatchId, detail: 'miniBatch' } });
    },
    [rowAt, navigation],
  );

  const all = async () => {
    const found: RerunItem[] = [];
    for (;;) {
      if (caseId === null) return found;
      const page = await client.call('analysis.rerun', { caseId, filter, start: found.length, count: PAGE });
      found.push(...page.rows);
      if (page.rows.length === 0 || found.length >= page.total) return found;
    }
  };
  const take = async (how: 'copy' | 'save', as: keyof typeof writers) => {
    const { write, type, end, word } = writers[as];
    const done = busy.begin('what to run again');
    const { show } = toasts.getState();
    try {
      const found = await all();
      const text = write(found);
      if (how === 'save') saveBlob(`${fileStem(name, 'run')}-run-again.${end}`, new Blob([text], { type }));
      const what = formatCount(found.length, 'mini-batch', 'mini-batches');
      if (how === 'save') show(`Saved ${what} as ${word}`);
      else writeClipboard(stores, text, `Copied ${what} as ${word}`);
    } catch {
      show(how === 'save' ? 'It could not be saved.' : 'It could not be copied.', { tone: 'error' });
    } finally {
      done();
    }
  };
  const total = rows.total;
  const itemsOf = (how: 'copy' | 'save'): MenuItem[] =>
    (['ids', 'csv', 'json'] as const).map((as) => ({
      id: as,
      title: writers[as].word === 'ids' ? 'Ids, one a line' : writers[as].word,
      icon: how === 'copy' ? <Copy size={14} /> : <Download size={14} />,
      run: () => void take(how, as),
    }));
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
      tools={
        total !== null &&
        total > 0 && (
          <>
            <Button tone="quiet" icon={<Copy size={14} />} onClick={() => void take('copy', 'ids')}>
              Copy ids
            </Button>
            <MenuButton label="Copy as" items={itemsOf('copy')}>
              Copy as
            </MenuButton>
            <MenuButton label="Save as" items={itemsOf('save')}>
              Save as
            </MenuButton>
          </>
        )
      }
    >
      {total !== null && total > 0 && (
        <div className="rerun" style={{ height: Math.min(MOST_SHOWN, total) * ROW_PX + 30 }}>
          <VirtualTable
            label="Mini-batches to run again"
            noun="mini-batch"
            nouns="mini-batches"
            fileName="run-again"
            listing={all}
            columns={columns}
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
