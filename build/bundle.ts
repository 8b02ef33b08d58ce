/**
 * Bundles the sources into `dist/electron/` (the Node side: one flat folder, so that a chunk finds
 * a worker beside it) and `dist/renderer/` (three files that a strict content security policy
 * accepts). The outputs stay in memory until {@link writeOutputs} puts them in place, so that a
 * running app never sees half of them.
 */
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Loader } from 'esbuild';
import { fromRoot, root } from './paths.ts';

/** A file to write: its path relative to the output folder, and its content. */
export interface Output {
  path: string;
  content: Uint8Array;
}

/**
 * In development React's strict mode is on: it renders and mounts everything twice to find faults.
 */
export type PageMode = 'production' | 'development';

/** Entry points with a fixed name. Workers are found by the end of their names. */
const entries: { out: string; source: string }[] = [
  { out: 'cli', source: 'electron/cli/main.ts' },
  { out: 'main', source: 'electron/main/main.ts' },
];
const preload = 'electron/preload/preload.ts';
const rendererEntry = 'renderer/app/main.tsx';
const rendererPage = 'renderer/app/index.html';

/** SQLite for queries, which expects this file beside the bundle. */
const sqliteWasm = 'node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm';

const external = ['better-sqlite3', 'electron'];

/** CommonJS packages bundled into a module call `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as postrunCreateRequire } from 'node:module'; const require = postrunCreateRequire(import.meta.url);";

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  logLevel: 'silent',
  legalComments: 'none',
  sourcemap: 'external',
};

/** Bundles everything that runs on Node: the shells, the engine and its workers. */
export async function bundleNode(): Promise<{ outputs: Output[]; missing: string[] }> {
  const workers = globSync('electron/**/*-{worker,process}.ts', { cwd: root, exclude: ['**/testing/**'] }).map(
    (source) => ({
      out: basename(source, '.ts'),
      source,
    }),
  );
  const wanted = [...entries, ...workers];
  const present = wanted.filter((entry) => existsSync(fromRoot(entry.source)));
  const missing = wanted.filter((entry) => !present.includes(entry)).map((entry) => entry.source);
  const modules = await build({
    ...shared,
    entryPoints: present.map((entry) => ({ in: entry.source, out: entry.out })),
    outdir: 'dist/electron',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    external,
    banner: { js: requireBanner },
  });
  const outputs = relativeOutputs(modules.outputFiles ?? [], 'dist/electron');
  outputs.push({ path: basename(sqliteWasm), content: readFileSync(fromRoot(sqliteWasm)) });
  if (existsSync(fromRoot(preload))) {
    // A sandboxed preload script must be a single CommonJS file.
    const single = await build({
      ...shared,
      entryPoints: [{ in: preload, out: 'preload' }],
      outdir: 'dist/electron',
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      external,
    });
    outputs.push(...relativeOutputs(single.outputFiles ?? [], 'dist/electron'));
  } else missing.push(preload);
  return { outputs, missing };
}

const fileLoaders: Record<string, Loader> = Object.fromEntries(
  ['.svg', '.png', '.woff2'].map((extension) => [extension, 'file' as const]),
);

/**
 * Bundles the page: `index.html`, `app.js`, `app.css`. Returns nothing if the renderer does not
 * exist yet.
 */
export async function bundleRenderer(mode: PageMode = 'production'): Promise<{ outputs: Output[]; missing: string[] }> {
  const missing = [rendererEntry, rendererPage].filter((source) => !existsSync(fromRoot(source)));
  if (missing.length > 0) return { outputs: [], missing };
  const result = await build({
    ...shared,
    entryPoints: [{ in: rendererEntry, out: 'app' }],
    outdir: 'dist/renderer',
    platform: 'browser',
    target: ['chrome130', 'firefox130', 'safari18'],
    format: 'esm',
    minify: mode === 'production',
    jsx: 'automatic',
    loader: fileLoaders,
    assetNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': JSON.stringify(mode) },
  });
  const outputs = relativeOutputs(result.outputFiles ?? [], 'dist/renderer');
  outputs.push({ path: 'index.html', content: readFileSync(fromRoot(rendererPage)) });
  return { outputs, missing };
}

function relativeOutputs(files: { path: string; contents: Uint8Array }[], folder: string): Output[] {
  return files.map((file) => ({ path: relative(fromRoot(folder), file.path), content: file.contents }));
}

/** Puts each output into a folder by a rename, then removes what an earlier build left there. */
export function writeOutputs(folder: string, outputs: Output[]): void {
  mkdirSync(folder, { recursive: true });
  for (const output of outputs) {
    const path = join(folder, output.path);
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, output.content);
    renameSync(temporary, path);
  }
  const kept = new Set(outputs.map((output) => output.path));
  for (const name of readdirSync(folder)) {
    if (!kept.has(name) && !name.endsWith('.tmp')) rmSync(join(folder, name), { recursive: true, force: true });
  }
}
