/** Parts of a report in HTML: references, quoted lines, tables. */
import { formatCount } from '../../contract/format.ts';
import type { ReportLine, ReportQuote } from '../../contract/report-model.ts';
import { type Html, html, type Part } from './html-template.ts';

/** Number of each quoted file. Its anchor is `f` and the number. */
export type Anchors = ReadonlyMap<string, number>;

function link(anchors: Anchors, file: string, line: number | null, label: string): Html {
  const index = anchors.get(file);
  const place = line === null ? file : `${file}:${line}`;
  if (index === undefined) return html`<span class="mono">${label}</span>`;
  return html`<a class="mono" href="#f${index}" data-ref="${place}" data-file="${index}" title="${place}">${label}</a>`;
}

/** Links `path:LINE`, as plain text, to the table of files. */
export function reference(anchors: Anchors, file: string, line: number | null): Html {
  return link(anchors, file, line, line === null ? file : `${file}:${line}`);
}

const lineText = (line: ReportLine) => {
  const cut = line.cut ? html` <span class="soft">… cut here</span>` : '';
  return html`<code>${line.text === '' ? html`&nbsp;` : line.text}${cut}</code>`;
};

/** Renders single lines, each under its reference. */
export function evidence(anchors: Anchors, lines: readonly ReportLine[]): Part {
  if (lines.length === 0) return '';
  const items = lines.map((line) => html`<li>${reference(anchors, line.file, line.line)}${lineText(line)}</li>`);
  return html`<ul class="evidence">${items}</ul>`;
}

/** Renders adjacent lines: the file once at the top, and each line with its number. */
export function quoteBlock(anchors: Anchors, quote: ReportQuote): Part {
  const [first] = quote.lines;
  if (first === undefined) return '';
  let before = first.line - 1;
  const items: Html[] = [];
  for (const line of quote.lines) {
    if (line.line !== before + 1)
      items.push(html`<li class="gap">… ${formatCount(line.line - before - 1, 'line')} left out</li>`);
    items.push(html`<li>${link(anchors, line.file, line.line, String(line.line))}${lineText(line)}</li>`);
    before = line.line;
  }
  const note = quote.note === null ? '' : html`<p class="note">${quote.note}</p>`;
  const label = quote.label === '' ? '' : `${quote.label} · `;
  return html`
    <figure class="quote">
      <figcaption>${note}${label}${reference(anchors, first.file, first.line)}</figcaption>
      <ol>${items}</ol>
    </figure>`;
}

export interface Column<Row> {
  title: string;
  cell: (row: Row) => Part;
  numeric?: boolean;
  /** Labels the row for screen readers. */
  isHead?: boolean;
  nowrap?: boolean;
}

/** Renders a box that scrolls sideways on a narrow page. */
export const scrolling = (label: string, content: Part) =>
  html`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;

/** Renders a table in its own scrolling box. */
export function table<Row>(label: string, columns: readonly Column<Row>[], rows: readonly Row[]): Part {
  if (rows.length === 0) return '';
  const classOf = (column: Column<Row>) =>
    column.numeric === true ? html` class="num"` : column.nowrap === true ? html` class="nowrap"` : '';
  const head = columns.map((column) => html`<th scope="col"${classOf(column)}>${column.title}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column) =>
      column.isHead === true
        ? html`<th scope="row"${classOf(column)}>${column.cell(row)}</th>`
        : html`<td${classOf(column)}>${column.cell(row)}</td>`,
    );
    return html`<tr>${cells}</tr>`;
  });
  return scrolling(label, html`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`);
}

export const tail = (sentence: string) => html`<p class="tail">${sentence}</p>`;
