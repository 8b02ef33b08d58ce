/**
 * Figures of two runs: the durations, throughput and counts that the engine compares, with the
 * value before, the value after and the change. A figure that neither run has gets no row.
 */
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { Change } from './Change.tsx';
import { type Figure, figureText } from './compare-model.ts';

export function FiguresTable({ figures }: { figures: readonly Figure[] }) {
  return (
    <section className="comparison__part" aria-label="Figures">
      <h3>Figures</h3>
      <PlainTable noun="figure" nouns="figures" fileName="figures-compared" className="compare-table">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col" className="number">
              Before
            </th>
            <th scope="col" className="number">
              After
            </th>
            <th scope="col" className="number compare-table__rest">
              Change
            </th>
          </tr>
        </thead>
        <tbody>
          {figures
            .filter((each) => each.a !== null || each.b !== null)
            .map((each) => (
              <tr key={each.name} className={each.a === each.b ? 'is-same' : undefined}>
                <th scope="row">{each.name}</th>
                <td className="number">{figureText(each, each.a)}</td>
                <td className="number">{figureText(each, each.b)}</td>
                <td className="number compare-table__rest">
                  <Change a={each.a} b={each.b} better={each.better} />
                </td>
              </tr>
            ))}
        </tbody>
      </PlainTable>
    </section>
  );
}
