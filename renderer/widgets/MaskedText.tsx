/** Masked text is the template of a message, with its variable parts set apart. */
import { templateParts } from './masked-text.ts';
import { SafeText } from './SafeText.tsx';
import './masked-text.css';

export function MaskedText({ template }: { template: string }) {
  return templateParts(template).map((part, index) =>
    part.isMasked ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other key and never move
      <span key={index} className="masked">
        {part.text === '*' ? '…' : part.text}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      <SafeText key={index} text={part.text} />
    ),
  );
}
