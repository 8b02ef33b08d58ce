/**
 * Finds credentials: shapes that give themselves away (`AccountKey=…`, `ghp_…`, `Bearer …`, a
 * private key), and values that their name gives away (named-secrets.ts). A shape is tried only if
 * its hint occurs, so that whole files can be searched.
 */
import { findNamedSecrets, PLACEHOLDER } from './named-secrets.ts';

interface Shape {
  /** Name for people. */
  what: string;
  hint: RegExp;
  /** The first group that matched is the value to hide; the text around it stays. */
  pattern: RegExp;
  /** Rejects near-misses that a pattern cannot: false keeps the value. */
  accepts?: (value: string, before: string) => boolean;
}

export interface FoundSecret {
  what: string;
  start: number;
  end: number;
}

/**
 * Between a name and its value: `=`, `: `, `": "`, `', '`, ` => `, `%3D`, and their forms in JSON
 * within JSON.
 */
const BETWEEN = String.raw`\\?["']?\s{0,4}(?:=>|=|:|,|%3[dD]|%3[aA])\s{0,4}\\?["']?`;

const shape = (what: string, hint: RegExp, pattern: string, flags = 'g', accepts?: Shape['accepts']): Shape => ({
  what,
  hint,
  pattern: new RegExp(pattern, `${flags}d`),
  ...(accepts === undefined ? {} : { accepts }),
});

const isHex = (value: string) => /^[0-9a-f-]+$/i.test(value);
const hasDigit = (value: string) => /\d/.test(value);

/**
 * Decides whether a value is a signature. In the query of an address even a short one counts;
 * elsewhere `sig=11` is a signal.
 */
function isSignature(value: string, before: string): boolean {
  if (/(?:[?&]|%(?:25)?(?:26|3f)|u0026|x26|amp;)sig(?:nature)?(?:=|%(?:25)?3d)$/i.test(before)) {
    return !/^(?:\d{1,3}|[A-Z]{3,10}|x+)$/.test(value);
  }
  return value.length >= 10 && (hasDigit(value) || value.length >= 16) && !/^[A-Z]+$/.test(value);
}

