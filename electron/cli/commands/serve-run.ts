/** The command `serve` opens a run in a browser. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import { parseCount } from '../case-options.ts';
import { exitStatus, type Io } from '../io.ts';
import type { Output } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import { dataDirOf, formatFolders } from '../session.ts';

/** How long the server waits for another window after the last one closed. */
const idleMs = 120_000;

interface ServeCommandOptions {
  port?: number;
  open?: boolean;
  keep?: boolean;
  json?: boolean;
  caseDir?: string;
  formats?: string;
}

export function addServeCommand(program: Command, run: RunCommand): void {
  program
    .command('serve')
    .argument('[path]', 'a folder, a .zip or a case; without it the page asks')
    .description(
      'show the app in a browser on this machine (127.0.0.1 only) until Ctrl-C, or until its last window was closed',
    )
    .option('--port <port>', 'port to listen on; any free one without it', parseCount)
    .option('--open', 'open the default browser')
    .option('--keep', 'stay when the last window is closed')
    .option('--json', 'print { url, port } as JSON; url opens one browser, once')
    .option('--case-dir <dir>', "keep cases here instead of in the application's data folder")
    .option('--formats <dir>', "a folder with formats of one's own (see postrun formats)")
    .action((path: string | undefined, options: ServeCommandOptions) =>
      run(async ({ io, out }) => {
        if (path !== undefined && !existsSync(path)) {
          throw new PostrunError('user', 'not_found', 'There is no such file or folder. Check the path.', {
            where: resolve(path),
          });
        }
        await serveUntilStopped({ io, out }, { ...options, path });
        return exitStatus.done;
      }),
    );
}

/**
 * Serves the app on this machine until Ctrl-C. `place` is the part of the app that the address
 * opens.
 */
export async function serveUntilStopped(
  { io, out }: { io: Io; out: Output },
  options: ServeCommandOptions & { path: string | undefined; place?: string },
): Promise<void> {
  const { path, place = '' } = options;
  const { serve } = await import('../../serve/serve.ts');
  const dataDir = dataDirOf(options);
  const server = await serve({
    path: path === undefined ? undefined : resolve(path),
    port: options.port,
    dataDir,
    idleMs: options.keep ? null : idleMs,
    startEngine: () => io.startEngine(dataDir, formatFolders(options)),
  });
  const { port } = server;
  const newAddress = () => server.newAddress() + place;
  const printed = newAddress();
  await out.write(options.json ? `${JSON.stringify({ url: printed, port })}\n` : `${printed}\n`);
  await out.flush();
  const handed = options.open ? await openInBrowser(newAddress()) : null;
  const stopAsking = options.json ? () => {} : printOnEnter(io, newAddress);
  if (!options.json) {
    io.stderr.write('postrun: serving on this machine only; the address opens one browser, once\n');
    io.stderr.write(`postrun: ${io.stdin?.isTTY ? 'Enter prints a new address, ' : ''}Ctrl-C ends it\n`);
  }
  await Promise.race([new Promise<void>((done) => io.onInterrupt(done)), server.idle]);
  stopAsking();
  handed?.remove();
  await server.close();
}

/**
 * Opens the default browser by way of a file, so that the code does not appear in the process list.
 */
async function openInBrowser(address: string) {
  const { openBrowser } = await import('../../serve/open-browser.ts');
  const { handOver } = await import('../../serve/hand-over.ts');
  const handed = handOver(address);
  if (!(await openBrowser(handed.address))) handed.remove();
  return handed;
}

/**
 * On a terminal, prints a fresh address at each Enter: for another browser, or when the first was
 * used up.
 */
function printOnEnter({ stdin, stderr }: Io, newAddress: () => string): () => void {
  if (stdin?.isTTY !== true) return () => {};
  const onData = () => stderr.write(`${newAddress()}\n`);
  stdin.on('data', onData);
  return () => {
    stdin.off('data', onData);
    stdin.pause();
  };
}
