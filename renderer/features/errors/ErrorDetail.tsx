/**
 * The drawer's panel for the selected error group. It finds the group among those that the filter
 * leaves; `SignatureDetail` shows it.
 */
import type { RuleHit } from '../../../electron/contract/analysis.ts';
import { useCase, useFilter, useSelection } from '../../state/StoresContext.tsx';
import { useCommand } from '../../state/use-command.ts';
import { useSignatures } from '../../state/use-signatures.ts';
import { EmptyState } from '../../widgets/EmptyState.tsx';
import { ErrorBox } from '../../widgets/ErrorBox.tsx';
import { SignatureDetail } from './SignatureDetail.tsx';
import './errors.css';

const none: readonly RuleHit[] = [];

export function ErrorDetail() {
  const caseId = useCase((state) => state.caseId);
  const filter = useFilter((state) => state.filter);
  const selected = useSelection((state) => state.error);
  const { data, error } = useSignatures(filter);
  const { data: rules = none } = useCommand('analysis.rules', caseId === null ? null : { caseId });
  if (error !== null) return <ErrorBox error={error} />;
  if (data === undefined) return null;
  const signature = data.find((each) => each.id === selected);
  if (signature === undefined)
    return <EmptyState title="No error is selected, or the filter leaves none of it." isFiltered />;
  return <SignatureDetail signature={signature} rules={rules} />;
}