const shapes: readonly Shape[] = [
  shape(
    'private key',
    /PRIVATE KEY|^[A-Za-z0-9+/]{64}\s*$/m,
    String.raw`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?<v>[\s\S]{1,16000}?)(?:-----END|$(?![\s\S]))|(?<=^|\n)(?<w>(?:[A-Za-z0-9+/]{64}\r?\n)+[A-Za-z0-9+/]{1,64}={0,2})(?=\s*-----END [A-Z0-9 ]*PRIVATE KEY)`,
  ),
  // PuTTY's format: the lines of the key are base64 without delimiters.
  shape(
    'private key',
    /Private-Lines/,
    String.raw`Private-Lines: \d{1,3}\r?\n(?<v>(?:[A-Za-z0-9+/]{1,64}={0,2}(?:\r?\n|$))+)`,
  ),
  // A line of a key whose beginning is not in the quoted text.
  shape(
    'private key',
    /[A-Za-z0-9+/]{64}/,
    String.raw`(?<=^|\n)(?<v>[A-Za-z0-9+/]{64})(?=\r?\n|$)`,
    'g',
    (value) => !isHex(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && hasDigit(value),
  ),
  shape(
    'SAS signature',
    /sig/i,
    String.raw`(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2}|%2526|\\u0026|\\x26))sig(?:nature)?(?:=|%(?:25)?3[dD])(?<v>(?:[A-Za-z0-9+/_-]|%(?!26|2526)[0-9A-Fa-f]{2})+={0,2}(?:(?<=[^=&?\s]{10})\\?\r?\n[ \t]{1,40}(?=[^\s&\d]{0,80}\d)(?:[A-Za-z0-9+/_-]|%(?!26|2526)[0-9A-Fa-f]{2}){8,}={0,2}(?=[&\s"']|$))?)`,
    'gi',
    isSignature,
  ),
  shape(
    'signature in a URL',
    /X-(?:Amz|Goog)-/i,
    String.raw`X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)(?:=|%3[dD])(?<v>[^&\s"'<>\\]{8,})`,
    'gi',
  ),
  shape(
    'password in a URL',
    /:\/\/[^\s/]*@/,
    String.raw`[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s:@/"'<>]*:(?<v>[^\s@/"'<>]+)@`,
  ),
  shape('token in a URL', /:\/\/[^\s/]*@/, 'https?://(?<v>[A-Za-z0-9_.~-]{20,})@', 'g', hasDigit),
  shape(
    'key in a URL',
    /[?&](?:code|key|api|access|token|subscription)/i,
    '[?&](?:code|key|api[_-]?key|access_token|token|subscription-key)=(?<v>(?:[A-Za-z0-9+/_.~=-]|%[0-9A-Fa-f]{2}){16,})',
    'gi',
    hasDigit,
  ),
  shape(
    'connection string',
    /SharedSecretValue|SharedAccessSignature|InstrumentationKey/i,
    String.raw`(?:SharedSecretValue|SharedAccessSignature|InstrumentationKey)\s*=\s*(?<v>[^;\s"'\\,]{3,})`,
    'gi',
    (value) => !PLACEHOLDER.test(value),
  ),
  shape('account key', /==/, String.raw`(?<![A-Za-z0-9+/=]|sha\d{3}-)(?<v>[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])`),
  shape('account key', /JQQJ99/, '(?<![A-Za-z0-9])(?<v>[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26})(?![A-Za-z0-9])'),
  shape('JWT', /eyJ/, String.raw`(?<![A-Za-z0-9_-])(?<v>eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*)`),
  shape(
    'bearer token',
    /bearer/i,
    String.raw`\bBearer(?:\s|%20|\+)+(?<v>[A-Za-z0-9._~+/-]{16,}=*)`,
    'gi',
    (value) => hasDigit(value) || value.length >= 32,
  ),
  shape(
    'authorization header',
    /authorization/i,
    String.raw`\bAuthorization${BETWEEN}(?:Basic|Token|ApiKey|Negotiate|Digest|SharedKey(?:Lite)?|AWS4-HMAC-SHA256)\s+(?<v>[^\s"'\\,]{6,})`,
    'gi',
  ),
  shape(
    'authorization header',
    /authorization/i,
    String.raw`\bAuthorization${BETWEEN}(?<v>[A-Za-z0-9+/_.~-]{20,}={0,2})`,
    'gi',
    hasDigit,
  ),
  shape(
    'cookie',
    /cookie/i,
    String.raw`\b(?:Set-)?Cookie${BETWEEN}(?<v>[^=\s;"']+=[^\s"'\\]{8,}(?:; ?[^=\s;"']+=[^\s"';\\]+)*)`,
    'gi',
  ),
  shape(
    'key of a service',
    /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AIza|hf_|sk-|dapi|npm_|pypi-|[rs]k_(?:live|test)_|SG\.|Q~|hooks\.slack|whsec_|shpat_|do[opr]_v1_|dckr_pat_|eyJ|AccountKey|wandb/,
    String.raw`(?<![A-Za-z0-9_-])(?<v>(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}|xox[abeprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35}|hf_[A-Za-z0-9]{30,}|sk-(?:[a-z]{2,8}-)*[A-Za-z0-9_-]{20,}|dapi[0-9a-f]{32}(?:-\d)?|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{40,}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9]{20,}|shpat_[0-9a-f]{32}|do[opr]_v1_[0-9a-f]{64}|dckr_pat_[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9])`,
    'g',
    (value) => !value.startsWith('sk-') || hasDigit(value),
  ),
  // Their beginnings are recognisable even within a name, such as a file's.
  shape(
    'key of a service',
    /[_-](?:gh[pousr]_|github_pat_|hf_|glpat-|AKIA)|hv[sb]\./,
    String.raw`(?<=[_-])(?<v>gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|hf_[A-Za-z0-9]{30,}|glpat-[A-Za-z0-9_-]{20,}|AKIA[A-Z0-9]{16})|(?<![A-Za-z0-9])(?<w>hv[sb]\.[A-Za-z0-9_-]{20,})`,
  ),
  shape(
    'webhook',
    /hooks\.slack|webhook/i,
    String.raw`hooks\.slack\.com/services/(?<v>[A-Za-z0-9/]{20,})|webhook\.office\.com/(?<w>[^\s"'<>]{20,})`,
    'gi',
  ),
  shape(
    'key of a service',
    /AZDO|AGE-SECRET|:AA|key-|oy2|sq0|EAA|pul-|tskey|sntrys|lin_api|figd_|ATATT|glsa_|r8_|gsk_|pcsk_|ghs_|sk_/,
    '(?<![A-Za-z0-9_-])(?<v>[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}|AGE-SECRET-KEY-1[A-Z0-9]{50,}|key-[0-9a-f]{32}|oy2[a-z0-9]{43}|sq0[a-z]{3}-[A-Za-z0-9_-]{22,}|EAA[A-Za-z0-9]{60,}|pul-[0-9a-f]{40}|tskey-[a-z]+-[A-Za-z0-9-]{16,}|sntrys_[A-Za-z0-9_+/=]{40,}|lin_api_[A-Za-z0-9]{32,}|figd_[A-Za-z0-9_-]{32,}|ATATT[A-Za-z0-9_=-]{40,}|glsa_[A-Za-z0-9_]{32,}|r8_[A-Za-z0-9]{32,}|gsk_[A-Za-z0-9]{32,}|pcsk_[A-Za-z0-9_]{32,}|sk_[A-Za-z0-9]{32,})(?![A-Za-z0-9])',
  ),
  shape('key of a service', /:AA/, String.raw`(?<!\d)(?<v>\d{8,10}:AA[A-Za-z0-9_-]{33})(?![A-Za-z0-9])`),
  // Azure DevOps: 52 letters and digits of base32, which no hash resembles.
  shape(
    'personal access token',
    /[a-z2-7]{52}/,
    '(?<![A-Za-z0-9])(?<v>[a-z2-7]{52})(?![A-Za-z0-9])',
    'g',
    (value) => /[g-z]/.test(value) && (value.match(/[2-7]/g) ?? []).length >= 4,
  ),
  shape(
    'Fernet key',
    /=/,
    String.raw`(?<![A-Za-z0-9_/+=-]|sha\d{3}[-:])(?<v>[A-Za-z0-9_-]{43}=)(?![A-Za-z0-9=])`,
    'g',
    (value) => /[a-z]/.test(value) && /[A-Z]/.test(value) && hasDigit(value),
  ),
  shape(
    'user and password',
    /curl|wget|http|-u|--user/,
    String.raw`(?:\s|^|["'])(?:-u(?:\s+|=|["'],\s*)?|--(?:proxy-)?user(?:\s+|=|["'],\s*))["']?[^\s:"']{1,100}:(?<v>(?<=["'][^\s:"']{1,100}:)[^"'\n]+|[^\s"']+)`,
    'g',
    (value) => !PLACEHOLDER.test(value) && !/^\d{1,5}(?::\d{1,5})?$/.test(value),
  ),
  shape(
    'user and password',
    /auth/i,
    String.raw`(?:Basic_?Auth|\bauth["']?\s*[=:])\s*\w{0,30}[([]\s*[rbu]?["'][^"'\n]{0,100}["']\s*,\s*[rbu]?(?:"(?<v>[^"\n]+)"|'(?<w>[^'\n]+)')`,
    'gi',
  ),
  shape('user and password', /"auth"/, String.raw`"auth"\s*:\s*"(?<v>[A-Za-z0-9+/]{8,}={0,2})"`),
  shape(
    'password',
    /login|identified|sshpass|mysql|requirepass|user\s|PASSWORD/i,
    String.raw`\blogin\s+\S+\s+password\s+(?<v>\S+)|\bidentified\s+by\s+(?:"(?<w>[^"\n]+)"|'(?<x>[^'\n]+)')|\bsshpass\s+-p\s*["']?(?<y>[^\s"']+)|\bmysql\w*\s[^\n]{0,80}?-p(?<z>[^\s"']+)|\brequirepass\s+(?<q>\S+)`,
    'gi',
  ),
];

/** Commands and calls that take a secret by position, not by name. */
const CALLS: readonly Shape[] = [
  shape(
    'password of a command',
    /login|sqlcmd|bcp|unzip|7z/,
    String.raw`\b(?:az|docker|podman|nerdctl|helm|oc)\s+(?:\S+\s+){0,2}?login\b[^\n]{0,160}?\s-p\s+["']?(?<v>[^\s"']+)|\b(?:sqlcmd|bcp|isql|unzip)\s[^\n]{0,160}?\s?-P\s*["']?(?<w>[^\s"']+)|\b7z[a-z]?\s[^\n]{0,160}?\s-p(?<x>[^\s"']+)`,
    'g',
    (value) => !PLACEHOLDER.test(value),
  ),
  shape(
    'password of a command',
    /\|\s*(?:sudo|kinit|docker|podman|az|passwd|chpasswd)\b/,
    String.raw`\becho\s+(?:-\w+\s+)?["']?(?<v>[^\s"'|]+)["']?\s*\|\s*(?:sudo\s+-S|kinit|(?:docker|podman|az)\b[^\n|]{0,60}login|passwd|chpasswd)`,
    'g',
    (value) => !PLACEHOLDER.test(value),
  ),
  shape('key of a service', /wandb\s+login/, String.raw`\bwandb\s+login\s+(?:--\S+\s+){0,4}(?<v>[0-9a-f]{40})`),
  shape(
    'key of a call',
    /Credential\(|\.login\(/,
    String.raw`(?:Key|Sas|NamedKey)Credential\(\s*(?:["'][^"'\n]{0,100}["']\s*,\s*)?(?:\w+\s*=\s*)?["'](?<v>[^"'\n]{6,})["']|ClientSecretCredential\([^()\n]{0,200}["'](?<w>[^"'\n]{6,})["']\s*\)|\.login\(\s*["'][^"'\n]{0,100}["']\s*,\s*["'](?<x>[^"'\n]+)["']`,
    'g',
    (value) => !PLACEHOLDER.test(value),
  ),
  shape(
    'key in JSON',
    /"key(?:Name)?"/,
    String.raw`"username"\s*:\s*"[^"\n]{0,100}"\s*,\s*"key"\s*:\s*"(?<v>[0-9a-f]{32})"|"keyName"[^{}]{0,200}"value"\s*:\s*"(?<w>[^"\n]{16,})"`,
  ),
  // The wording of Microsoft's and GitHub's sign-in without a browser.
  shape(
    'code of a sign-in',
    /(?:enter|use|type|time|verification|security|login|sign-in) (?:.{0,20} )?code/i,
    String.raw`\b(?:enter|use|type) (?:the |this |your )?(?:one-time |user |device )?code:? (?<v>[A-Z0-9]{6,12}|[A-Z0-9]{4}-[A-Z0-9]{4})\b|\b(?:one-time|verification|security|login|sign-in) code(?: is|:)? (?<w>[A-Z0-9]{4}-[A-Z0-9]{4}|\d{4,8}|\d{3}[ -]\d{3})\b`,
    'gi',
    (value) => /\d/.test(value) || /^[A-Z]{4}-[A-Z]{4}$|^[A-Z]{8,9}$/.test(value),
  ),
  shape('answer to a challenge', /Digest/, String.raw`\bresponse=["'](?<v>[0-9a-f]{32,64})["']`),
];

/**
 * Every secret has a name, an address, or a long run without a space. Testing for those first pays
 * off because error groups check each of 100,000 distinct messages.
 */
const SUSPECT =
  /pass|pwd|\bpw\b|secret|key|token|cred|pat|sig|auth|cookie|header|otp|sess|code|\bpin\b|_pin\b|salt|private-|bearer|login|user|-u|identified|mysql|sudo|kinit|unzip|sqlcmd|bcp|7z|psk|securestring|hook|xox|kennwort|senha|:\/\/|\S{16}|[^\0-\x7f]/i;

const ALL_SHAPES = [...shapes, ...CALLS];

/** Finds all secrets in a text; ranges may overlap. */
export function findSecrets(text: string): FoundSecret[] {
  if (!SUSPECT.test(text)) return [];
  const found: FoundSecret[] = [];
  for (const { what, hint, pattern, accepts } of ALL_SHAPES) {
    if (!hint.test(text)) continue;
    pattern.lastIndex = 0;
    for (const match of text.matchAll(pattern)) {
      const name = Object.keys(match.groups ?? {}).find((group) => match.groups?.[group] !== undefined) ?? 'v';
      const value = match.groups?.[name];
      const range = match.indices?.groups?.[name];
      if (value === undefined || range === undefined) continue;
      const before = text.slice(Math.max(0, range[0] - 80), range[0]);
      if (accepts !== undefined && !accepts(value, before)) continue;
      found.push({ what, start: range[0], end: range[1] });
    }
  }
  for (const range of findNamedSecrets(text)) found.push({ what: 'named secret', ...range });
  return found;
}

/**
 * Replaces each secret in a text by `mark`. For text that is cut up before a report can examine the
 * whole.
 */
export function maskSecrets(text: string, mark: string): string {
  const found = findSecrets(text).sort((a, b) => a.start - b.start || b.end - a.end);
  let out = '';
  let at = 0;
  for (const { start, end } of found) {
    if (end <= at) continue;
    if (start >= at) out += text.slice(at, start) + mark;
    at = end;
  }
  return out + text.slice(at);
}
