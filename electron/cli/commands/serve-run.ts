import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { PostrunError } from '../../contract/errors.ts';
import { parseCount } from '../case-options.ts';
import { exitStatus, type Io } from '../io.ts';
import type { Output } from '../output.ts';
import type { RunCommand } from '../run-command.ts';
import { dataDirOf, formatFolders } from '../session.ts';

interface ServeCommandOptions {
  port?: number;
  open?: boolean;
  json?: boolean;
  caseDir?: string;
  formats?: string;
}

/** `serve`: the app in the browser. */
export function addServeCommand(program: Command, run: RunCommand): void {
  program
    .command('serve')
    .argument('[path]', 'a folder, a .zip or a case; without it the page asks')
    .description('show the app in a browser on this machine (127.0.0.1 only) until Ctrl-C')
    .option('--port <port>', 'port to listen on; any free one without it', parseCount)
    .option('--open', 'open the default browser')
    .option('--json', 'print { url, port } as JSON')
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

/** Serve the app on this machine until Ctrl-C; `place` is where in it the address leads. */
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
    startEngine: () => io.startEngine(dataDir, formatFolders(options)),
  });
  const { port } = server;
  const url = server.url + place;
  await out.write(options.json ? `${JSON.stringify({ url, port })}\n` : `${url}\n`);
  await out.flush();
  if (!options.json) io.stderr.write('postrun: serving on this machine only; Ctrl-C ends it\n');
  if (options.open) {
    const { openBrowser } = await import('../../serve/open-browser.ts');
    await openBrowser(url);
  }
  await new Promise<void>((done) => io.onInterrupt(done));
  await server.close();
}
