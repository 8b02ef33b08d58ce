/** The table of phases lists when each began, how long it took, and the line that tells. */
import type { LifePhase } from '../../../electron/contract/analysis.ts';
import { PlainTable } from '../../widgets/PlainTable.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Evidence } from './Evidence.tsx';
import { phaseDuration, phaseWords } from './findings-model.ts';

export function PhaseTable({ phases }: { phases: readonly LifePhase[] }) {
  return (
    <PlainTable noun="phase" nouns="phases" fileName="phases" className="figures">
      <caption className="hidden-label">Phases</caption>
      <thead>
        <tr>
          <th scope="col">Phase</th>
          <th scope="col" className="number">
            From
          </th>
          <th scope="col" className="number">
            Took
          </th>
          <th scope="col" className="figures__rest">
            Evidence
          </th>
        </tr>
      </thead>
      <tbody>
        {phases.map((phase) => (
          <tr key={phase.phase}>
            <th scope="row">{phaseWords[phase.phase]}</th>
            <td className="number">
              <TimeText us={phase.fromUs} />
            </td>
            <td className="number">{phaseDuration(phase)}</td>
            <td className="figures__rest figures__link">
              <Evidence refs={phase.evidence.slice(0, 1)} />
            </td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
