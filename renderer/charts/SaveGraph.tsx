/**
 * The button that saves a graph as PNG, SVG or CSV. One variant serves graphs described by a plot,
 * the other graphs drawn on a canvas.
 */
import { Download } from 'lucide-react';
import type { RefObject } from 'react';
import { fileStem, saveBlob } from '../base/save-file.ts';
import { useCase, useToasts } from '../state/StoresContext.tsx';
import { MenuButton } from '../widgets/MenuButton.tsx';
import { type Pen, SvgPen } from './pen.ts';
import { type PlotSpec, plotCsv, plotSvg } from './plot-layout.ts';
import { measureText, pngOf } from './save-picture.ts';
import { useThemeColours } from './use-theme-colours.ts';

const WIDTH = 1_000;
const HEIGHT = 320;

interface SaveMenuProps {
  title: string;
  /** Returns an SVG document, made on demand. */
  picture: () => string | Promise<string>;
  /** Returns all values behind the picture as CSV. */
  table: () => string | Promise<string>;
}

/** The save button of every graph. */
function SaveMenu({ title, picture, table }: SaveMenuProps) {
  const run = useCase((state) => state.info?.name ?? 'run');
  const show = useToasts((state) => state.show);
  const saveAs = (ending: string, make: () => Promise<Blob>) => () => {
    const name = `${fileStem(run, 'graph')}-${fileStem(title, 'graph')}.${ending}`;
    make().then(
      (blob) => {
        saveBlob(name, blob);
        show(`Saved ${name}`);
      },
      (error: unknown) => show(`The graph could not be saved: ${String(error)}`, { tone: 'error' }),
    );
  };
  const blobOf = async (make: () => string | Promise<string>, type: string) => new Blob([await make()], { type });
  return (
    <MenuButton
      label={`Save ${title}`}
      align="end"
      items={[
        { id: 'png', title: 'PNG', run: saveAs('png', async () => pngOf(await picture())) },
        { id: 'svg', title: 'SVG', run: saveAs('svg', () => blobOf(picture, 'image/svg+xml')) },
        { id: 'csv', title: 'CSV', run: saveAs('csv', () => blobOf(table, 'text/csv')) },
      ]}
    >
      <Download size={13} />
    </MenuButton>
  );
}

export interface SaveGraphProps {
  title: string;
  /**
   * Returns what the graph shows, made on demand: all samples for a table, the visible ones for a
   * picture.
   */
  spec: (as: 'picture' | 'table') => PlotSpec | Promise<PlotSpec>;
  /** Formats x in the CSV. */
  formatX?: (x: number) => string;
}

/** Saves a graph described by a plot. */
export function SaveGraph({ title, spec, formatX }: SaveGraphProps) {
  const colour = useThemeColours();
  return (
    <SaveMenu
      title={title}
      picture={async () => plotSvg(await spec('picture'), WIDTH, HEIGHT, colour)}
      table={async () => plotCsv(await spec('table'), formatX)}
    />
  );
}

export interface SaveDrawingProps {
  title: string;
  /** The function that draws the graph on the screen. */
  draw: (pen: Pen, width: number, height: number) => void;
  /** The element it is drawn on, whose size the picture has. */
  canvas: RefObject<HTMLElement | null>;
  csv: () => string | Promise<string>;
}

/** Saves a graph drawn on a canvas: the picture as shown, the table with all values. */
export function SaveDrawing({ title, draw, canvas, csv }: SaveDrawingProps) {
  const colour = useThemeColours();
  const picture = () => {
    const { clientWidth: width = WIDTH, clientHeight: height = HEIGHT } = canvas.current ?? {};
    const pen = new SvgPen(width, height, colour('surface'), measureText);
    draw(pen, width, height);
    return pen.document(title);
  };
  return <SaveMenu title={title} picture={picture} table={csv} />;
}
