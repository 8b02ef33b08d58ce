/** Segments are a row of buttons that choose one of a few values: a mode, a size, a level. */
import { Button } from './Button.tsx';
import './segments.css';

export interface SegmentsProps<T extends string> {
  /** What is chosen, for screen readers. */
  label: string;
  choices: readonly { value: T; title: string; hint?: string }[];
  value: T;
  onChoose: (value: T) => void;
}

export function Segments<T extends string>({ label, choices, value, onChoose }: SegmentsProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a <fieldset> draws its own box
    <div className="segments" role="group" aria-label={label}>
      {choices.map((each) => (
        <Button
          key={each.value}
          tone="quiet"
          title={each.hint}
          isPressed={each.value === value}
          onClick={() => onChoose(each.value)}
        >
          {each.title}
        </Button>
      ))}
    </div>
  );
}
