/**
 * A pen is what the graphs draw with. A canvas is one; {@link SvgPen} writes the same strokes as an
 * SVG document.
 */

/** The part of a canvas context that graphs use. */
export interface Pen {
  fillStyle: string | CanvasGradient | CanvasPattern;
  strokeStyle: string | CanvasGradient | CanvasPattern;
  lineWidth: number;
  globalAlpha: number;
  font: string;
  textAlign: CanvasTextAlign;
  textBaseline: CanvasTextBaseline;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  clearRect(x: number, y: number, width: number, height: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  arc(x: number, y: number, radius: number, start: number, end: number): void;
  fill(): void;
  stroke(): void;
  clip(): void;
  save(): void;
  restore(): void;
  setLineDash(segments: number[]): void;
  fillText(text: string, x: number, y: number): void;
  measureText(text: string): { width: number };
  createPattern(tile: HTMLCanvasElement, repetition: string): CanvasPattern | string | null;
}

type State = Pick<
  Pen,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'globalAlpha' | 'font' | 'textAlign' | 'textBaseline'
> & { dash: number[]; groups: number };

const px = (value: number) => String(Math.round(value * 100) / 100);
const anchors: Record<CanvasTextAlign, string> = {
  left: 'start',
  start: 'start',
  center: 'middle',
  right: 'end',
  end: 'end',
};
const escaped = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds characters that XML forbids
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/**
 * Writes the drawing as SVG. `measure` returns the width of a text in a font. Clearing paints the
 * background.
 */
export class SvgPen implements Pen {
  fillStyle: Pen['fillStyle'] = '#000';
  strokeStyle: Pen['strokeStyle'] = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  font = '10px sans-serif';
  textAlign: CanvasTextAlign = 'start';
  textBaseline: CanvasTextBaseline = 'alphabetic';
  readonly #width: number;
  readonly #height: number;
  readonly #ground: string;
  readonly #measure: (text: string, font: string) => number;
  readonly #parts: string[] = [];
  readonly #defs: string[] = [];
  readonly #states: State[] = [];
  #dash: number[] = [];
  #groups = 0;
  #path = '';

  constructor(width: number, height: number, ground: string, measure: (text: string, font: string) => number) {
    this.#width = width;
    this.#height = height;
    this.#ground = ground;
    this.#measure = measure;
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, this.#paint('fill'));
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, this.#paint('stroke'));
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    this.#rect(x, y, width, height, `fill="${escaped(this.#ground)}"`);
  }

  beginPath(): void {
    this.#path = '';
  }

  closePath(): void {
    this.#path += 'Z';
  }

  moveTo(x: number, y: number): void {
    this.#path += `M${px(x)},${px(y)}`;
  }

  lineTo(x: number, y: number): void {
    this.#path += `${this.#path === '' ? 'M' : 'L'}${px(x)},${px(y)}`;
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#path += `M${px(x)},${px(y)}h${px(width)}v${px(height)}h${px(-width)}Z`;
  }

  arc(x: number, y: number, radius: number, start: number, end: number): void {
    const from = { x: x + radius * Math.cos(start), y: y + radius * Math.sin(start) };
    const middle = (start + end) / 2;
    const arcTo = (angle: number) =>
      `A${px(radius)},${px(radius)} 0 0 1 ${px(x + radius * Math.cos(angle))},${px(y + radius * Math.sin(angle))}`;
    // Draws two halves, because one arc cannot be a whole circle.
    this.#path += `${this.#path === '' ? 'M' : 'L'}${px(from.x)},${px(from.y)}${arcTo(middle)}${arcTo(end)}`;
  }

  fill(): void {
    this.#parts.push(`<path d="${this.#path}" ${this.#paint('fill')}/>`);
  }

  stroke(): void {
    this.#parts.push(`<path d="${this.#path}" ${this.#paint('stroke')}/>`);
  }

  clip(): void {
    const id = `clip${this.#defs.length}`;
    this.#defs.push(`<clipPath id="${id}"><path d="${this.#path}"/></clipPath>`);
    this.#parts.push(`<g clip-path="url(#${id})">`);
    this.#groups++;
  }

  save(): void {
    const { fillStyle, strokeStyle, lineWidth, globalAlpha, font, textAlign, textBaseline } = this;
    this.#states.push({
      fillStyle,
      strokeStyle,
      lineWidth,
      globalAlpha,
      font,
      textAlign,
      textBaseline,
      dash: this.#dash,
      groups: this.#groups,
    });
    this.#groups = 0;
  }

  restore(): void {
    const state = this.#states.pop();
    if (state === undefined) return;
    this.#parts.push('</g>'.repeat(this.#groups));
    const { dash, groups, ...rest } = state;
    Object.assign(this, rest);
    this.#dash = dash;
    this.#groups = groups;
  }

  setLineDash(segments: number[]): void {
    this.#dash = [...segments];
  }

  fillText(text: string, x: number, y: number): void {
    const baseline = this.textBaseline === 'middle' ? ' dominant-baseline="central"' : '';
    this.#parts.push(
      `<text x="${px(x)}" y="${px(y)}" text-anchor="${anchors[this.textAlign]}"${baseline} style="font:${escaped(this.font)}" ${this.#paint('fill')}>${escaped(text)}</text>`,
    );
  }

  measureText(text: string): { width: number } {
    return { width: this.#measure(text, this.font) };
  }

  createPattern(tile: HTMLCanvasElement): string {
    const id = `tile${this.#defs.length}`;
    this.#defs.push(
      `<pattern id="${id}" width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse"><image href="${tile.toDataURL()}" width="${tile.width}" height="${tile.height}"/></pattern>`,
    );
    return `url(#${id})`;
  }

  /** Returns the document, with a title for screen readers. */
  document(title: string): string {
    const size = `width="${this.#width}" height="${this.#height}"`;
    const open = '</g>'.repeat(this.#groups + this.#states.reduce((sum, { groups }) => sum + groups, 0));
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${this.#width} ${this.#height}"><title>${escaped(title)}</title><defs>${this.#defs.join('')}</defs><rect ${size} fill="${escaped(this.#ground)}"/>${this.#parts.join('')}${open}</svg>\n`;
  }

  #rect(x: number, y: number, width: number, height: number, paint: string): void {
    if (!(width > 0 && height > 0)) return;
    this.#parts.push(`<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" ${paint}/>`);
  }

  #paint(of: 'fill' | 'stroke'): string {
    const alpha = this.globalAlpha === 1 ? '' : ` opacity="${px(this.globalAlpha)}"`;
    if (of === 'fill') return `fill="${escaped(String(this.fillStyle))}"${alpha}`;
    const dash = this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.join(' ')}"`;
    return `fill="none" stroke="${escaped(String(this.strokeStyle))}" stroke-width="${px(this.lineWidth)}"${dash}${alpha}`;
  }
}
