/**
 * The metric menus choose what the graphs show: the first metric, and more metrics below it on the
 * same axis.
 */
import { Plus } from 'lucide-react';
import { type MetricLook, metricGroups } from '../../charts/metrics.ts';
import type { MenuItem } from '../../widgets/Menu.tsx';
import { MenuButton } from '../../widgets/MenuButton.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { useResourcesState } from './resources-state.ts';

export interface MetricMenusProps {
  /** The metrics to choose from, and the first visible one. */
  metrics: readonly MetricLook[];
  look: MetricLook | null;
  /** The names of all visible metrics, the first on top. */
  shown: readonly string[];
}

export function MetricMenus({ metrics, look, shown }: MetricMenusProps) {
  const { set } = useResourcesState();
  const showFirst = (metric: string) => set({ metrics: [metric, ...shown.slice(1).filter((each) => each !== metric)] });
  const toggle = (metric: string) => {
    const next = shown.includes(metric) ? shown.filter((each) => each !== metric) : [...shown, metric];
    if (next.length > 0) set({ metrics: next });
  };
  return (
    <>
      <MenuButton
        label={`Metric: ${look?.title ?? ''}`}
        items={itemsOf(metrics, (metric) => metric === look?.metric, showFirst)}
      >
        <strong className="resources__metric">
          <SafeText text={look?.title ?? ''} />
        </strong>
        {look?.unit !== '' && <span className="faint">{look?.unit}</span>}
      </MenuButton>
      {metrics.length > 1 && (
        <MenuButton
          label="More metrics below this one"
          items={itemsOf(metrics, (metric) => shown.includes(metric), toggle)}
          isPlain
        >
          <Plus size={13} /> More
        </MenuButton>
      )}
    </>
  );
}

/** Makes an item for each metric, in their groups. */
function itemsOf(
  metrics: readonly MetricLook[],
  isChecked: (metric: string) => boolean,
  run: (metric: string) => void,
): MenuItem[] {
  return metricGroups.flatMap((group) =>
    metrics
      .filter((each) => each.group === group)
      .map((each, index) => ({
        id: each.metric,
        title: each.unit === '' ? each.title : `${each.title} (${each.unit})`,
        isChecked: isChecked(each.metric),
        startsGroup: index === 0 && group !== metrics[0]?.group,
        run: () => run(each.metric),
      })),
  );
}
