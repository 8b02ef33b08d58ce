/**
 * A template of HTML is markup in which every text that is put in is escaped: ``
 * html`<p>${line}</p>` ``. Only what another template made is put in as markup, so no text of the
 * logs can become any.
 */

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

/** Text between tags; invisible characters are shown in another colour. */
function betweenTags(value: string): string {
  let out = '';
  let at = 0;
  const clean = value.toWellFormed();
  for (const match of clean.matchAll(hidden)) {
    out += `${escaped(clean.slice(at, match.index))}<span class="ctl">${shown(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return out + escaped(clean.slice(at));
}

/** Markup that a template made. */
export class Html {
  readonly #markup: string;

  /** For {@link html} and {@link unescaped} alone. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What can be put into a template; a list is put in item by item. */
export type Part = string | number | Html | readonly Part[];

function markupOf(part: Part, isInTag: boolean): string {
  if (part instanceof Html) return part.toString();
  if (typeof part === 'number') return String(part);
  if (typeof part !== 'string') return part.map((item) => markupOf(item, isInTag)).join('');
  return isInTag ? escaped(visible(part)) : betweenTags(part);
}

/**
 * The template. A line break with the spaces after it is layout of the source and left out. What is
 * put in within a tag has to stand in quotes.
 */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = '';
  let isInTag = false;
  for (const [k, literal] of literals.entries()) {
    const laidOut = literal.replace(/\n\s*/g, '');
    markup += laidOut;
    const open = laidOut.lastIndexOf('<');
    const close = laidOut.lastIndexOf('>');
    if (open !== -1 || close !== -1) isInTag = open > close;
    const part = parts[k];
    if (part !== undefined) markup += markupOf(part, isInTag);
  }
  return new Html(markup);
}

/** Text of our own that is markup already, such as a style sheet. */
export const unescaped = (markup: string) => new Html(markup);

/** Parts with something between them. */
export function joined(parts: readonly Part[], between: Part): Part {
  return parts.flatMap((part, k) => (k === 0 ? [part] : [between, part]));
}
