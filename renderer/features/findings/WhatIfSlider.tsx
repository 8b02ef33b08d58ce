/**
 * A slider for one setting of the what-if part, with its value in words and a note such as the
 * configured value.
 */

export interface WhatIfSliderProps {
  label: string;
  value: number;
  min?: number;
  max: number;
  /** The value as text. */
  text: string;
  note: string;
  onChange: (value: number) => void;
}

export function WhatIfSlider({ label, value, min = 0, max, text, note, onChange }: WhatIfSliderProps) {
  return (
    <label className="what-if-slider">
      <span className="what-if-slider__label">{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        value={value}
        aria-label={label}
        aria-valuetext={text}
        onChange={(event) => onChange(Number(event.target.value))}
        // The slider keeps keys to itself that the window or its lists would otherwise handle.
        onKeyDown={(event) => event.stopPropagation()}
      />
      <strong className="number">{text}</strong>
      <span className="faint what-if-slider__note">{note}</span>
    </label>
  );
}
