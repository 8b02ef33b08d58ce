import { useMemo, useSyncExternalStore } from 'react';

/** Reads a CSS variable for a canvas, which knows none: `colour('level-error')`. A new function when the theme changes. */
export type Colour = (token: string) => string;

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

const readTheme = () => document.documentElement.dataset.theme ?? '';

export function useThemeColours(): Colour {
  const theme = useSyncExternalStore(subscribe, readTheme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is what the values depend on
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const values = new Map<string, string>();
    return (token: string) => {
      const value = values.get(token) ?? style.getPropertyValue(`--${token}`).trim();
      values.set(token, value);
      return value;
    };
  }, [theme]);
}
