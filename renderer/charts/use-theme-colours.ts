/**
 * Theme colours give a canvas the values of the style sheets' variables, which it cannot use
 * itself. All charts share one reader, which is replaced when the theme changes.
 */
import { useMemo, useSyncExternalStore } from 'react';

/**
 * Reads a CSS variable: `colour('level-error')`. The function is a new one when the theme changes.
 */
export type Colour = (token: string) => string;

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const readTheme = () => document.documentElement.dataset.theme ?? '';

/**
 * One reader for all charts, since every look into the style makes the browser recompute what has
 * just changed.
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
