/** The keyboard help lists all keys of the window in groups, from the table of keys. */
import { formatChord } from '../base/chords.ts';
import { chordsHere, type KeyRow, keyRows } from '../state/keys.ts';
import { useShell } from '../state/StoresContext.tsx';
import { Dialog } from './Dialog.tsx';

const groups: readonly KeyRow['group'][] = ['Go', 'Find', 'Lines', 'Time', 'Lists', 'Window'];

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const { isMac } = useShell();
  return (
    <Dialog title="Keys" isWide onClose={onClose}>
      <div className="keys">
        {groups.map((group) => (
          <section key={group} className="keys__group">
            <h3>{group}</h3>
            <dl>
              {keyRows
                .filter((row) => row.group === group && row.chords.length > 0)
                .map((row) => (
                  <div key={row.id} className="keys__row">
                    <dt>{row.title}</dt>
                    <dd>
                      {chordsHere(row, isMac).map((chord) => (
                        <kbd key={chord} className="key">
                          {formatChord(chord, isMac)}
                        </kbd>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
