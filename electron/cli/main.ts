/** The entry of the command line. */
import { readFileSync } from 'node:fs';
import { startEngineHost } from '../host/engine-host.ts';
import type { Io } from './io.ts';
import { runCli } from './program.ts';

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

const io: Io = {
  stdout: process.stdout,
  stderr: process.stderr,
  stdin: process.stdin,
  env: process.env,
  startEngine: (dataDir, formats) => startEngineHost({ dataDir, formats }),
  onInterrupt(listener) {
    let isAsked = false;
    const onSignal = () => {
      // Somebody who asks twice does not want to wait.
      if (isAsked) process.exit(130);
      isAsked = true;
      listener();
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    };
  },
};

process.exitCode = await runCli(process.argv.slice(2), io, version);
