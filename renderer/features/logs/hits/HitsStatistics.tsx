/**
 * The statistics of the hits show how they spread over level, node, process, kind and file, and
 * over the templates that they follow. Each value narrows the filter to itself.
 */
import { useMemo, useState } from 'react';
import type { Facets } from '../../../../electron/contract/commands.ts';
import { isKeyOf } from '../../../../electron/contract/known-keys.ts';
import { formatCount, formatNumber, formatPercent } from '../../../base/format.ts';
import { kindWords, levelLooks } from '../../../base/looks.ts';
import { onlyFacetValue } from '../../../state/filter.ts';
import { useNavigation, useStores } from '../../../state/StoresContext.tsx';
import { useFacets } from '../../../state/use-facets.ts';
import type { SearchView } from '../../../state/use-search.ts';
import { Button } from '../../../widgets/Button.tsx';
import { LineTemplates } from '../../../widgets/LineTemplates.tsx';
import { Popover } from '../../../widgets/Popover.tsx';
import type { Box } from '../../../widgets/place-at.ts';
import { SafeText } from '../../../widgets/SafeText.tsx';
import type { FilesView } from '../model/use-files.ts';

interface Field {
  title: string;
  values: { text: string; count: number; only: (() => void) | null }[];
}

/** Shows the values with the most lines of each field. */
const MOST_VALUES = 8;
/** The list is drawn whole, so it must stay short. */
const MOST_SHOWN = 1_000;

export interface HitsStatisticsProps {
  at: Box;
  search: SearchView;
  files: FilesView;
  onClose: () => void;
}

export function HitsStatistics({ at, search, files, onClose }: HitsStatisticsProps) {
  const data = useFacets(search);
  const fields = useFields(data, files, onClose);
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  return (
    <Popover at={at} align="end" label="Statistics of the hits" onClose={onClose} className="hits-statistics">
      <h3>{formatCount(search.total, 'line')} by field</h3>
      {data?.complete === false && <p className="soft">So far; still counting.</p>}
      {fields.map((field) => (
        <section key={field.title} aria-label={field.title}>
          <h4 className="soft">{field.title}</h4>
          <ul>
            {field.values.slice(0, shown.has(field.title) ? MOST_SHOWN : MOST_VALUES).map(({ text, count, only }) => (
              <li key={text}>
                <button
                  type="button"
                  className="hits-statistics__value"
                  disabled={only === null}
                  title={only === null ? undefined : 'Only these'}
                  onClick={() => only?.()}
                >
                  <span className="ellipsis">
                    <SafeText text={text} />
                  </span>
                  <span className="number">{formatNumber(count)}</span>
                  <span className="number soft">{formatPercent(count / Math.max(1, search.total))}</span>
                </button>
              </li>
            ))}
          </ul>
          {field.values.length > MOST_VALUES && !shown.has(field.title) && (
            <Button tone="quiet" onClick={() => setShown(new Set([...shown, field.title]))}>
              Show {formatCount(field.values.length - MOST_VALUES, 'more value')}
            </Button>
          )}
          {shown.has(field.title) && field.values.length > MOST_SHOWN && (
            <p className="faint">{formatCount(field.values.length - MOST_SHOWN, 'more value')} with fewer lines</p>
          )}
        </section>
      ))}
      {search.state !== null && <LineTemplates searchId={search.state.searchId} onClose={onClose} />}
    </Popover>
  );
}

function useFields(facets: Facets | undefined, files: FilesView, onClose: () => void): Field[] {
  const navigation = useNavigation();
  const { filter: filterStore } = useStores();
  return useMemo(() => {
    if (facets === undefined) return [];
    const { filter } = filterStore.getState();
    const go = (next: typeof filter) => () => {
      onClose();
      navigation.navigate({ filter: next });
    };
    const field = (title: string, values: Field['values']): Field => ({
      title,
      values: values.toSorted((a, b) => b.count - a.count),
    });
    return [
      field(
        'Level',
        facets.level.map(({ level, count }) => ({
          text: level === null ? 'No level' : levelLooks[level].word,
          count,
          only: level === null ? null : go({ ...filter, minLevel: level }),
        })),
      ),
      field(
        'Node',
        facets.node.map(({ node, count }) => ({ text: node, count, only: go(onlyFacetValue(filter, 'node', node)) })),
      ),
      field(
        'Process',
        facets.pid.map(({ node, pid, count }) => ({
          text: `pid ${pid} · ${node}`,
          count,
          only: go(onlyFacetValue(onlyFacetValue(filter, 'node', node), 'pid', pid)),
        })),
      ),
      field(
        'Kind',
        facets.kind.flatMap(({ kind, count }) =>
          isKeyOf(kindWords, kind)
            ? [{ text: kindWords[kind], count, only: go(onlyFacetValue(filter, 'kind', kind)) }]
            : [],
        ),
      ),
      field(
        'File',
        facets.file.flatMap(({ fileId, count }) => {
          const path = files.byId.get(fileId)?.path;
          return path === undefined ? [] : [{ text: path, count, only: go(onlyFacetValue(filter, 'file', path)) }];
        }),
      ),
    ].filter(({ values }) => values.length > 0);
  }, [facets, files, filterStore, navigation, onClose]);
}
