/**
 * What credentials and identities look like. Each detector finds candidates in a text; the group `v` is the value to hide, what stands
 * around it stays. A detector is tried only where its hint occurs, so that whole files can be gone through.
 */
import type { RedactionKind } from '../../contract/report-choices.ts';

export interface Detector {
  kind: RedactionKind;
  /** Name for people. */
  what: string;
  /** First part of the pseudonym: `secret`, `ip`, … */
  prefix: string;
  hint: RegExp;
  pattern: RegExp;
  /** Near-misses that a pattern cannot tell: false keeps the value. */
  accepts?: (value: string, before: string) => boolean;
}

const GUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
/** Between a name and its value: `=`, `: `, `": "`, `', '`, ` => `, `%3D`, and what JSON within JSON makes of them. */
const BETWEEN = String.raw`\\?["']?\s{0,4}(?:=>|=|:|,|%3[dD]|%3[aA])\s{0,4}\\?["']?`;

const secret = (what: string, hint: RegExp, pattern: string, flags = 'g', accepts?: Detector['accepts']): Detector => ({
  kind: 'secrets',
  what,
  prefix: 'secret',
  hint,
  pattern: new RegExp(pattern, `${flags}d`),
  ...(accepts === undefined ? {} : { accepts }),
});

const isHex = (value: string) => /^[0-9a-f-]+$/i.test(value);
const hasDigit = (value: string) => /\d/.test(value);

