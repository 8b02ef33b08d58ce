/**
 * The window on a run of many nodes and files: opening it while it is indexed, switching views,
 * typing, scrolling.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openReadable } from '../../electron/engine/store/open.ts';
import { type Context, freshDataDir, indexWithCli } from './context.ts';
import { LONG_FILE, sizeOf, wideFolder } from './data.ts';
import { type Cost, inTurn, median, medianOf } from './measure.ts';
import { type Check, check, megabytes, milliseconds, ratio, type Section, seconds } from './report.ts';
import { type LongFrames, type Processor, WindowUnderTest } from './window.ts';

const VIEWS = ['What happened', 'Overview', 'Errors', 'Report', 'Resources', 'Lanes', 'Mini-batches', 'Logs'];
const QUERIES = {
  'phrase of common words': '"got task"',
  'part of a word': '*roces*',
  'word on most lines': 'DEBUG',
};
const WHEEL_STEPS = 60;

/** Opens a run with the window on Overview, against the command line on the same run. */
export async function openingWindow(context: Context): Promise<Section> {
  const dir = await wideFolder(context.size);
  const { bytes, files } = sizeOf(dir);
  const processor: Processor[] = [];
  const costs = await inTurn<string>(context.repeats, {
    'postrun index': () => indexWithCli(context, dir, 'window-index'),
    window: async () => {
      const window = await WindowUnderTest.start(context.bundle, dir, freshDataDir('window'));
      const started = performance.now();
      await window.goto();
      await window.indexed();
      const wall = (performance.now() - started) / 1000;
      const spent = await window.processor();
      await window.stop();
      processor.push(spent);
      return { wall, cpu: spent.engine, peak: null, own: null, output: '' } satisfies Cost;
    },
  });
  const of = (name: string, figure: 'wall' | 'cpu') => medianOf(costs[name] ?? [], figure);
  const page = median(processor.map((one) => one.page));
  const browser = median(processor.map((one) => one.browser));
  const wall = of('window', 'wall') ?? Number.NaN;
  return {
    title: `Opening ${megabytes(bytes)} MB in ${files} files with the window open`,
    about:
      'From the request for the page until the status bar says that all is indexed, Overview in view, against a whole `postrun index`; in turn. The engine is the process that serves; the page is the process that draws it.',
    commands: [`postrun index ${dir} --json`, `postrun serve ${dir}, opened in headless Chromium`],
    head: ['', 'wall s', 'engine cpu s', 'page cpu s', 'browser cpu s'],
    rows: [
      ['postrun index', seconds(of('postrun index', 'wall')), seconds(of('postrun index', 'cpu')), '-', '-'],
      ['window', seconds(wall), seconds(of('window', 'cpu')), seconds(page), seconds(browser)],
    ],
    checks: [
      check('indexed, with the window against without', ratio(wall, of('postrun index', 'wall')), '≤', 1.15, ' ×'),
      check('processor time of the engine', ratio(of('window', 'cpu'), of('postrun index', 'cpu')), '≤', 1.1, ' ×'),
      check('page, share of one core', (100 * page) / wall, '≤', 10, ' %'),
    ],
    figures: { costs, processor },
  };
}

/** Does everything that a person does in an indexed case. */
export async function usingWindow(context: Context): Promise<Section> {
  const dir = await wideFolder(context.size);
  const data = freshDataDir('window-use');
  const window = await WindowUnderTest.start(context.bundle, dir, data);
  await window.goto();
  await window.indexed();
  await window.idle();
  const rows: string[][] = [];
  const checks: Check[] = [];
  const figures: Record<string, unknown> = {};
  for (const visit of ['first', 'second'] as const) {
    for (const view of VIEWS) {
      const spent = await window.switchTo(view);
      figures[`${view}, ${visit} visit`] = spent;
      rows.push([`${view}, ${visit} visit`, milliseconds(spent), '']);
      const wanted = view === 'What happened' ? (visit === 'first' ? 300 : 100) : 200;
      checks.push(check(`${view}, ${visit} visit`, spent, '≤', wanted, ' ms'));
    }
  }
  for (const [name, query] of Object.entries(QUERIES)) {
    const spent: number[] = [];
    for (let k = 0; k < context.repeats; k++) spent.push(await window.keyToHit(query));
    figures[name] = spent;
    rows.push([`key to first hit: ${name}`, milliseconds(median(spent)), '']);
    checks.push(check(`key to first hit: ${name}`, median(spent), '≤', 100, ' ms'));
  }
  for (const [name, act] of Object.entries(motions(window, fileIdIn(data, LONG_FILE)))) {
    const frames = await act();
    figures[name] = frames;
    rows.push([name, String(frames.count), milliseconds(frames.longest)]);
    checks.push(check(`${name}: frames over 50 ms, 4 × slower`, frames.count, '≤', 0, ''));
  }
  const heap = await window.heap();
  figures.heap = heap;
  rows.push(['heap of the page, MB', megabytes(heap), '']);
  await window.stop();
  return {
    title: 'Using the window',
    about:
      'Milliseconds from the click until all that the view shows is drawn; from the key until the frame with the first hit (the wait for the next key is in it); frames over 50 ms while a wheel or pointer moves, with the page slowed down fourfold by the browser.',
    commands: [`postrun serve ${dir}, driven in headless Chromium`],
    head: ['', 'ms or count', 'longest ms'],
    rows,
    checks,
    figures,
  };
}

/** Returns the scrolling, panning and zooming, each from a view at rest. */
function motions(window: WindowUnderTest, longFile: number): Record<string, () => Promise<LongFrames>> {
  const { page } = window;
  const over = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    if (box === null) throw new Error(`there is no ${selector} to move over`);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  };
  const wheel = async (dx: number, dy: number) => {
    for (let step = 0; step < WHEEL_STEPS; step++) {
      await page.mouse.wheel(dx, dy);
      await page.waitForTimeout(16);
    }
  };
  const at = async (place: string, selector: string) => {
    await window.goto(place);
    await window.indexed();
    await window.idle();
    await over(selector);
  };
  return {
    'scrolling a file of 53,000 lines': async () => {
      await at(`#/logs?line=${longFile}:1`, '[role="grid"][aria-label^="Lines of"]');
      return window.longFrames(() => wheel(0, 1200));
    },
    'panning the lanes': async () => {
      await at('#/lanes', '.lanes canvas');
      await page.keyboard.down('Control');
      for (let step = 0; step < 5; step++) await page.mouse.wheel(0, -120);
      await page.keyboard.up('Control');
      await window.idle();
      return window.longFrames(async () => {
        await wheel(40, 0);
        await wheel(-40, 0);
      });
    },
    'zooming the resources': async () => {
      await at('#/resources', '.resources__area');
      return window.longFrames(async () => {
        await page.keyboard.down('Control');
        for (let step = 0; step < WHEEL_STEPS; step++) {
          await page.mouse.wheel(0, step < WHEEL_STEPS / 2 ? -60 : 60);
          await page.waitForTimeout(16);
        }
        await page.keyboard.up('Control');
      });
    },
  };
}

/** Returns the id of a file in the only case of a data folder. */
function fileIdIn(dataDir: string, path: string): number {
  const found = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('case.db'));
  const db = openReadable(join(dataDir, found ?? 'case.db'));
  try {
    return Number(db.prepare('SELECT id FROM file WHERE path = ?').pluck().get(path));
  } finally {
    db.close();
  }
}
