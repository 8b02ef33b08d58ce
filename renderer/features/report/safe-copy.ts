/**
 * Copies the report's HTML as nodes of this page. It parses the text where nothing runs or loads,
 * and copies only known elements with known attributes, so that even a fault of the writer cannot
 * bring in a script or an address. The style becomes a separate sheet, because the page's policy
 * forbids inline style.
 */
const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

const htmlNames = new Set(
  'main header nav section footer h1 h2 h3 p ul ol li dl dt dd div span a code figure figcaption table thead tbody tr th td small strong br'.split(
    ' ',
  ),
);
const svgNames = new Set('svg g path rect line text'.split(' '));
const attributes = new Set(
  'class id href title role tabindex scope colspan aria-label aria-hidden data-ref data-file viewBox x y x1 x2 y1 y2 width height d text-anchor'.split(
    ' ',
  ),
);

/** Returns body and style of a report, or null if the text is no report. */
export function safeCopy(html: string, into: Document): { body: Node; style: string } | null {
  const style = /<style>([^<]*)<\/style>/.exec(html);
  // The policy complains about inline style even in a document that is never shown.
  const parsed = new DOMParser().parseFromString(html.replace(style?.[0] ?? '', ''), 'text/html');
  const main = parsed.querySelector('main.report');
  const body = main === null ? null : copy(main, into);
  return body === null ? null : { body, style: style?.[1] ?? '' };
}

function copy(node: Node, into: Document): Node | null {
  if (node.nodeType === Node.TEXT_NODE) return into.createTextNode(node.textContent ?? '');
  if (!(node instanceof Element)) return null;
  const isSvg = node.namespaceURI === SVG;
  if (!(isSvg ? svgNames : htmlNames).has(node.localName)) return null;
  // A page has one main element, which belongs to the window.
  const element = into.createElementNS(isSvg ? SVG : HTML, node.localName === 'main' ? 'div' : node.localName);
  for (const { name, value } of node.attributes) {
    if (!attributes.has(name)) continue;
    // Keeps only links within the report.
    if (name === 'href' && !/^#[\w-]+$/.test(value)) continue;
    element.setAttribute(name, value);
  }
  for (const child of node.childNodes) {
    const copied = copy(child, into);
    if (copied !== null) element.appendChild(copied);
  }
  return element;
}
