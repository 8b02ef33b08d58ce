/**
 * One error group in full: its message, why these lines are one group, its fingerprint and the
 * known issues that match it. An example, the distributions and all lines follow in components of
 * their own.
 */
import { Copy, Search } from 'lucide-react';
import type { RuleHit, Signature } from '../../../electron/contract/analysis.ts';
import { useNavigation, useStores } from '../../state/StoresContext.tsx';
import { Button } from '../../widgets/Button.tsx';
import { IconButton } from '../../widgets/IconButton.tsx';
import { MaskedText } from '../../widgets/MaskedText.tsx';
import { literalOf } from '../../widgets/masked-text.ts';
import { writeClipboard } from '../../widgets/row-listing.ts';
import { SafeText } from '../../widgets/SafeText.tsx';
import { TimeText } from '../../widgets/TimeText.tsx';
import { Distributions } from './Distributions.tsx';
import { Example } from './Example.tsx';
import { countWords, hitsOf, roleWords, whyGrouped } from './error-model.ts';
import { GroupLines } from './GroupLines.tsx';
import { KnownIssue } from './KnownIssue.tsx';
import { useFirstLines } from './use-moments.ts';

const LOOKED_AT = 400;

export function SignatureDetail({ signature, rules }: { signature: Signature; rules: readonly RuleHit[] }) {
  const navigation = useNavigation();
  const stores = useStores();
  const rows = useFirstLines(signature, LOOKED_AT);
  const literal = literalOf(signature.template);
  const role = roleWords[signature.role];
  const hits = hitsOf(rules, rows);
  const copyId = () => writeClipboard(stores, signature.id, `Copied ${signature.id}`);
  return (
    <article className="signature-detail" aria-label="The group">
      <header className="signature-detail__head">
        <div className="signature-detail__what">
          <h3 className="signature-detail__chain">
            {signature.chain.length === 0 ? 'Lines of one kind' : <SafeText text={signature.chain.join(' → ')} />}
            {role !== null && <span className={`role-tag role-tag--${signature.role}`}>{role}</span>}
          </h3>
          <p className="signature-detail__template mono">
            <MaskedText template={signature.template} />
          </p>
        </div>
        <Button
          icon={<Search size={14} />}
          disabled={literal === null}
          title={literal === null ? 'Nothing in the message stays the same' : undefined}
          onClick={() => navigation.navigate({ view: 'logs', filter: { mode: 'fixed', query: literal ?? '' } })}
        >
          Search these lines
        </Button>
      </header>
      <p>
        {countWords(signature)}; <TimeText us={signature.firstUs} /> – <TimeText us={signature.lastUs} />.{' '}
        <span className="soft">{whyGrouped(signature)}</span>
        {signature.roleReason !== null && (
          <>
            {' '}
            <SafeText text={signature.roleReason} />
          </>
        )}
      </p>
      <p className="signature-detail__id">
        <span className="soft">Fingerprint:</span> <code className="mono">{signature.id}</code>
        <IconButton label="Copy the id" icon={<Copy size={13} />} onClick={copyId} />
        {signature.frames.length > 0 && (
          <span className="mono soft ellipsis">
            <SafeText text={signature.frames.join(' › ')} />
          </span>
        )}
      </p>
      {hits.map((hit) => (
        <KnownIssue key={hit.rule} hit={hit} />
      ))}
      <Example signature={signature} />
      <Distributions signature={signature} />
      <GroupLines signature={signature} />
    </article>
  );
}
