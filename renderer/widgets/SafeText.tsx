/**
 * Safe text is log text in which characters that are invisible, or would change the text around
 * them, are made visible. All log text is drawn through it.
 */
import { Fragment } from 'react';
import { textSegments } from '../base/safe-text.ts';
import './small.css';

export function SafeText({ text }: { text: string }) {
  const segments = textSegments(text);
  if (segments.length === 1 && segments[0]?.escaped === false) return text;
  return segments.map((segment) =>
    segment.escaped ? (
      <span key={segment.start} className="escaped">
        {segment.text}
      </span>
    ) : (
      <Fragment key={segment.start}>{segment.text}</Fragment>
    ),
  );
}
