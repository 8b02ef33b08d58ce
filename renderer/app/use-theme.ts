/**
 * The theme of the window stands on the root element, from where the style sheets take it. It
 * follows the system where the person has not chosen.
 */
import { useEffect } from 'react';
import { useView } from '../state/StoresContext.tsx';

export function useTheme() {
  const theme = useView((state) => state.theme);
  useEffect(() => {
    const query = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = () => {
      document.documentElement.dataset.theme = theme === 'system' ? (query.matches ? 'dark' : 'light') : theme;
    };
    apply();
    query.addEventListener('change', apply);
    return () => query.removeEventListener('change', apply);
  }, [theme]);
}
