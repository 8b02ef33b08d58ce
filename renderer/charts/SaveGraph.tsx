import { Download } from 'lucide-react';
import { useCase, useToasts } from '../state/StoresContext.tsx';
import { MenuButton } from '../widgets/MenuButton.tsx';
import { type PlotSpec, plotCsv, plotSvg } from './plot-layout.ts';
import { fileStem, pngOf, saveBlob } from './save-picture.ts';
import { useThemeColours } from './use-theme-colours.ts';

const WIDTH = 1_000;
const HEIGHT = 320;

export interface SaveGraphProps {
  title: string;
  /** Made when it is asked for: what the graph shows, with all its samples. */
  spec: () => PlotSpec | Promise<PlotSpec>;
  /** How x is written in the CSV. */
  formatX?: (x: number) => string;
}

/** The button of every graph: saves it as PNG, SVG or CSV. */
export function SaveGraph({ title, spec, formatX }: SaveGraphProps) {
  const colour = useThemeColours();
  const run = useCase((state) => state.info?.name ?? 'run');
  const show = useToasts((state) => state.show);
  const name = (ending: string) => `${fileStem(run)}-${fileStem(title)}.${ending}`;
  const save = (ending: string, blob: Blob) => {
    saveBlob(name(ending), blob);
    show(`Saved ${name(ending)}`);
  };
  const svg = async () => plotSvg(await spec(), WIDTH, HEIGHT, colour);
  const saveAs = (ending: string, make: () => Promise<Blob>) => () => {
    make().then(
      (blob) => save(ending, blob),
      (error: unknown) => show(`The graph could not be saved: ${String(error)}`, { tone: 'error' }),
    );
  };
  return (
    <MenuButton
      label={`Save ${title}`}
      align="end"
      items={[
        { id: 'png', title: 'PNG', run: saveAs('png', async () => pngOf(await svg())) },
        { id: 'svg', title: 'SVG', run: saveAs('svg', async () => new Blob([await svg()], { type: 'image/svg+xml' })) },
        {
          id: 'csv',
          title: 'CSV',
          run: saveAs('csv', async () => new Blob([plotCsv(await spec(), formatX)], { type: 'text/csv' })),
        },
      ]}
    >
      <Download size={13} />
    </MenuButton>
  );
}
