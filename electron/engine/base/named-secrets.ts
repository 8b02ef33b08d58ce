/**
 * Named secrets are values that only their name gives away: `DB_PASS=…`, `"primaryKey": "…"`,
 * `<password>…</password>`, `--token …`, `{"name": "API_KEY", "value": "…"}`. A pattern finds the
 * name. The end of the value is found character by character, because it depends on the quotes and
 * brackets around it, and a value that ends too early would leave letters of the secret behind.
 */

export interface SecretRange {
  start: number;
  end: number;
}

type ReadRange = SecretRange & { isQuoted: boolean };

const KEY_KINDS =
  'api|access|account|storage|shared|signing|encryption|decryption|subscription|functions?|host|master|primary|secondary|secret|private|service|client|admin|query|license|instrumentation|fernet|cookie|session|hmac|aes|app|auth|deploy|ssh|x-functions|ocp-apim-subscription';
const SPOKEN =
  '비밀번호|비번|패스워드|암호|パスワード|暗証番号|密码|密碼|口令|пароль|contraseña|mot de passe|passwort|kennwort|senha';
const SPOKEN_KEY = '(?:비밀|인증|접근|액세스|공유|API)[ _]?키|시크릿|秘密鍵|密钥|密鑰';
const SPOKEN_TOKEN = '토큰|トークン|令牌';
const CODE_KINDS =
  'device|user|authorization|verification|activation|recovery|backup|one[_ -]?time|mfa|2fa|otp|sms|pin';
/** Names whose value is a secret, alone or at the end of a longer name. */
const NAME = [
  `(?:${KEY_KINDS})[_.-]?key(?:[_-]?(?:id|value|1|2|base64))?`,
  '(?:password|passwd)[_-]?(?:hash|salt)|passwords?|passwd|passphrase|passcode|pwd|sshpass|psk|secrets?|apikey|credentials?|securestring',
  // Words can also end in `pass`, `pat` and `pw` (bypass, compat), so these must begin a part of
  // the name.
  '(?<=^|[^A-Za-z]|(?-i:[a-z](?=P)))pass|(?<=^|[^A-Za-z])(?:pat|pw)',
  '(?:auth|access|refresh|id|bearer|session|security|sas|csrf|xsrf|run|bot|api|app|user|service|client|oauth|deploy)[_-]?token|token',
  'identity[_-]?header|sas[_-]?key|otp[_-]?seed|jsessionid|phpsessid|sessionid',
  // Codes that let somebody in once. Words can also end in `pin` and `otp`.
  `(?:${CODE_KINDS})[_ -]?codes?|(?<=^|[^A-Za-z])(?:t?otp|pin)|private-mac|(?<=^|[^A-Za-z])salt`,
  SPOKEN,
  SPOKEN_KEY,
  SPOKEN_TOKEN,
].join('|');

