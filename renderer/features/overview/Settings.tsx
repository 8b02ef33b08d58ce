/** The settings of the run as its logs give them, each listed once. */
import type { RunInfo } from '../../../electron/contract/run-info.ts';
import { distinctSettings } from '../../base/distinct-settings.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Value } from '../../widgets/Value.tsx';

export function Settings({ settings }: { settings: RunInfo['settings'] }) {
  const rows = distinctSettings(Object.entries(settings), (setting) => setting);
  if (rows.length === 0) return null;
  return (
    <section className="overview__part" aria-label="Settings of the run">
      <h3>Settings</h3>
      <dl className="settings">
        {rows.map(([name, value]) => (
          <div key={name} className="settings__row">
            <dt className="soft" title={name}>
              <SafeText text={name} />
            </dt>
            <dd title={value}>
              <Value value={{ of: 'text', text: value }} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
