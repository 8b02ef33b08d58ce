/**
 * Renders a hook in a component of its own, with the stores of a window whose engine the test
 * plays and whose time it moves. React's strict mode is on, as it is in development.
 */
import { act, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { vi } from 'vitest';
import type { IndexProgress } from '../../../electron/contract/case-records.ts';
import type { Shell } from '../../client/shell.ts';
import { StoresProvider } from '../StoresContext.tsx';
import { createStores, type Stores } from '../stores.ts';
import { FakeEngine } from './fake-engine.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

const nothing = () => () => {};

const shell: Shell = {
  ...{ kind: 'test', isMac: false, initialPath: null, pickPath: null, savePath: null, download: null },
  ...{ reveal: null, pathOfFile: null, onOpenPath: nothing, onMenu: nothing, onNotice: nothing },
  ...{ onSearchFor: nothing, sourceChanged: () => {}, themeChanged: () => {}, showLog: null },
};

const progress: IndexProgress = {
  ...{ caseId: 'case', phase: 'complete', bytesDone: 1, bytesTotal: 1, filesDone: 1, filesTotal: 1 },
  ...{ bytesPerSecond: 0, secondsLeft: null, reused: true, isRefresh: false, message: null },
};

export interface RenderedHook<Input, View> {
  engine: FakeEngine;
  stores: Stores;
  /** What the hook returned last. */
  view: () => View;
  /** Renders with other input. */
  render: (input: Input) => Promise<void>;
  /** Does something, lets `milliseconds` pass, and draws what follows from it. */
  after: (step: () => void, milliseconds?: number) => Promise<void>;
  unmount: () => Promise<void>;
}

/**
 * Renders `useIt(input)` in a window with an indexed case of the id `case`. Time stands still but
 * for what `after` lets pass.
 */
export async function renderHook<Input, View>(
  useIt: (input: Input) => View,
  input: NoInfer<Input>,
): Promise<RenderedHook<Input, View>> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  const engine = new FakeEngine();
  const stores = createStores(engine.client, shell, window, null);
  stores.case.setState({ phase: 'open', caseId: 'case', progress });
  const views: View[] = [];
  const Asking = ({ asked }: { asked: Input }) => {
    views.push(useIt(asked));
    return null;
  };
  const root = createRoot(document.createElement('div'));
  const after = async (step: () => void, milliseconds = 1) => {
    // Effects run when the first of these ends; timers and answers come in the second.
    await act(async () => step());
    await act(async () => {
      await vi.advanceTimersByTimeAsync(milliseconds);
    });
  };
  const render = (asked: Input) =>
    after(() => {
      root.render(
        <StrictMode>
          <StoresProvider stores={stores}>
            <Asking asked={asked} />
          </StoresProvider>
        </StrictMode>,
      );
    });
  await render(input);
  return {
    engine,
    stores,
    view: () => {
      const view = views.at(-1);
      if (view === undefined) throw new Error('The hook has not been rendered.');
      return view;
    },
    render,
    after,
    unmount: () => after(() => root.unmount()),
  };
}
