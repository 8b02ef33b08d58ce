/** The button that leads from the cursor of the graphs to the lines of that moment. */
import { ScrollText } from 'lucide-react';
import { formatClock } from '../../base/format-time.ts';
import { onlyFacetValue } from '../../state/filter.ts';
import { useFilter, useNavigation, useSelection, useView } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';

/** Lines this close to the cursor count as of that moment. */
const AROUND_US = 30e6;

/** Shows the lines of the selected node, otherwise of all that the filter leaves. */
export function LinesAtCursor() {
  const navigation = useNavigation();
  const filter = useFilter((state) => state.filter);
  const zone = useView((state) => state.zone);
  const timeUs = useSelection((state) => state.timeUs);
  const node = useSelection((state) => state.node ?? state.process?.node ?? null);
  const show = () => {
    if (timeUs === null) return;
    const base = node === null ? filter : onlyFacetValue(filter, 'node', node);
    navigation.navigate({
      view: 'logs',
      filter: { ...base, fromUs: timeUs - AROUND_US, toUs: timeUs + AROUND_US },
    });
  };
  return (
    <Button
      tone="quiet"
      icon={<ScrollText size={14} />}
      disabled={timeUs === null}
      title={
        timeUs === null ? 'Click into a graph to put the cursor down' : 'Logs, 30 seconds before and after the cursor'
      }
      onClick={show}
    >
      {timeUs === null ? 'Lines at the cursor' : `Lines at ${formatClock(timeUs, zone, 'second')} ± 30 s`}
    </Button>
  );
}
