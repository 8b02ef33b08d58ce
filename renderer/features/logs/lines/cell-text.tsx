/**
 * Cell text is text in cells of one width, as a terminal draws it. Wide characters take two cells.
 */
import type { ReactNode } from 'react';
import './line-text.css';

/** Hangul, Han, Kana and full-width forms, which take two cells each. */
const WIDE =
  /([\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]+)/;

export function cellText(text: string): ReactNode {
  if (!WIDE.test(text)) return text;
  return text.split(WIDE).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no other key
      <span key={index} className="line-text__wide">
        {part}
      </span>
    ),
  );
}
