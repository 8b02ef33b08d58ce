/**
 * How each number of the run was counted, with the command line that prints the same number or the
 * log line that states it.
 */

import { Copy } from 'lucide-react';
import { memo } from 'react';
import type { Counted } from '../../../electron/contract/analysis.ts';
import { formatNumber } from '../../base/format.ts';
import { useCase, useFilter, useStores } from '../../state/StoresContext.tsx';
import { cliLine } from '../../widgets/cli-line.ts';
import { IconButton } from '../../widgets/IconButton.tsx';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { writeClipboard } from '../../widgets/row-listing.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { Evidence } from './Evidence.tsx';
import { Section, type SectionProps } from './Section.tsx';

export const CountedPart = memo(function CountedPart({
  data,
  error,
}: {
  data: readonly Counted[] | undefined;
  error: SectionProps['error'];
}) {
  const path = useCase((state) => state.path) ?? 'PATH';
  const filter = useFilter((state) => state.filter);
  const stores = useStores();
  const copy = (text: string) => writeClipboard(stores, text, 'Copied the command line');
  return (
    <Section id="counted" title="How the numbers were counted" isWide error={error} summary="of the whole run">
      {data !== undefined && (
        <div>
          <PlainTable noun="number" nouns="numbers" fileName="how-counted" className="figures counted">
            <thead>
              <tr>
                <th scope="col">Number</th>
                <th scope="col" className="number">
                  Value
                </th>
                <th scope="col">What was counted</th>
                <th scope="col" className="figures__rest">
                  The same on a terminal, or the line that says so
                </th>
              </tr>
            </thead>
            <tbody>
              {data.map((each) => {
                const line = cliLine(each.cli, path, filter);
                return (
                  <tr key={each.label}>
                    <th scope="row">{each.label}</th>
                    <td className="number">{formatNumber(each.value)}</td>
                    <td className="soft counted__how">{each.how}</td>
                    <td className="figures__rest figures__link">
                      <span className="counted__cli">
                        <code className="mono ellipsis" title={each.sql === null ? line : `${line}\n${each.sql}`}>
                          <SafeText text={line} />
                        </code>
                        <IconButton
                          label={`Copy the command line of ${each.label}`}
                          icon={<Copy size={12} />}
                          onClick={() => copy(line)}
                        />
                      </span>
                      <Evidence refs={each.evidence} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </PlainTable>
        </div>
      )}
    </Section>
  );
});
