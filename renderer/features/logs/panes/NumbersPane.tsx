/** The pane of numbers is the chart above the lines, with the splitter that resizes it. */
import { NumbersPanel } from '../numbers/NumbersPanel.tsx';
import type { NumbersChoice } from '../numbers/numbers-option.ts';
import { PaneSplitter } from './PaneSplitter.tsx';
import { usePaneSize } from './pane-sizes.ts';

export function NumbersPane({ choice }: { choice: NumbersChoice }) {
  const { px } = usePaneSize('numbers');
  return (
    <>
      <NumbersPanel choice={choice} height={px} />
      <PaneSplitter id="numbers" />
    </>
  );
}
