/** A select field chooses one of some values for a file, or leaves it as the engine found it. */
export interface SelectFieldProps<T extends string> {
  label: string;
  /** The words for what the engine found, the first choice. */
  asFound: string;
  /** The values to choose from, with the words for each. */
  options: Record<T, string>;
  value: T | undefined;
  /** Undefined is what the engine found. */
  onChange: (value: T | undefined) => void;
}

export function SelectField<T extends string>({ label, asFound, options, value, onChange }: SelectFieldProps<T>) {
  return (
    <label>
      {label}{' '}
      <select
        value={value ?? ''}
        onChange={({ target }) => onChange(isKeyOf(options, target.value) ? target.value : undefined)}
      >
        <option value="">{asFound}</option>
        {Object.entries<string>(options).map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function isKeyOf<T extends string>(options: Record<T, string>, key: string): key is T {
  return Object.hasOwn(options, key);
}
