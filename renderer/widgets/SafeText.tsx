/**
 * Safe text is text out of a log, with characters that would not show, or would change the text
 * around them, made visible. Whatever a log says is drawn through it.
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
