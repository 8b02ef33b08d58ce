/** The options of the text say what of a line is drawn besides its words. */
import { useLogs, useLogsStore } from '../model/LogsContext.tsx';

export function TextOptions() {
  const store = useLogsStore();
  const showsCodes = useLogs((state) => state.showsCodes);
  const showsPrefix = useLogs((state) => state.showsPrefix);
  return (
    <>
      <label className="logs-panel__note logs-panel__check">
        <input
          type="checkbox"
          checked={showsCodes}
          onChange={(event) => store.getState().set({ showsCodes: event.target.checked })}
        />
        Show the escape codes of terminal colours
      </label>
      <label className="logs-panel__note logs-panel__check">
        <input
          type="checkbox"
          checked={showsPrefix}
          onChange={(event) => store.getState().set({ showsPrefix: event.target.checked })}
        />
        Show the prefix of lines also where columns say it
      </label>
    </>
  );
}
