/**
 * Theme colours are the style sheets' variables for a canvas, which knows none. One reader serves
 * all charts, and a new one takes its place when the theme changes.
 */
import { useMemo, useSyncExternalStore } from 'react';

/** Reads a CSS variable: `colour('level-error')`. A new function when the theme changes. */
export type Colour = (token: string) => string;

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const readTheme = () => document.documentElement.dataset.theme ?? '';

/**
 * One for all charts: each look into the style has the browser compute the styles of what was just
 * changed.
 */
let shared: { theme: string; colour: Colour } | null = null;

function coloursOf(theme: string): Colour {
  if (shared?.theme === theme) return shared.colour;
  const style = getComputedStyle(document.documentElement);
  const values = new Map<string, string>();
  const colour = (token: string) => {
    const known = values.get(token);
    if (known !== undefined) return known;
    const value = style.getPropertyValue(`--${token}`).trim();
    values.set(token, value);
    return value;
  };
  shared = { theme, colour };
  return colour;
}

export function useThemeColours(): Colour {
  const theme = useSyncExternalStore(subscribe, readTheme);
  return useMemo(() => coloursOf(theme), [theme]);
}
