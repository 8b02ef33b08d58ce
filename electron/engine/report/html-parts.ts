/**
 * Pieces of HTML. All text of the logs goes through {@link text} or {@link attribute}; nothing else
 * makes markup of it.
 */

import { formatCount } from '../../contract/format.ts';
import type { ReportLine, ReportQuote } from '../../contract/report-model.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
// What a browser, a terminal or a reader would obey or not see: controls, direction marks,
// invisible joiners, private tags.
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

function shown(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** Text without what cannot be seen: such characters are written as `\x1b`. */
export const visible = (value: string) => value.toWellFormed().replace(hidden, shown);

const escaped = (value: string) => value.replace(/[&<>"']/g, (char) => entities[char] ?? char);

/** Value of an attribute, without its quotes. */
export const attribute = (value: string) => escaped(visible(value));

/** Text between tags; invisible characters are shown in another colour. */
export function text(value: string): string {
  let out = '';
  let at = 0;
  const clean = value.toWellFormed();
  for (const match of clean.matchAll(hidden)) {
    out += `${escaped(clean.slice(at, match.index))}<span class="ctl">${shown(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return out + escaped(clean.slice(at));
}

/** Anchors of quoted files: `f` and the number of the file. */
export type Anchors = ReadonlyMap<string, number>;

function link(anchors: Anchors, file: string, line: number | null, label: string): string {
  const index = anchors.get(file);
  const place = line === null ? file : `${file}:${line}`;
  if (index === undefined) return `<span class="mono">${text(label)}</span>`;
  return `<a class="mono" href="#f${index}" data-ref="${attribute(place)}" data-file="${index}" title="${attribute(place)}">${text(label)}</a>`;
}

/** A reference: `path:LINE`, as plain text and as an anchor to the table of files. */
export function reference(anchors: Anchors, file: string, line: number | null): string {
  return link(anchors, file, line, line === null ? file : `${file}:${line}`);
}

const lineText = (line: ReportLine) =>
  `<code>${line.text === '' ? '&nbsp;' : text(line.text)}${line.cut ? ' <span class="soft">… cut here</span>' : ''}</code>`;

/** Single lines, each under its reference. */
export function evidence(anchors: Anchors, lines: readonly ReportLine[]): string {
  if (lines.length === 0) return '';
  const items = lines.map((line) => `<li>${reference(anchors, line.file, line.line)}${lineText(line)}</li>`);
  return `<ul class="evidence">${items.join('')}</ul>`;
}

/** Lines that stand together: the file once above, each line with its number. */
export function quoteBlock(anchors: Anchors, quote: ReportQuote): string {
  const [first] = quote.lines;
  if (first === undefined) return '';
  let before = first.line - 1;
  const items: string[] = [];
  for (const line of quote.lines) {
    if (line.line !== before + 1)
      items.push(`<li class="gap">… ${formatCount(line.line - before - 1, 'line')} left out</li>`);
    items.push(`<li>${link(anchors, line.file, line.line, String(line.line))}${lineText(line)}</li>`);
    before = line.line;
  }
  const note = quote.note === null ? '' : `<p class="note">${text(quote.note)}</p>`;
  const label = quote.label === '' ? '' : `${text(quote.label)} · `;
  return `<figure class="quote"><figcaption>${note}${label}${reference(anchors, first.file, first.line)}</figcaption><ol>${items.join('')}</ol></figure>`;
}

export interface Column<Row> {
  title: string;
  /** HTML of the cell. */
  cell: (row: Row) => string;
  numeric?: boolean;
  /** Names the row, for readers of screens. */
  isHead?: boolean;
  nowrap?: boolean;
}

/** A table in a box of its own, which scrolls sideways where the page is narrow. */
export function table<Row>(label: string, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const classOf = (column: Column<Row>) =>
    column.numeric === true ? ' class="num"' : column.nowrap === true ? ' class="nowrap"' : '';
  const head = columns.map((column) => `<th scope="col"${classOf(column)}>${text(column.title)}</th>`).join('');
  const body = rows
    .map((row) => {
      const cells = columns.map((column) =>
        column.isHead === true
          ? `<th scope="row"${classOf(column)}>${column.cell(row)}</th>`
          : `<td${classOf(column)}>${column.cell(row)}</td>`,
      );
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('');
  return `<div class="scroll" role="region" aria-label="${attribute(label)}" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

export const tail = (sentence: string) => `<p class="tail">${text(sentence)}</p>`;
