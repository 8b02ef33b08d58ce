/**
 * Settings that differ between two runs, with the value in each. A setting with the same value in
 * both gets no row.
 */
import type { Comparison } from '../../../electron/contract/analysis.ts';
import { distinctSettings } from '../../base/distinct-settings.ts';
import { safeText } from '../../base/safe-text.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';

export function SettingsTable({ settings }: { settings: Comparison['settings'] }) {
  const cell = (value: string | null) =>
    value === null ? <span className="faint">not in the logs</span> : <SafeText text={value} />;
  return (
    <section className="comparison__part" aria-label="Settings">
      <h3>Settings that differ</h3>
      {settings.length === 0 ? (
        <p className="soft">None: all settings that the logs tell are the same.</p>
      ) : (
        <PlainTable
          noun="setting"
          nouns="settings"
          fileName="settings-compared"
          className="compare-table compare-table--fixed"
        >
          <thead>
            <tr>
              <th scope="col">Setting</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {distinctSettings(settings, ({ name, a, b }) => [name, a, b]).map((each) => (
              <tr key={each.name}>
                <th scope="row" className="ellipsis" title={safeText(each.name)}>
                  <SafeText text={each.name} />
                </th>
                <td className="ellipsis" title={safeText(each.a ?? '')}>
                  {cell(each.a)}
                </td>
                <td className="ellipsis" title={safeText(each.b ?? '')}>
                  {cell(each.b)}
                </td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
    </section>
  );
}
