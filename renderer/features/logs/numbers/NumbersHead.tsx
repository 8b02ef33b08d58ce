/**
 * The head of the panel of numbers asks which number is charted, by what, and as what. It also
 * saves the graph and closes the panel.
 */
import { X } from 'lucide-react';
import type { HitNumbers } from '../../../../electron/contract/hits.ts';
import { isKeyOf } from '../../../../electron/contract/known-keys.ts';
import { SaveGraph } from '../../../charts/SaveGraph.tsx';
import { useNavigation, useView } from '../../../state/StoresContext.tsx';
import { Button } from '../../../widgets/Button.tsx';
import { IconButton } from '../../../widgets/IconButton.tsx';
import { timeSpec } from './number-curves.ts';
import { type NumbersChoice, numbersOptions } from './numbers-option.ts';
import { PatternBox } from './PatternBox.tsx';

const byWords = { none: 'all together', node: 'by node', process: 'by process', file: 'by file' } as const;
const views = [
  ['time', 'Over time'],
  ['spread', 'Histogram'],
  ['table', 'Figures'],
] as const;

export interface NumbersHeadProps {
  choice: NumbersChoice;
  data: HitNumbers | undefined;
  title: string;
}

export function NumbersHead({ choice, data, title }: NumbersHeadProps) {
  const { pattern, by, view } = choice;
  const navigation = useNavigation();
  const zone = useView((state) => state.zone);
  const setOptions = useView((state) => state.setOptions);
  const choose = (change: Partial<NumbersChoice>) => setOptions(numbersOptions({ ...choice, ...change }));
  return (
    <header className="numbers-panel__head">
      <PatternBox pattern={pattern} onChange={(next) => choose({ pattern: next })} />
      <select
        className="text-box"
        aria-label="Group the numbers"
        value={by}
        onChange={({ currentTarget }) => {
          if (isKeyOf(byWords, currentTarget.value)) choose({ by: currentTarget.value });
        }}
      >
        {Object.entries(byWords).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
      <fieldset aria-label="Show the numbers as" className="numbers-panel__views">
        {views.map(([id, words]) => (
          <Button key={id} tone="quiet" isPressed={view === id} onClick={() => choose({ view: id })}>
            {words}
          </Button>
        ))}
      </fieldset>
      {data !== undefined && data.values > 0 && view === 'time' && (
        <SaveGraph
          title={title}
          spec={() => timeSpec(data, title, zone)}
          formatX={(us) => new Date(us / 1_000).toISOString()}
        />
      )}
      <IconButton
        label="Close the chart of numbers"
        icon={<X size={14} />}
        onClick={() => navigation.navigate({ options: numbersOptions(null) })}
      />
    </header>
  );
}
