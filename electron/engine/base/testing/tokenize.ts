/** Finds tokens in the plain way, written independently of the kernel: the oracle of its tests. */
import { TOKEN_MAX } from '../kernel-numbers.ts';
import { BYTE_CLASS, foldCodePoint, keyOfCharacter, keyOfRun } from '../tokens.ts';

export interface Tokens {
  /** Keys in text order, with repetitions. */
  keys: number[];
  /** Lower-case text of the ASCII runs among them, '' for a character beyond ASCII. */
  texts: string[];
  isLong: boolean;
}

/** Returns the tokens of a text; damaged UTF-8 gives none. */
export function tokenize(bytes: Uint8Array): Tokens {
  const tokens: Tokens = { keys: [], texts: [], isLong: false };
  let run = '';
  const endRun = () => {
    if (run.length > TOKEN_MAX) tokens.isLong = true;
    for (let at = 0; at < run.length; at += TOKEN_MAX) {
      const text = run.slice(at, at + TOKEN_MAX);
      tokens.keys.push(keyOfRun(text));
      tokens.texts.push(text.toLowerCase());
    }
    run = '';
  };
  for (const character of new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)) {
    const letter = foldCodePoint(character.codePointAt(0) ?? 0);
    if (letter < 128) {
      if (BYTE_CLASS[letter] === 1) run += String.fromCharCode(letter);
      else endRun();
      continue;
    }
    endRun();
    if (letter === 0xfffd) continue;
    tokens.keys.push(keyOfCharacter(letter));
    tokens.texts.push('');
  }
  endRun();
  return tokens;
}
