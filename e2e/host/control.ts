/**
 * Control of the main process by a spec: runs a function there with the host's `electron`, as
 * Playwright does with the real one.
 */
import { app } from './app.ts';

export type ControlRequest = { id: number; source: string; argument: unknown };
export type ControlMessage =
  | { type: 'ready'; endpoint: string }
  | { type: 'value'; id: number; value: unknown }
  | { type: 'error'; id: number; message: string };

/** Listens to the process that started this one, if it has a channel. */
export function controlBy(electron: object): void {
  if (process.send === undefined) return;
  app.once('ready', () => tell({ type: 'ready', endpoint: app.browser?.endpoint ?? '' }));
  process.on('message', async ({ id, source, argument }: ControlRequest) => {
    try {
      // The text of a function from the spec itself.
      const run: (electron: object, argument: unknown) => unknown = new Function(`return (${source})`)();
      tell({ type: 'value', id, value: await run(electron, argument) });
    } catch (error) {
      tell({ type: 'error', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  });
  process.on('disconnect', () => app.exit(1));
}

function tell(message: ControlMessage): void {
  if (process.connected) process.send?.(message);
}
