/**
 * Sample steps move the cursor through the samples of the selected graph, otherwise of the first
 * one, and speak each value. The left and right arrows step; Home and End go to the first and the
 * last.
 */
import { type KeyboardEvent, useMemo, useState } from 'react';
import { formatClock } from '../../base/format-time.ts';
import type { MetricLook } from '../../charts/metrics.ts';
import { useSelection, useView } from '../../state/StoresContext.tsx';
import { isSelected } from './use-group-selection.ts';
import { type ResourcesView, useGroupCurves } from './use-resources.ts';

export function useSampleSteps(view: ResourcesView, look: MetricLook | null) {
  const zone = useView((state) => state.zone);
  const timeUs = useSelection((state) => state.timeUs);
  const node = useSelection((state) => state.node);
  const process = useSelection((state) => state.process);
  const select = useSelection((state) => state.select);
  const [said, setSaid] = useState('');
  const group = view.groups.find((each) => isSelected(each, { node, process })) ?? view.groups[0];
  const own = useMemo(() => (group === undefined ? [] : [group]), [group]);
  const { curveOf } = useGroupCurves(own);
  const onKeyDown = (event: KeyboardEvent) => {
    const isStep =
      event.key === 'ArrowLeft' || event.key === 'ArrowRight' || event.key === 'Home' || event.key === 'End';
    if (!isStep || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (group === undefined || look === null || isControl(event.target)) return;
    const curve = curveOf(group);
    const samples = curve.timesUs.flatMap((us, i) => {
      const value = curve.values[i];
      return value === null || value === undefined ? [] : [{ us, value }];
    });
    const from = timeUs ?? (event.key === 'ArrowLeft' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY);
    const to =
      event.key === 'Home'
        ? samples[0]
        : event.key === 'End'
          ? samples.at(-1)
          : event.key === 'ArrowRight'
            ? samples.find((sample) => sample.us > from)
            : samples.findLast((sample) => sample.us < from);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    select({ timeUs: Math.round(to.us) });
    setSaid(`${group.process ?? group.node}, ${formatClock(to.us, zone)}: ${look.format(to.value)}`);
  };
  return { onKeyDown, said };
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, [role="menu"], [role="toolbar"], table') !== null;
}
