/**
 * The theme of the window is an attribute of the root element, which the style sheets read. It
 * follows the system unless the person has chosen one.
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
