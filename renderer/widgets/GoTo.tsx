/**
 * A go-to link leads to a place in this window: from a number to what it counts, from a value to
 * where it is. It is a real link, so a person can copy it or open it in a new window.
 */
import type { AnchorHTMLAttributes, MouseEvent, ReactNode } from 'react';
import { useCase, useFilter, useNavigation, useSelection, useView } from '../state/StoresContext.tsx';
import type { Step } from '../state/step.ts';

export interface GoToProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: Step;
  children: ReactNode;
}

export function GoTo({ to, children, onClick, ...rest }: GoToProps) {
  const navigation = useNavigation();
  // The address holds the whole place, so it changes with every part of the place.
  useView((state) => state.view);
  useFilter((state) => state.filter);
  useSelection((state) => state.line);
  useCase((state) => state.path);
  return (
    <a
      href={navigation.href(to)}
      onClick={(event: MouseEvent<HTMLAnchorElement>) => {
        onClick?.(event);
        if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        navigation.navigate(to);
      }}
      {...rest}
    >
      {children}
    </a>
  );
}
