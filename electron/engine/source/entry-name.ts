/**
 * Decodes the names of entries. An archive stores them as bytes and seldom names their encoding.
 * Valid UTF-8 is UTF-8; otherwise the code page is the one that gives plausible results for all
 * names of the archive together.
 */
import { isUtf8 } from 'node:buffer';
import { decodeLegacy } from '../base/legacy-text.ts';

/**
 * Characters 128–255 of code page 437, the default encoding of names in a zip (APPNOTE, appendix
 * D).
 */
const CP437 =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

/** An encoding of names other than UTF-8: its name for people, and its label for decoding. */
interface CodePage {
  name: string;
  label: string;
  /** The non-ASCII characters of typical names. */
  letters: RegExp;
}

/** The stricter ones first: nearly any two bytes form a character of GBK. */
const CODE_PAGES: readonly CodePage[] = [
  { name: 'CP949 (Korean)', label: 'euc-kr', letters: /[\uac00-\ud7a3]/gu },
  { name: 'CP932 (Japanese)', label: 'shift_jis', letters: /[\u3040-\u30ff\u4e00-\u9fa0]/gu },
  { name: 'GBK (Chinese)', label: 'gbk', letters: /[\u4e00-\u9fa0]/gu },
];
/** Minimum share of letters of the code page's language among the non-ASCII characters. */
const MIN_SHARE = 0.7;
/**
 * A single such character within a word of Latin letters is more likely two accented letters
 * (`Größe`).
 */
const LONELY = /(?<=[A-Za-z])[^\0-\x7f](?=[A-Za-z])/gu;

export interface NameDecoder {
  /** The encoding that was assumed; null if all names are UTF-8. */
  assumed: string | null;
  decode(name: Buffer): string;
}

/** Returns a decoder for the names of one archive. `names` are those not known to be UTF-8. */
export function nameDecoder(names: Iterable<Buffer>): NameDecoder {
  const odd: Buffer[] = [];
  for (const name of names) if (!isUtf8(name)) odd.push(name);
  if (odd.length === 0) return { assumed: null, decode: (name) => name.toString('utf8') };
  const page = likelyCodePage(odd);
  if (page === null)
    return { assumed: 'CP437', decode: (name) => (isUtf8(name) ? name.toString('utf8') : cp437(name)) };
  return {
    assumed: page.name,
    decode: (name) => (isUtf8(name) ? name.toString('utf8') : (decodeLegacy(page.label, name) ?? '')),
  };
}

function likelyCodePage(names: Buffer[]): CodePage | null {
  const all = Buffer.concat(names.flatMap((name) => [name, Buffer.from('/')]));
  for (const page of CODE_PAGES) {
    const text = decodeLegacy(page.label, all, true);
    if (text === null) continue;
    const beyond = text.match(/[^\0-\x7f]/gu)?.length ?? 0;
    const letters = (text.match(page.letters)?.length ?? 0) - (text.match(LONELY)?.length ?? 0);
    const share = letters / Math.max(1, beyond);
    if (share >= MIN_SHARE) return page;
  }
  return null;
}

function cp437(name: Buffer): string {
  let text = '';
  for (const byte of name) text += byte < 128 ? String.fromCharCode(byte) : CP437[byte - 128];
  return text;
}
