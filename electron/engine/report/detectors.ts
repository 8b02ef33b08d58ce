/**
 * Detectors of identities; base/secrets.ts detects credentials. Each finds candidates in a text.
 * The group `v` is the value to hide; the text around it stays. A detector runs only if its hint
 * occurs, which makes whole files affordable.
 */
import type { RedactionKind } from '../../contract/report-choices.ts';
import { findSecrets } from '../base/secrets.ts';

interface Detector {
  kind: RedactionKind;
  /** Name for users. */
  what: string;
  /** First part of the pseudonym: `secret`, `ip`, … */
  prefix: string;
  hint: RegExp;
  pattern: RegExp;
  /** Rejects near-misses that a pattern cannot exclude. Returns false to keep the value. */
  accepts?: (value: string, before: string) => boolean;
}

const GUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
/**
 * Text between a name and its value: `=`, `: `, `": "`, `', '`, ` => `, `%3D`, and their forms in
 * JSON within JSON.
 */
const BETWEEN = String.raw`\\?["']?\s{0,4}(?:=>|=|:|,|%3[dD]|%3[aA])\s{0,4}\\?["']?`;

/** File endings that look like the end of a mail address. */
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
    `resourceGroups/|AZUREML_ARM_RESOURCEGROUP${BETWEEN}|resource[_-]group(?:_name)?${BETWEEN}`,
  ),
  named(
    'workspace',
    'workspace',
    /workspace/i,
    `MachineLearningServices/workspaces/|AZUREML_ARM_WORKSPACE_NAME${BETWEEN}|workspace_name${BETWEEN}`,
  ),
];

/** Accounts that every machine has. They identify nobody. */
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
/**
 * Addresses that are the same everywhere: loopback, any, broadcast, the cloud's metadata service.
 */
const NOWHERE =
  /^(?:127\.\d+\.\d+\.\d+|0\.0\.0\.0|255\.255\.255\.255|169\.254\.169\.254|168\.63\.129\.16|::1?|fe80::)$/;
/**
 * Text before four numbers that make them a version: `v`, `version `, `==`, `numpy-`, `Python/`.
 */
const VERSION_BEFORE =
  /(?:\bv|\bver(?:sion)?s?["']?\s*[:=]?\s*["']?|\brelease\s+|\bbuild\s+|[=~<>!]=\s*|@|[A-Za-z_]-|(?:^|[\s("'])[A-Za-z][\w.+-]*\/)$/i;
/** A package with a pinned version, whatever the numbers: `numpy==10.0.0.4`. */
const PINNED = /(?:^|[\s"'(,;[])(?!\w*(?:ip|host|node|addr|address|server)\b)[A-Za-z][\w.[\]-]*\s?[=~!<>]=\s?$/i;

const ips: readonly Detector[] = [
  {
    kind: 'ips',
    what: 'IP address',
    prefix: 'ip',
    hint: /\d\.\d+\.\d+\.\d/,
    pattern: new RegExp(`(?<![\\d.]|[A-Za-z]\\d*\\.)(?<v>${IPV4})(?!\\d|\\.\\d)`, 'dg'),
    // 1.2.3.4 is an address unless the text calls it a version. A private address always is one.
    accepts: (value, before) =>
      !NOWHERE.test(value) && !PINNED.test(before) && (isPrivate(value) || !VERSION_BEFORE.test(before)),
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
      return !NOWHERE.test(value) && /\d/.test(value) && (groups.length === 8 || isKnownNet || groups.length >= 4);
    },
  },
];

const detectors: readonly Detector[] = [...idDetectors, emails, users, ...ips];

export interface Found {
  detector: Pick<Detector, 'kind' | 'what' | 'prefix'>;
  value: string;
  start: number;
  end: number;
}

/**
 * Returns all values in a text, secrets first, then in the order of the detectors. Ranges may
 * overlap.
 */
export function findAll(text: string, kinds: ReadonlySet<RedactionKind>): Found[] {
  const found: Found[] = [];
  if (kinds.has('secrets')) {
    for (const { what, start, end } of findSecrets(text)) {
      const value = text.slice(start, end);
      found.push({ detector: { kind: 'secrets', what, prefix: 'secret' }, value, start, end });
    }
  }
  for (const detector of detectors) {
    if (!kinds.has(detector.kind) || !detector.hint.test(text)) continue;
    detector.pattern.lastIndex = 0;
    for (const match of text.matchAll(detector.pattern)) {
      const value = match.groups?.v;
      const range = match.indices?.groups?.v;
      if (value === undefined || range === undefined) continue;
      const before = text.slice(Math.max(0, range[0] - 80), range[0]);
      if (detector.accepts !== undefined && !detector.accepts(value, before)) continue;
      found.push({ detector, value, start: range[0], end: range[1] });
    }
  }
  return found;
}
