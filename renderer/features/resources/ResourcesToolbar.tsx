/**
 * The toolbar of the resources view chooses which metrics the graphs show, in which mode and how
 * they are drawn. It also saves the graphs and leads to the lines at the cursor.
 */
import { Plus, ScrollText, Table2 } from 'lucide-react';
import { formatClock } from '../../base/format-time.ts';
import { metricGroups, wholeScale } from '../../charts/metrics.ts';
import { onlyFacetValue } from '../../state/filter.ts';
import { useFilter, useNavigation, useSelection, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { NodePicker } from './NodePicker.tsx';
import { type ResourceMode, useResourcesState } from './resources-state.ts';
import { SaveCurves } from './SaveCurves.tsx';
import { type ResourcesView, useChosenNode } from './use-resources.ts';

const modes: { mode: ResourceMode; title: string; hint: string }[] = [
  { mode: 'nodes', title: 'Nodes', hint: 'A graph for each node' },
  { mode: 'band', title: 'Band', hint: 'All nodes as one band, and who stands out of it' },
  { mode: 'processes', title: 'Processes', hint: 'The processes of a node over each other' },
  { mode: 'heat', title: 'Heat map', hint: 'A row for each node or process, colour for the value' },
];

/** Lines this close to the cursor count as of that moment. */
const AROUND_US = 30e6;

export interface ResourcesToolbarProps {
  view: ResourcesView;
  /** All visible metrics. The first belongs to the view. */
  metrics: readonly string[];
}

export function ResourcesToolbar({ view, metrics: shown }: ResourcesToolbarProps) {
  const state = useResourcesState();
  const navigation = useNavigation();
  const filter = useFilter((each) => each.filter);
  const zone = useView((each) => each.zone);
  const timeUs = useSelection((each) => each.timeUs);
  const node = useSelection((each) => each.node ?? each.process?.node ?? null);
  const { look, metrics } = view;
  // The processes of one node always have their table, which is their legend.
  const hasOwnTable = useChosenNode(view.groups) !== null && state.mode === 'processes' && view.level === 'process';
  const items = metricGroups.flatMap((group) =>
    metrics
      .filter((each) => each.group === group)
      .map((each, index) => ({
        id: each.metric,
        title: each.unit === '' ? each.title : `${each.title} (${each.unit})`,
        isChecked: each.metric === look?.metric,
        startsGroup: index === 0 && group !== metrics[0]?.group,
        run: () => state.set({ metrics: [each.metric, ...shown.slice(1).filter((metric) => metric !== each.metric)] }),
      })),
  );
  const more = items.map((item) => ({
    ...item,
    isChecked: shown.includes(item.id),
    run: () => {
      const next = shown.includes(item.id) ? shown.filter((metric) => metric !== item.id) : [...shown, item.id];
      if (next.length > 0) state.set({ metrics: next });
    },
  }));
  return (
    <div className="resources__toolbar" role="toolbar" aria-label="Graphs">
      <MenuButton label={`Metric: ${look?.title ?? ''}`} items={items}>
        <strong className="resources__metric">
          <SafeText text={look?.title ?? ''} />
        </strong>
        {look?.unit !== '' && <span className="faint">{look?.unit}</span>}
      </MenuButton>
      {metrics.length > 1 && (
        <MenuButton label="More metrics below this one" items={more} isPlain>
          <Plus size={13} /> More
        </MenuButton>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a <fieldset> draws its own box */}
      <div className="segments" role="group" aria-label="How it is drawn">
        {modes.map(({ mode, title, hint }) => (
          <Button
            key={mode}
            tone="quiet"
            title={hint}
            isPressed={state.mode === mode}
            onClick={() => state.set({ mode })}
          >
            {title}
          </Button>
        ))}
      </div>
      {state.mode === 'processes' && view.level === 'process' && <NodePicker groups={view.groups} />}
      {state.mode === 'heat' && (
        // biome-ignore lint/a11y/useSemanticElements: a <fieldset> draws its own box
        <div className="segments" role="group" aria-label="Rows">
          {(['node', 'process'] as const).map((level) => (
            <Button
              key={level}
              tone="quiet"
              isPressed={view.level === level}
              onClick={() => state.set({ heatLevel: level })}
            >
              {level === 'node' ? 'By node' : 'By process'}
            </Button>
          ))}
        </div>
      )}
      <MenuButton
        label="Show: how the graphs are drawn"
        items={[
          {
            id: 'shared',
            title: 'One scale for all rows',
            isChecked: state.isShared,
            run: () => state.set({ isShared: !state.isShared }),
          },
          {
            id: 'events',
            title: 'Attempts and failures',
            isChecked: state.hasEvents,
            run: () => state.set({ hasEvents: !state.hasEvents }),
          },
          {
            id: 'name',
            title: 'By name',
            isChecked: state.order === 'name',
            startsGroup: true,
            run: () => state.set({ order: 'name' }),
          },
          {
            id: 'max',
            title: 'Highest maximum first',
            isChecked: state.order === 'max',
            run: () => state.set({ order: 'max' }),
          },
        ]}
      >
        Show
      </MenuButton>
      {look?.unit === '%' && (
        <Button
          tone="quiet"
          isPressed={state.isWholeScale}
          title="Scale from 0 to 100 %, instead of by the data"
          onClick={() => state.set({ isWholeScale: !state.isWholeScale })}
        >
          0–100 %
        </Button>
      )}
      <span className="resources__tools">
        <Button
          tone="quiet"
          icon={<ScrollText size={14} />}
          disabled={timeUs === null}
          title={
            timeUs === null
              ? 'Click into a graph to put the cursor down'
              : 'Logs, 30 seconds before and after the cursor'
          }
          onClick={() => {
            if (timeUs === null) return;
            const base = node === null ? filter : onlyFacetValue(filter, 'node', node);
            navigation.navigate({
              view: 'logs',
              filter: { ...base, fromUs: timeUs - AROUND_US, toUs: timeUs + AROUND_US },
            });
          }}
        >
          {timeUs === null ? 'Lines at the cursor' : `Lines at ${formatClock(timeUs, zone, 'second')} ± 30 s`}
        </Button>
        {state.mode !== 'heat' && shown.length === 1 && look !== null && (
          <SaveCurves groups={view.groups} look={wholeScale(look, state.isWholeScale)} />
        )}
        {!hasOwnTable && (
          <Button
            tone="quiet"
            icon={<Table2 size={14} />}
            isPressed={state.hasTable}
            onClick={() => state.set({ hasTable: !state.hasTable })}
          >
            Table
          </Button>
        )}
      </span>
    </div>
  );
}