/** A quote, also as JSON, HTML and URLs write it. */
const QUOTE = String.raw`(?:\\{0,4}["'\x60]|%(?:25)?2[27]|&(?:quot|apos|#3[49]);|\\{1,4}u002[27])`;
/** The prefix that a log may put before the next line. */
const LOG_PREFIX = String.raw`(?:\d{4}-\d\d-\d\d[T |]\d\d:\d\d:\d\d[^\s|]{0,12}[ |\t]{1,4}(?:\[?[A-Za-z]{4,8}\]?[ |:\t]{1,8}){0,2})?`;
/** Connects the end of a name to its value. */
const LINKS = [
  // `"password": {"value": "x"}`
  String.raw`(?:${QUOTE})?[ \t]{0,4}[=:][ \t]{0,4}\{\s{0,40}(?:${QUOTE})?value(?:${QUOTE})?[ \t]{0,4}[=:][ \t]{0,4}`,
  // `=`, `:`, `=>`, `：`, percent-encoded once or twice, with quotes and brackets around; the value
  // may be on the next line.
  String.raw`(?:${QUOTE})?\]?[ \t]{0,8}(?:=>|->|→|:=|==?|:|：|＝|%(?:25)?3[dD]|%(?:25)?3[aA])(?!=)[ \t]{0,8}(?:(?:[|>][-+\d]{0,2})?\\?(?:\r?\n${LOG_PREFIX}[ \t]{0,40}){1,2})?(?:\[[ \t]{0,4}(?=${QUOTE}))?`,
  // Settings: `name="password" value="x"`, `{"name": "PASSWORD", "value": "x"}`, and the same in
  // YAML.
  String.raw`(?:${QUOTE})?[ \t,]{0,4}\r?\n?[ \t]{0,40}(?:${QUOTE})?value(?:${QUOTE})?[ \t]{0,4}[=:][ \t]{0,4}`,
  // A list of words: `'--password', 'x'`; a pair: `("password", "x")`.
  String.raw`${QUOTE}[ \t]{0,4},[ \t]{0,4}(?=${QUOTE})`,
  // XML: `<password>x<`, `<property name="password">x<`.
  String.raw`(?:${QUOTE})?(?:[ \t][^<>\n]{0,80})?>(?:[ \t]{0,8}\r?\n[ \t]{0,40})?(?:<!\[CDATA\[)?(?=[^<\s])`,
].join('|');

const NAMED = new RegExp(String.raw`(?<![A-Za-z0-9])(?<name>[\w.-]{0,60}?(?:${NAME}))(?<link>${LINKS})`, 'gi');
const OPTION = new RegExp(
  String.raw`(?<![\w-])(?<name>--?[\w-]{0,40}?(?:${NAME}))(?:${QUOTE})?,?[ \t]+(?=[^\s-])`,
  'gi',
);
/**
 * Names followed by prose or in cells of a table: their value is a secret only if it looks like
 * one.
 */
const LOOSE = new RegExp(
  String.raw`(?:password|passwd|passphrase|pwd|secret|securestring|${SPOKEN})(?<link>(?:${QUOTE})?(?:[ \t]{1,4}(?:is|was):?[ \t]{1,4}|[ \t]{0,2}(?:는|은|は|が)[ \t]{1,4}|[ \t]{0,8}[|,][ \t]{0,8}|[ \t]{1,40}))(?=\S{8})`,
  'gi',
);
/** `value="x" name="password"`: the value comes before its name. */
const REVERSED = new RegExp(
  String.raw`(?<![\w-])["']?value["']?[ \t]{0,4}[=:][ \t]{0,4}(?:"(?<v>[^"\n]{3,400})"|'(?<w>[^'\n]{3,400})')[ \t,]{1,4}\r?\n?[ \t]{0,40}["']?(?:name|key|id)["']?[ \t]{0,4}[=:][ \t]{0,4}["'](?<name>[\w.-]{0,60}?(?:${NAME}))["']`,
  'dgi',
);
/** Classify the names of {@link NAMED} by their last part: a password, a token or a key. */
const SPOKEN_NAME = new RegExp(`(?:${SPOKEN})$`, 'i');
const SPOKEN_TOKEN_NAME = new RegExp(`(?:${SPOKEN_TOKEN})$`);
const SPOKEN_KEY_NAME = new RegExp(`(?:${SPOKEN_KEY})$`, 'i');
/** A code as a person types it: digits, or groups of capitals and digits. */
const CODE_NAME = /codes?$|(?:^|[^a-z])(?:t?otp|pin)$/;
const TYPED_CODE = /^(?:\d{4,10}|\d{3}[ -]\d{3}|(?=[A-Z-]*\d)[A-Z0-9]{6,12}|[A-Z0-9]{4}(?:-[A-Z0-9]{4}){1,5})$/;
const TOKEN_NAME = new RegExp(`(?:token|${SPOKEN_TOKEN})$|(?:^|[^a-z])otp|header|sess`);
const HINT = new RegExp(
  String.raw`pass|pwd|\bpw\b|secret|key|token|credential|\bpat\b|_pat|header|otp|sess|psk|securestring|(?:${CODE_KINDS})[_ -]?code|\bpin\b|_pin\b|salt|private-mac|${SPOKEN}|${SPOKEN_KEY}|${SPOKEN_TOKEN}`,
  'i',
);

