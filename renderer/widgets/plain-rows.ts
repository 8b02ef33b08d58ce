/** Plain rows are the rows of a plain table, read from the texts of its cells. */

type PlainCell = string | number | null;

const NUMBER = /^-?\d{1,3}(?:,\d{3})*(?:\.\d+)?$/;

/**
 * Returns the columns with text in some row, and their cells. A cell is a number if its whole text
 * is one, and null if it is empty or unknown. A column without text is a picture, such as a bar.
 */
export function plainRows({ head, body }: { head: readonly string[]; body: readonly (readonly string[])[] }): {
  columns: string[];
  rows: PlainCell[][];
} {
  const used = head.flatMap((_, at) => (body.some((cells) => (cells[at] ?? '').trim() !== '') ? [at] : []));
  return {
    columns: used.map((at) => (head[at] ?? '').trim()),
    rows: body.map((cells) => used.map((at) => cellOf((cells[at] ?? '').trim()))),
  };
}

function cellOf(text: string): PlainCell {
  if (text === '' || text === '–') return null;
  return NUMBER.test(text) ? Number(text.replaceAll(',', '')) : text;
}