/** What stands where a secret would and is none: masks, variables, words of a sentence, empty values. */
const PLACEHOLDER =
  /^(?:\*+|x{3,}|\.{2,}|-+|_+|[<$%{[(].*|true|false|none|null|nil|undefined|unset|empty|required|optional|missing|invalid|expired|hidden|redacted|masked|unknown|default|string|bytes|str|int|object|secret-\d+|[a-z]+-\d{1,5})$/i;
const SECRET_NAME = String.raw`(?:password|passwd|passphrase|pwd|secret|api[_-]?key|apikey|access[_-]?key(?:[_-]?id)?|account[_-]?key|storage[_-]?key|shared[_-]?key|signing[_-]?key|encryption[_-]?key|subscription[_-]?key|functions?[_-]?key|auth[_-]?token|access[_-]?token|refresh[_-]?token|id[_-]?token|bearer[_-]?token|session[_-]?token|security[_-]?token|sas[_-]?token|sas[_-]?key|client[_-]?secret|private[_-]?key|credentials?|token)`;

function isLikelySecret(value: string, before: string): boolean {
  if (PLACEHOLDER.test(value) || /^\d+(?:\.\d+)?$/.test(value)) return false;
  const isToken = /token\W*$/i.test(before.replace(/[\s"'\\=:,]+$/, ''));
  if (isToken) return value.length >= 12 && hasDigit(value);
  // After a colon or a comma stands also prose: a word of small letters is no secret there.
  if (/[:,]\s+\\?$/.test(before) && /^[a-z]+[.!?]?$/.test(value)) return false;
  return true;
}

export const secretDetectors: readonly Detector[] = [
  secret(
    'private key',
    /PRIVATE KEY|^[A-Za-z0-9+/]{64}\s*$/m,
    String.raw`-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----(?<v>[\s\S]{1,16000}?)(?:-----END|$(?![\s\S]))|(?<=^|\n)(?<w>(?:[A-Za-z0-9+/]{64}\r?\n)+[A-Za-z0-9+/]{1,64}={0,2})(?=\s*-----END [A-Z0-9 ]*PRIVATE KEY)`,
  ),
  // A line of a key whose beginning is outside of what is quoted.
  secret(
    'private key',
    /[A-Za-z0-9+/]{64}/,
    String.raw`(?<=^|\n)(?<v>[A-Za-z0-9+/]{64})(?=\r?\n|$)`,
    'g',
    (value) => !isHex(value) && /[a-z]/.test(value) && /[A-Z]/.test(value) && hasDigit(value),
  ),
  secret(
    'SAS signature',
    /sig/i,
    String.raw`(?:(?<![A-Za-z0-9_])|(?<=%[0-9A-Fa-f]{2}|\\u0026|\\x26))sig(?:nature)?(?:=|%3[dD])(?<v>(?:[A-Za-z0-9+/_-]|%[0-9A-Fa-f]{2}){16,}={0,2})`,
    'gi',
  ),
  secret(
    'signature in a URL',
    /X-(?:Amz|Goog)-/i,
    String.raw`X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token)(?:=|%3[dD])(?<v>[^&\s"'<>\\]{8,})`,
    'gi',
  ),
  secret(
    'password in a URL',
    /:\/\/[^\s/]*@/,
    String.raw`[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s:@/"'<>]*:(?<v>[^\s@/"'<>]+)@`,
  ),
  secret('token in a URL', /:\/\/[^\s/]*@/, String.raw`https?://(?<v>[A-Za-z0-9_.~-]{20,})@`, 'g', hasDigit),
  secret(
    'key in a URL',
    /[?&](?:code|key|api|access|token|subscription)/i,
    String.raw`[?&](?:code|key|api[_-]?key|access_token|token|subscription-key)=(?<v>(?:[A-Za-z0-9+/_.~=-]|%[0-9A-Fa-f]{2}){16,})`,
    'gi',
    hasDigit,
  ),
  secret(
    'connection string',
    /(?:Key|Signature|Password|Pwd)\s*=/i,
    String.raw`(?:AccountKey|SharedAccessKey|SharedSecretValue|SharedAccessSignature|Password|Pwd)\s*=\s*(?<v>[^;\s"'\\,]{3,})`,
    'gi',
    (value) => !PLACEHOLDER.test(value),
  ),
  secret('account key', /==/, String.raw`(?<![A-Za-z0-9+/=]|sha\d{3}-)(?<v>[A-Za-z0-9+/]{86}==)(?![A-Za-z0-9+/=])`),
  secret(
    'account key',
    /JQQJ99/,
    String.raw`(?<![A-Za-z0-9])(?<v>[A-Za-z0-9]{52}JQQJ99[A-Za-z0-9]{26})(?![A-Za-z0-9])`,
  ),
  secret(
    'JWT',
    /eyJ/,
    String.raw`(?<![A-Za-z0-9_-])(?<v>eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*)`,
  ),
  secret(
    'bearer token',
    /bearer/i,
    String.raw`\bBearer(?:\s|%20|\+)+(?<v>[A-Za-z0-9._~+/-]{16,}=*)`,
    'gi',
    (value) => hasDigit(value) || value.length >= 32,
  ),
  secret(
    'authorization header',
    /authorization/i,
    String.raw`\bAuthorization${BETWEEN}(?:Basic|Token|ApiKey|Negotiate|Digest|SharedKey(?:Lite)?|AWS4-HMAC-SHA256)\s+(?<v>[^\s"'\\,]{6,})`,
    'gi',
  ),
  secret(
    'cookie',
    /cookie/i,
    String.raw`\b(?:Set-)?Cookie${BETWEEN}(?<v>[^=\s;"']+=[^\s"'\\]{8,}(?:; ?[^=\s;"']+=[^\s"';\\]+)*)`,
    'gi',
  ),
  secret(
    'key of a service',
    /AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|AIza|hf_|sk-|dapi|npm_|pypi-|[rs]k_(?:live|test)_|SG\.|Q~|hooks\.slack|whsec_|shpat_|do[opr]_v1_|dckr_pat_|eyJ|AccountKey|wandb/,
    String.raw`(?<![A-Za-z0-9_-])(?<v>(?:AKIA|ASIA)[A-Z0-9]{16}|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{22,}|glpat-[A-Za-z0-9_-]{20,}|xox[abeprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{35}|hf_[A-Za-z0-9]{30,}|sk-(?:[a-z]{2,8}-)*[A-Za-z0-9_-]{20,}|dapi[0-9a-f]{32}(?:-\d)?|npm_[A-Za-z0-9]{36}|pypi-[A-Za-z0-9_-]{40,}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,}|whsec_[A-Za-z0-9]{20,}|shpat_[0-9a-f]{32}|do[opr]_v1_[0-9a-f]{64}|dckr_pat_[A-Za-z0-9_-]{20,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9])`,
    'g',
    (value) => !value.startsWith('sk-') || hasDigit(value),
  ),
  secret(
    'webhook',
    /hooks\.slack|webhook/i,
    String.raw`hooks\.slack\.com/services/(?<v>[A-Za-z0-9/]{20,})|webhook\.office\.com/(?<w>[^\s"'<>]{20,})`,
    'gi',
  ),
  secret(
    'named secret',
    /pass|pwd|secret|key|token|credential/i,
    String.raw`(?<![A-Za-z0-9])[\w.-]{0,60}?${SECRET_NAME}${BETWEEN}(?<v>[^\s"',;&<>(){}\[\]\\]{4,})`,
    'gi',
    isLikelySecret,
  ),
  secret(
    'option on a command line',
    /--?\w*(?:pass|secret|key|token)/i,
    String.raw`(?<![\w-])--?[\w-]{0,40}?${SECRET_NAME}\\?["']?,?\s+\\?["']?(?<v>[^\s"',;&<>(){}\[\]\\-][^\s"',;&<>(){}\[\]\\]{3,})`,
    'gi',
    isLikelySecret,
  ),
];

/** Ends of names of files, which look like the end of a mail address. */
const FILE_ENDS =
  /\.(?:png|jpe?g|gif|webp|svg|tiff?|bmp|py|js|ts|css|txt|csv|json|log|zip|gz|tar|parquet|whl|so|md|html?|ya?ml)$/i;

const emails: Detector = {
  kind: 'emails',
  what: 'e-mail address',
  prefix: 'email',
  hint: /@|%40/,
  // `wasbs://container@account…` is a place, not a person.
  pattern:
    /(?<![\w.%+@-]|:\/\/)(?<v>[A-Za-z0-9](?:[A-Za-z0-9._+'-]{0,63})(?:@|%40)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,62})\.)+[A-Za-z]{2,24})(?![\w@-])/dg,
  accepts: (value) => !FILE_ENDS.test(value) && !/^git@/i.test(value),
};

const id = (what: string, prefix: string, names: string): Detector => ({
  kind: 'ids',
  what,
  prefix,
  hint: new RegExp(`${GUID}`),
  pattern: new RegExp(`(?:${names})(?:[_ -]?(?:id|guid))?(?:${BETWEEN}|[/\\s]\\s?)(?<v>${GUID})(?![0-9a-fA-F])`, 'dgi'),
});

const named = (what: string, prefix: string, hint: RegExp, names: string): Detector => ({
  kind: 'ids',
  what,
  prefix,
  hint,
  pattern: new RegExp(String.raw`(?:${names})(?<v>[A-Za-z0-9](?:[\w().-]{1,88}[\w)])?)`, 'dgi'),
  accepts: (value) =>
    !new RegExp(`^(?:${GUID}|none|null|providers|default|[a-z]+-\\d{1,5})$`, 'i').test(value) && value.length >= 3,
});

const idDetectors: readonly Detector[] = [
  id('subscription id', 'subscription', 'subscriptions?|ARM_SUBSCRIPTION'),
  id(
    'tenant id',
    'tenant',
    String.raw`tenants?|directory|login\.microsoftonline\.com|login\.windows\.net|sts\.windows\.net`,
  ),
  id('workspace id', 'workspace', 'workspaces?|discovery/workspaces'),
  id(
    'id of an identity',
    'identity',
    'client|object|principal|app(?:lication)?|user[_ ]?assigned|managed[_ ]?identity|oid|puid',
  ),
  named(
    'resource group',
    'group',
    /resource_?-?groups?/i,
    String.raw`resourceGroups/|AZUREML_ARM_RESOURCEGROUP${BETWEEN}|resource[_-]group(?:_name)?${BETWEEN}`,
  ),
  named(
    'workspace',
    'workspace',
    /workspace/i,
    String.raw`MachineLearningServices/workspaces/|AZUREML_ARM_WORKSPACE_NAME${BETWEEN}|workspace_name${BETWEEN}`,
  ),
];

/** Accounts that every machine has: they name nobody. */
const NOBODY =
  /^(?:root|azureuser|azureml|ubuntu|debian|centos|ec2-user|runner|docker|vagrant|user|users|admin|administrator|public|default|all ?users|defaultuser0|shared|guest|nobody|batch|_azbatch|task|tasks|conda|jovyan|app|data|code|home|tmp|%\w+%|\$\w*|\{.*|<.*|\*|\.+|[a-z]+-\d{1,5})$/i;

const users: Detector = {
  kind: 'users',
  what: 'user name in a path',
  prefix: 'user',
  hint: /home|users|~/i,
  pattern:
    /(?:[\\/](?:home|Users)|%2F(?:home|Users))(?:\/|\\{1,4}|%2F)(?<v>[^\\/\s"'<>|:*?%,;()[\]{}]+(?: [^\\/\s"'<>|:*?%,;()[\]{}]+)?(?=\\|\/)|[^\\/\s"'<>|:*?%,;()[\]{}]+)/dgi,
  accepts: (value) => !NOBODY.test(value) && value.length >= 2 && !/^\d+$/.test(value),
};

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const isPrivate = (value: string) => /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(value);
/** Addresses that are the same everywhere: loopback, any, broadcast, the cloud's metadata service. */
const NOWHERE =
  /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|255\.255\.255\.255|169\.254\.169\.254|168\.63\.129\.16|::1?|fe80::)$/;
/** What stands before four numbers that are a version: `v`, `version `, `==`, `numpy-`, `Python/`. */
const VERSION_BEFORE =
  /(?:\bv|\bver(?:sion)?s?["']?\s*[:=]?\s*["']?|\brelease\s+|\bbuild\s+|[=~<>!]=\s*|@|[A-Za-z_]-|(?:^|[\s("'])[A-Za-z][\w.+-]*\/)$/i;

const ips: readonly Detector[] = [
  {
    kind: 'ips',
    what: 'IP address',
    prefix: 'ip',
    hint: /\d\.\d+\.\d+\.\d/,
    pattern: new RegExp(`(?<![\\d.]|[A-Za-z]\\d*\\.)(?<v>${IPV4})(?!\\d|\\.\\d)`, 'dg'),
    // 1.2.3.4 is an address unless it is called a version; an address of a private network is one always.
    accepts: (value, before) => !NOWHERE.test(value) && (isPrivate(value) || !VERSION_BEFORE.test(before)),
  },
  {
    kind: 'ips',
    what: 'IP address',
    prefix: 'ip',
    hint: /ip-\d+-\d+-\d+-\d+/i,
    pattern: new RegExp(`(?<![A-Za-z0-9])ip-(?<v>${OCTET}(?:-${OCTET}){3})(?![\\d-])`, 'dgi'),
  },
  {
    kind: 'ips',
    what: 'IP address',
    prefix: 'ip',
    hint: /:[0-9a-f]{0,4}:/i,
    pattern:
      /(?<![\w:.])(?<v>(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?:[0-9a-f]{1,4}:){1,6}(?::[0-9a-f]{1,4}){1,6}|(?:[0-9a-f]{1,4}:){2,7}:)(?![\w:])/dgi,
    accepts: (value) => {
      const groups = value.split(':').filter((group) => group !== '');
      const isKnownNet = /^(?:fe80|f[cd][0-9a-f]{2}|2[0-9a-f]{3}|3[0-9a-f]{3}):/i.test(value);
      return !NOWHERE.test(value) && hasDigit(value) && (groups.length === 8 || isKnownNet || groups.length >= 4);
    },
  },
];

/** All of them, secrets first: what one has taken no later one looks at. */
export const detectors: readonly Detector[] = [...secretDetectors, ...idDetectors, emails, users, ...ips];

export interface Found {
  detector: Detector;
  value: string;
  start: number;
  end: number;
}

/** All values in a text, in the order of the detectors; ranges may overlap. */
export function findAll(text: string, kinds: ReadonlySet<RedactionKind>): Found[] {
  const found: Found[] = [];
  for (const detector of detectors) {
    if (!kinds.has(detector.kind) || !detector.hint.test(text)) continue;
    detector.pattern.lastIndex = 0;
    for (const match of text.matchAll(detector.pattern)) {
      const group = match.groups?.v === undefined ? 'w' : 'v';
      const value = match.groups?.[group];
      const range = match.indices?.groups?.[group];
      if (value === undefined || range === undefined) continue;
      const before = text.slice(Math.max(0, range[0] - 80), range[0]);
      if (detector.accepts !== undefined && !detector.accepts(value, before)) continue;
      found.push({ detector, value, start: range[0], end: range[1] });
    }
  }
  return found;
}
