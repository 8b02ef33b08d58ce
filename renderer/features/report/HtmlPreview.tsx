/**
 * The HTML preview shows the report exactly as it will be, in a shadow tree with its own style. A
 * reference links to its line; `safeCopy` decides which elements may appear.
 */
import { type MouseEvent, useEffect, useRef } from 'react';
import { safeCopy } from './safe-copy.ts';

export interface HtmlPreviewProps {
  html: string;
  /** Handles a click on a reference. `file` is the number of the file in the report. */
  onReference: (file: number, line: number) => void;
}

export function HtmlPreview({ html, onReference }: HtmlPreviewProps) {
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' });
    const copied = safeCopy(html, document);
    if (copied === null) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(copied.style);
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(copied.body);
  }, [html]);

  useEffect(() => {
    const page = document.documentElement;
    const follow = () => {
      if (host.current !== null) host.current.dataset.theme = page.dataset.theme ?? 'light';
    };
    follow();
    const observer = new MutationObserver(follow);
    observer.observe(page, { attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);

  const onClick = (event: MouseEvent) => {
    const anchor = event.nativeEvent.composedPath().find((target) => target instanceof HTMLAnchorElement);
    if (!(anchor instanceof HTMLAnchorElement)) return;
    // The window's hash is its place, so an anchor of the report must not change it.
    event.preventDefault();
    const { ref, file } = anchor.dataset;
    const line = Number(/:(\d+)$/.exec(ref ?? '')?.[1] ?? '1');
    if (file !== undefined) onReference(Number(file), line);
    else host.current?.shadowRoot?.querySelector(anchor.getAttribute('href') ?? '')?.scrollIntoView();
  };

  // biome-ignore lint/a11y/noStaticElementInteractions: the real links inside take the keys; this only redirects them
  // biome-ignore lint/a11y/useKeyWithClickEvents: as above
  return <div ref={host} className="report-preview__page" onClick={onClick} />;
}