/**
 * Stands in the place of a secret but is not one: masks, variables, words of a sentence, empty
 * values.
 */
export const PLACEHOLDER =
  /^(?:[*•x.#_-]+|x{3,}|<[^<>]*>|[$%{[(].*|\$\w+|true|false|yes|no|none|null|nil|undefined|unset|empty|required|optional|missing|invalid|expired|hidden|redacted|masked|unknown|default|string|bytes|str|int|float|bool|object|dict|list|function|class|secret-\d+|[a-z]+-\d{1,5})$/i;

/** Finds the secrets that their names give away, in text order. */
export function findNamedSecrets(text: string): SecretRange[] {
  if (!HINT.test(text)) return [];
  const found: SecretRange[] = [];
  for (const pattern of [NAMED, OPTION]) {
    for (const match of text.matchAll(pattern)) {
      const { name = '', link = ' ' } = match.groups ?? {};
      const range = readValue(text, match.index + match[0].length, link);
      if (range === null) continue;
      for (const { start, end, isQuoted } of [range, ...restOfList(text, range, link)]) {
        const value = text.slice(start, end).replace(/\\?\r?\n[ \t]*/g, '');
        if (isLikely(value, name, link, isQuoted)) found.push({ start, end });
      }
    }
  }
  for (const match of text.matchAll(LOOSE)) {
    const { link = '' } = match.groups ?? {};
    const range = readValue(text, match.index + match[0].length, link);
    if (range !== null && isStrong(text.slice(range.start, range.end)))
      found.push({ start: range.start, end: range.end });
  }
  for (const { groups, indices } of text.matchAll(REVERSED)) {
    const [start, end] = indices?.groups?.v ?? indices?.groups?.w ?? [0, 0];
    if (isLikely(text.slice(start, end), groups?.name ?? '', '="', true)) found.push({ start, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Reads the other values of a list: `"passwords": ["x", "y"]`. */
function restOfList(text: string, first: ReadRange, link: string): ReadRange[] {
  const found: ReadRange[] = [];
  if (!/\[[ \t]*$/.test(link)) return found;
  for (let { end } = first; found.length < 1_000; ) {
    NEXT_IN_LIST.lastIndex = end;
    const next = NEXT_IN_LIST.exec(text);
    const range = next === null ? null : readValue(text, end + next[0].length, link);
    if (range === null) break;
    found.push(range);
    end = range.end;
  }
  return found;
}

const NEXT_IN_LIST = new RegExp(String.raw`${QUOTE}\s{0,40},\s{0,40}(?=${QUOTE})`, 'y');

/**
 * Decides whether a text looks like a password by itself: digits mixed with upper- and lower-case
 * letters.
 */
function isStrong(value: string): boolean {
  return (
    value.length >= 8 &&
    /\d/.test(value) &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    !/^[A-Z][a-z]+\d+[.:,]?$/.test(value)
  );
}

/**
 * May precede the quotes of a value: Python's prefixes, a YAML tag, a wrapper such as `SecretStr(`.
 */
const BEFORE_QUOTE =
  /(?:!!?[a-z]{1,10}[ \t]+)?(?:\w{0,30}(?:Secret|Password|Credential|Str)\w{0,30}\((?=["']))?(?:[rbuf]{1,2}(?=\\{0,4}["']))?/iy;

/** Base64 that continues on the next line, as mail and YAML wrap it. */
const WRAPPED = /\\?\r?\n[ \t]{0,40}(?=[A-Za-z0-9+/_-]{4,}={0,2}[ \t"']*(?:\r?\n|$))[A-Za-z0-9+/_-]+={0,2}/y;

/** The opening quote of a value; Python and TOML also have triple quotes. */
const OPEN = new RegExp(`(?:"{3}|'{3}|${QUOTE})?`, 'y');

function readValue(text: string, at: number, link: string): ReadRange | null {
  BEFORE_QUOTE.lastIndex = at;
  const from = at + (BEFORE_QUOTE.exec(text)?.[0].length ?? 0);
  OPEN.lastIndex = from;
  const open = OPEN.exec(text)?.[0] ?? '';
  const start = from + open.length;
  if (open !== '') {
    const close = closingQuote(text, start, open);
    if (close !== -1) return close > start ? { start, end: close, isQuoted: true } : null;
  }
  // ODBC's braces can hold anything.
  if (text[start] === '{' && !link.includes('"') && /(?:=|:)\s*$/.test(link)) {
    const close = /^\{[^{}\n"':]{3,200}\}/.exec(text.slice(start, start + 210));
    if (close !== null) return { start: start + 1, end: start + close[0].length - 1, isQuoted: true };
  }
  const isXml = /(?:^|[^=-])>\s*(?:<!\[CDATA\[)?$/.test(link);
  const end = isXml ? endOf(text, start, /\]\]>|[<\n]/g) : unquotedEnd(text, start);
  return end > start ? { start, end: wrappedEnd(text, start, end), isQuoted: false } : null;
}

function closingQuote(text: string, start: number, open: string): number {
  // A quote within the value is escaped once more than the quotes around it.
  for (let at = text.indexOf(open, start); at !== -1; at = text.indexOf(open, at + open.length)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    const between = text.slice(start, at);
    if (between.includes('\n') || between.length > 4_000) return -1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}

function endOf(text: string, start: number, stop: RegExp): number {
  stop.lastIndex = start;
  return stop.exec(text)?.index ?? text.length;
}

/**
 * A comma, an ampersand or a bracket belongs to the value, unless what follows shows that another
 * one begins.
 */
const NEXT_FIELD = /[,&|](?:\s|$|["'{}[\]]|[\w.%-]{1,40}["']?(?:=|:|%3d))|%(?:25)?26[\w.-]{1,40}(?:=|%)|%(?:25)?3b/iy;

function unquotedEnd(text: string, start: number): number {
  let at = start;
  for (; at < text.length && at - start < 4_000; at++) {
    const char = text[at] ?? '';
    if (/[\s"'`;]/.test(char)) break;
    if (char === '\\' && /["'nrt]/.test(text[at + 1] ?? '')) break;
    NEXT_FIELD.lastIndex = at;
    if (NEXT_FIELD.test(text)) break;
  }
  const value = text.slice(start, at);
  // Brackets and full stops that close what surrounds the value.
  const tail = /[)\]}>,:.]+$/.exec(value)?.[0] ?? '';
  const opens = (value.match(/[([{<]/g) ?? []).length;
  return at - Math.max(0, tail.length - opens);
}

function wrappedEnd(text: string, start: number, end: number): number {
  if (end - start < 40 || !/^[A-Za-z0-9+/_=-]+$/.test(text.slice(start, end))) return end;
  let at = end;
  for (let lines = 0; lines < 60; lines++) {
    WRAPPED.lastIndex = at;
    const more = WRAPPED.exec(text);
    if (more === null) break;
    at += more[0].length;
  }
  return at;
}

/** An expression with which code gets a secret: `os.environ[…]`, `args.token`. */
const CODE =
  /^(?:os|self|this|args|opts?|options|cfg|config|conf|settings|env|environ|process|secrets|kwargs|request|params|ctx|cls)\.[A-Za-z_]/;

/** Rejects near-misses: values after such a name that hide nothing. */
function isLikely(value: string, name: string, link: string, isQuoted: boolean): boolean {
  const last = name.toLowerCase();
  if (value.trim().length < 3 || PLACEHOLDER.test(value.trim())) return false;
  const isPassword = /pass(?:word|wd|phrase|code)?$|pwd$|(?:^|[^a-z])pw$/.test(last) || SPOKEN_NAME.test(last);
  // Opaque sign-in codes are long; codes that people type have a typical shape.
  if (CODE_NAME.test(last))
    return TYPED_CODE.test(value) || (value.length >= 16 && /\d/.test(value) && /^[\w.~+/=-]+$/.test(value));
  if (/salt$/.test(last)) return value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value) && !/\s/.test(value);
  if (/^[-+]?\d+(?:\.\d+)*(?:[eE]\d+|%|ms|s)?$/.test(value))
    return isPassword && last !== 'pass' && /^\d{4,}$/.test(value);
  if (/^\d{4}-\d\d-\d\d$/.test(value) && /\n/.test(link)) return false;
  // The shell's working folders, or a path or address where a secret is stored.
  if (/^(?:old)?pwd$/i.test(name) && /^(?:[/~]|[A-Za-z]:[\\/])/.test(value)) return false;
  if (/^(?:https?|file|wasbs?|abfss?):\/\/[^@]*$/.test(value) && !/[?&]/.test(value)) return false;
  if (/^\/(?:[\w.-]+\/)+[\w.-]+$/.test(value) && !isPassword) return false;
  // Names of classes and functions, as in `credential: DefaultAzureCredential`.
  if (
    /^(?:[A-Za-z_]\w*\.)*[A-Za-z_]\w*(?:Credentials?|Provider|Token|Secret|Key)(?:\(.*)?$/.test(value) &&
    !/\d/.test(value)
  )
    return false;
  if (/^[A-Za-z_][\w.]*\(.*\)?$/.test(value) && !isPassword) return false;
  if (!isQuoted && /^(?:\w+\.)*(?:get|read|load|fetch|ask|input|prompt|env)\w*\(/i.test(value)) return false;
  if (!isQuoted && CODE.test(value)) return false;
  const isWord = /^[a-z]+(?:[_ -][a-z]+)*[.!?]?$/i.test(value);
  const isProse = isWord && (value.length < 4 || /^(?:[A-Z]?[a-z]+(?:[_ -][a-z]+)*)[.!?]?$/.test(value));
  // If an attribute holds the name, the text of the element is as often a label.
  if (/["'].*>$/s.test(link) && !link.endsWith('=>') && !link.endsWith('->')) return !isProse;
  if (SPOKEN_TOKEN_NAME.test(last) && isStrong(value)) return true;
  if (SPOKEN_KEY_NAME.test(last)) return !isWord && !/\s/.test(value) && value.length >= 6;
  // An environment variable, as in `GITHUB_TOKEN=…`.
  if (/^[A-Z_]*TOKEN$/.test(name) && isStrong(value)) return true;
  if (!isPassword && TOKEN_NAME.test(last)) return value.length >= 12 && /\d/.test(value) && !/\s/.test(value);
  if (/(?:key(?:[_.-]?(?:id|value|1|2|base64))?|pat)$/.test(last)) {
    return !isWord && !/\s/.test(value) && value.length >= 8 && (/\d/.test(value) || value.length >= 16);
  }
  if (/credentials?$|secrets$/.test(last)) return !isProse && !/\s/.test(value) && value.length >= 6;
  if (/\n/.test(link)) return !isProse && (isQuoted || !/\s/.test(value));
  // Prose can also follow a colon: "Invalid password: the account is locked".
  if (/[:：]\s*$/.test(link) && !/["'`]\s*[:：]/.test(link)) return !isProse || /[A-Z].*[A-Z]/.test(value);
  return !/\s/.test(value) || /["']/.test(link) || /=\s*$/.test(link);
}
