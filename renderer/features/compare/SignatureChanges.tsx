/**
 * Error groups of two runs, matched by signature: those that are new, gone, more or fewer, and on
 * demand those that are as frequent in both. A group of the open run leads to its place in the
 * errors view.
 */
import { useState } from 'react';
import type { Comparison } from '../../../electron/contract/analysis.ts';
import { formatNumber } from '../../base/format.ts';
import { Button } from '../../widgets/Button.tsx';
import { GoTo } from '../../widgets/GoTo.tsx';
import { MaskedText } from '../../widgets/MaskedText.tsx';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { SafeText } from '../../widgets/SafeText.tsx';
import { changeWords, signatureChanges } from './compare-model.ts';

export function SignatureChanges(props: { signatures: Comparison['signatures']; isThisAfter: boolean }) {
  const { signatures, isThisAfter } = props;
  const [hasSame, setHasSame] = useState(false);
  const all = signatureChanges(signatures);
  const changed = all.filter((each) => each.kind !== 'same');
  const same = all.length - changed.length;
  const rows = hasSame ? all : changed;
  return (
    <section className="comparison__part comparison__part--wide" aria-label="Errors">
      <header className="comparison__head">
        <h3>Errors</h3>
        {same > 0 && (
          <Button tone="quiet" isPressed={hasSame} onClick={() => setHasSame(!hasSame)}>
            {`${formatNumber(same)} as often in both`}
          </Button>
        )}
      </header>
      {rows.length === 0 && (
        <p className="soft">
          {all.length === 0 ? 'Neither run has an error.' : 'No error is new, gone, more or fewer.'}
        </p>
      )}
      {rows.length > 0 && (
        <PlainTable noun="error group" nouns="error groups" fileName="error-groups-compared" className="compare-table">
          <thead>
            <tr>
              <th scope="col">Change</th>
              <th scope="col" className="number">
                Before
              </th>
              <th scope="col" className="number">
                After
              </th>
              <th scope="col">Error</th>
              <th scope="col" className="compare-table__rest">
                What it says
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ kind, a, b }) => {
              const shown = b ?? a;
              if (shown === null) return null;
              const here = isThisAfter ? b : a;
              const name = shown.chain.at(-1) ?? 'Error line';
              return (
                <tr key={`${kind} ${shown.id}`}>
                  <td>
                    <span className={`change-tag change-tag--${kind}`}>{changeWords[kind]}</span>
                  </td>
                  <td className="number">{formatNumber(a?.occurrences ?? 0)}</td>
                  <td className="number">{formatNumber(b?.occurrences ?? 0)}</td>
                  <th scope="row">
                    {here === null ? (
                      <SafeText text={name} />
                    ) : (
                      <GoTo to={{ view: 'errors', selection: { error: here.id, detail: 'error' } }}>
                        <SafeText text={name} />
                      </GoTo>
                    )}
                    {shown.role === 'noise' && <span className="faint"> · noise</span>}
                  </th>
                  <td className="compare-table__rest compare-table__text mono ellipsis">
                    <MaskedText template={shown.template} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </PlainTable>
      )}
    </section>
  );
}
