/**
 * The line text is a line as its row draws it: matches, coloured words, a faint prefix, and control
 * characters made visible. A very long line is cut, with a button that shows the rest.
 */
import { Fragment, type ReactNode } from 'react';
import type { LineRow } from '../../../../electron/contract/line-records.ts';
import { formatCount, formatNumber } from '../../../base/format.ts';
import { safeText } from '../../../base/safe-text.ts';
import type { Navigation } from '../../../state/navigation.ts';
import { ANSI_BOLD, ANSI_FAINT, ANSI_UNDERLINE, ansiColour } from '../model/ansi.ts';
import { canHidePrefix, type LinePart, lineParts, rangesOf } from '../model/line-parts.ts';
import { DRAWN_CHARS } from '../model/use-line-stream.ts';
import { cellText } from './cell-text.tsx';
import { FarMatch } from './FarMatch.tsx';
import type { LineLooks } from './line-looks.ts';
import './line-text.css';

function classOf(part: LinePart): string {
  const names: string[] = [];
  if (part.isFound) names.push('line-text__found');
  else if (part.isMatch) names.push('line-text__match');
  else if (part.colour > 0) names.push(`line-text__colour line-text__colour--${part.colour}`);
  else if (part.isPrefix) names.push('line-text__prefix');
  if (part.isEscaped || part.isCode) names.push('escaped');
  const colour = ansiColour(part.ansi);
  if (colour !== null) names.push(`line-text__ansi--${colour}`);
  if (part.ansi & ANSI_BOLD) names.push('line-text__ansi--bold');
  if (part.ansi & ANSI_FAINT) names.push('line-text__prefix');
  if (part.ansi & ANSI_UNDERLINE) names.push('line-text__ansi--underline');
  return names.join(' ');
}

export interface LineTextOf {
  row: LineRow;
  /** The matches of the search, if the row itself has none. */
  matches: readonly (readonly [number, number])[] | undefined;
  /** The matches of “find” beyond the drawn text. */
  found: readonly (readonly [number, number])[] | undefined;
  looks: LineLooks;
  /** The number of lines folded away before this one. */
  folded: number | undefined;
  onFold: ((row: LineRow) => void) | undefined;
  navigation: Navigation;
}

/** The key is the position, so that the elements of one line serve another. */
function partNode(part: LinePart, at: number): ReactNode {
  const key = `${at}`;
  const name = classOf(part);
  const drawn = cellText(part.text);
  if (name === '') return <Fragment key={key}>{drawn}</Fragment>;
  const Tag = part.isMatch || part.isFound ? 'mark' : 'span';
  return (
    <Tag key={key} className={name}>
      {drawn}
    </Tag>
  );
}

/** Not a component, because each line would pay for it. */
export function lineText({ row, matches, found, looks, folded = 0, onFold, navigation }: LineTextOf): ReactNode {
  const text = row.text.length > DRAWN_CHARS ? row.text.slice(0, DRAWN_CHARS) : row.text;
  const hidden = row.length - text.length;
  const overlay = {
    prefix: row.prefix,
    matches: matches ?? row.matches,
    found: looks.find === null ? [] : rangesOf(text, looks.find),
    colours: looks.words.map(({ colour, pattern }) => ({ colour, ranges: rangesOf(text, pattern) })),
    showsCodes: looks.showsCodes,
  };
  const isCut = looks.hidesPrefix && canHidePrefix(overlay);
  const far = [...(found ?? []), ...overlay.matches].find(([start]) => start >= text.length);
  const hasNear = [...overlay.matches, ...overlay.found].some(([start]) => start < text.length);
  const parts = lineParts(text, overlay).filter((part) => !isCut || part.start >= row.prefix);
  const showDetail = () =>
    navigation.navigate({
      drawer: true,
      selection: { line: { fileId: row.fileId, line: row.line }, detail: 'line' },
    });
  return (
    <>
      {folded > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className="line-text__more line-text__more--before"
          onClick={() => onFold?.(row)}
        >
          ⋯ {formatNumber(folded)} {folded === 1 ? 'line' : 'lines'}
        </button>
      )}
      {isCut && (
        <span className="line-text__prefix" title={safeText(text.slice(0, row.prefix))}>
          …
        </span>
      )}
      {row.offset !== null && (
        <span className="line-text__offset" title="Clocks were put back: this local time came twice.">
          {row.offset}
        </span>
      )}
      {parts.map(partNode)}
      {far !== undefined && !hasNear && hidden > 0 && (
        <FarMatch key={`${row.fileId}:${row.line}`} row={row} match={far} drawn={text.length} />
      )}
      {hidden > 0 && (
        <button type="button" tabIndex={-1} className="line-text__more" onClick={showDetail}>
          … {formatNumber(hidden)} more characters — show
        </button>
      )}
      {row.states > 1 && (
        <button type="button" tabIndex={-1} className="line-text__more" onClick={showDetail}>
          ↺ {formatCount(row.states - 1, 'earlier state')}
        </button>
      )}
    </>
  );
}
