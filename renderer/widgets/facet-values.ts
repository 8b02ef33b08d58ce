/**
 * The values of a facet as its dropdown lists them: those that the typed text finds, the chosen
 * ones first.
 */
import type { ReactNode } from 'react';
import { foldedText } from '../base/folded-text.ts';

export interface FacetOption<V extends string | number> {
  value: V;
  label: string;
  /** Matching lines; undefined if unknown. */
  count?: number;
  icon?: ReactNode;
}

/** What can be chosen from, and what is chosen. */
export interface FacetValues<V extends string | number> {
  options: readonly FacetOption<V>[];
  include: readonly V[];
  exclude: readonly V[];
  /**
   * Parses a typed value that is not among the options, such as one of a million mini-batches.
   * Returns null if the text is no value.
   */
  parse?: (text: string) => V | null;
}

/** Returns the options that a text finds, including chosen and typed values that no option has. */
export function foundOptions<V extends string | number>(values: FacetValues<V>, typed: string): FacetOption<V>[] {
  const { options, include, exclude, parse } = values;
  const text = typed.trim();
  const wanted = foldedText(text);
  const known = new Set(options.map((option) => option.value));
  const value = text === '' ? null : (parse?.(text) ?? null);
  const extra = [...include, ...exclude, ...(value === null ? [] : [value])]
    .filter((each, index, all) => !known.has(each) && all.indexOf(each) === index)
    .map((each): FacetOption<V> => ({ value: each, label: String(each) }));
  const found = [...extra, ...options].filter((option) => foldedText(option.label).includes(wanted));
  // Keeps chosen options in sight.
  const isChosen = (option: FacetOption<V>) => include.includes(option.value) || exclude.includes(option.value);
  return [...found.filter(isChosen), ...found.filter((option) => !isChosen(option))];
}
