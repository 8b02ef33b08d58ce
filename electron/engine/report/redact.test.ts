import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type RedactionKind, redactionKinds } from '../../contract/report-choices.ts';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { Redactor } from './redact.ts';

/** Joins pieces, so that repository scanners do not take these examples for real secrets. */
const j = (...parts: string[]) => parts.join('');
const b64 = (length: number) => 'Ab3dEf9hIjKlMnOpQrStUvWxYz0123+/7'.repeat(10).slice(0, length);
const alnum = (length: number) => 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4'.repeat(10).slice(0, length);
const hex = (length: number) => '0f1e2d3c4b5a69788796a5b4c3d2e1f0'.repeat(4).slice(0, length);
const guid = '6f1c2d3e-0a1b-4c2d-8e3f-102938475665';
const sig = 'x7Qk%2BZ0aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789%3D';
const jwt = j('eyJ', 'hbGciOiJSUzI1NiJ9', '.eyJ', 'zdWIiOiIxMjM0In0', '.', alnum(43));
const accountKey = `${b64(86)}==`;
const pem = [b64(64), b64(64).replace('A', 'Z'), `${b64(30)}==`];

/** Name of the shape, a text with it, and what must be gone. */
const credentials: [string, string, string | string[]][] = [
  ['SAS in a blob URL', `https://acct.blob.core.windows.net/c/f.csv?sv=2019-12-12&sr=b&sig=${sig}&se=2020-06-01`, sig],
  ['SAS, percent-decoded', `PUT ?sig=${decodeURIComponent(sig)} HTTP/1.1`, decodeURIComponent(sig)],
  ['SAS within an encoded URL', `redirect=https%3A%2F%2Fa%2F%3Fsig%3D${alnum(44)}`, alnum(44)],
  ['SAS in JSON', `{"url":"https://a.b/c?se=1\\u0026sig=${sig}"}`, sig],
  [
    'connection string',
    `DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=${accountKey};EndpointSuffix=core.windows.net`,
    accountKey,
  ],
  [
    'service bus',
    `Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=${b64(43)}=`,
    b64(43),
  ],
  ['SQL', 'Server=tcp:x.database.windows.net;User ID=etl;Password=Tr0ub4dor&3x;Encrypt=yes', 'Tr0ub4dor'],
  ['ODBC', 'Driver={ODBC};Uid=etl;Pwd=correct-horse-9;', 'correct-horse-9'],
  ['account key alone', `using key ${accountKey}`, accountKey],
  ['Azure key with its mark', `key ${j(alnum(52), 'JQQJ99', alnum(26))}`, j(alnum(52), 'JQQJ99', alnum(26))],
  ['bearer token', `Authorization: Bearer ${alnum(40)}`, alnum(40)],
  ['bearer in a curl', `curl -H 'authorization: bearer ${alnum(32)}.xyz'`, alnum(32)],
  ['JWT', `token was ${jwt}, expired`, jwt],
  ['basic authorization', `'Authorization': 'Basic ${j('dXNlcjpw', 'YXNzd29yZA')}=='`, j('dXNlcjpw', 'YXNzd29yZA')],
  ['shared key authorization', `Authorization: SharedKey acct:${b64(43)}=`, b64(43)],
  ['password in a URL', 'amqp://etl:s3cr3t-pass@queue.internal:5672/vhost', 's3cr3t-pass'],
  ['token as user in a URL', `git clone https://${alnum(40)}@github.com/o/r.git`, alnum(40)],
  [
    'pip index with a password',
    `--index-url https://build:${alnum(52)}@pkgs.dev.azure.com/o/_packaging/f/pypi/simple/`,
    alnum(52),
  ],
  ['private key', `-----BEGIN RSA PRIVATE KEY-----\n${pem.join('\n')}\n-----END RSA PRIVATE KEY-----`, pem],
  [
    'private key in one line',
    j('"-----BEGIN PRIVATE', ` KEY-----\\n${pem.join('\\n')}\\n-----END PRIVATE KEY-----\\n"`),
    pem,
  ],
  ['private key without its beginning', `${pem.join('\n')}\n-----END RSA PRIVATE KEY-----`, pem],
  ['lines in the middle of a key', `${pem[0]}\n${pem[1]}`, [pem[0] ?? '', pem[1] ?? '']],
  ['password=', 'db password=Sommer2024! user=x', 'Sommer2024!'],
  ['password in JSON', '{"user":"x","password": "hunter2hunter"}', 'hunter2hunter'],
  ['password in Python', "connect(host='h', passwd='p4ssw0rd')", 'p4ssw0rd'],
  ['api key', `X-Api-Key: ${hex(32)}`, hex(32)],
  ['subscription key header', `Ocp-Apim-Subscription-Key: ${hex(32)}`, hex(32)],
  ['environment', `WANDB_API_KEY=${hex(40)}`, hex(40)],
  ['client secret', `AZURE_CLIENT_SECRET=${j('abc8', 'Q~', alnum(34))}`, alnum(34)],
  ['client secret alone', `value ${j('abc8', 'Q~', alnum(34))}`, alnum(34)],
  ['option', '--storage-key Zm9vYmFyYmF6cXV4 --verbose', 'Zm9vYmFyYmF6cXV4'],
  ['options as a list', `['--sas_token', 'sv2020${alnum(20)}', '--x', '1']`, alnum(20)],
  ['AWS', `aws_access_key_id = ${j('AKIA', 'IOSFODNN7EXAMPLE')}`, j('AKIA', 'IOSFODNN7EXAMPLE')],
  ['AWS presigned URL', `https://b.s3.amazonaws.com/k?X-Amz-Signature=${hex(64)}&x=1`, hex(64)],
  ['GitHub', `remote: ${j('gh', 'p_', alnum(36))}`, alnum(36)],
  ['GitHub fine-grained', j('github', '_pat_', alnum(60)), alnum(60)],
  ['GitLab', j('gl', 'pat-', alnum(20)), alnum(20)],
  ['Slack', j('xo', 'xb-1234567890-', alnum(24)), alnum(24)],
  ['Slack webhook', `https://hooks.slack.com/services/${j('T00000000/', 'B00000000/', alnum(24))}`, alnum(24)],
  ['Google', j('AI', 'za', alnum(35)), alnum(35)],
  ['Hugging Face', `HF_TOKEN=${j('h', 'f_', alnum(34))}`, alnum(34)],
  ['OpenAI', j('s', 'k-proj-', alnum(48)), alnum(48)],
  ['Databricks', j('da', 'pi', hex(32)), hex(32)],
  ['npm', j('np', 'm_', alnum(36)), alnum(36)],
  ['function key in a URL', `https://f.azurewebsites.net/api/x?code=${alnum(40)}==`, alnum(40)],
  ['cookie', `Set-Cookie: ARRAffinity=${alnum(40)}; Path=/`, alnum(40)],
  ['session token', `aws_session_token=${b64(100)}`, b64(100)],
  ['SAS, short', 'https://a.b/c?sv=1&sig=aB3dEf9hIjKlMnO%3D', 'aB3dEf9hIjKlMnO'],
  ['SAS of five characters', 'GET /c?se=1&sig=aB3%2F9&sp=r', 'aB3%2F9'],
  ['SAS alone', 'sig=Zq8xYz1234567890A', 'Zq8xYz1234567890A'],
  ['SAS, encoded twice', `url=https%253A%252F%252Fa%253Fse%253D1%2526sig%253D${alnum(17)}%2526sp%253Dr`, alnum(17)],
  ['SAS in HTML', `<a href="https://a/?se=1&amp;sig=${alnum(20)}&amp;sp=r">`, alnum(20)],
  ['password with signs', 'login failed: Password=Pa5$w0rd!Zq81', ['Pa5$w0rd', 'Zq81', 'w0rd']],
  ['password with an exclamation mark', 'password=Hunter2!', 'Hunter2'],
  ['password with a comma', 'password=Hun,ter2&x9', ['Hun', 'ter2', 'x9']],
  ['password in quotes with everything', `password="a b;c,d&e<f>'(g)h9"`, ['b;c', 'e<f', 'h9']],
  ['password with an escaped quote', String.raw`{"password":"Hun\"ter2X"}`, ['Hun', 'ter2X']],
  ['password of figures', 'PASSWORD=20241231', '20241231'],
  ['Django', "SECRET_KEY = 'django-insecure-9x$k2m@q7w!'", ['9x$k2m', 'q7w']],
  ['camel case', '{"secretKey":"aB3dEf9hIj"}', 'aB3dEf9hIj'],
  ['primary key of a service', '"primaryKey": "q7W8e9R0t1Y2u3I4"', 'q7W8e9R0t1Y2u3I4'],
  ['secondary key', 'secondary_key=q7W8e9R0t1Y2u3I4', 'q7W8e9R0t1Y2u3I4'],
  ['master key', 'master_key: q7W8e9R0t1Y2u3I4', 'q7W8e9R0t1Y2u3I4'],
  ['pass', 'pass=xYz81-qwe', 'xYz81-qwe'],
  ['DB_PASS', 'export DB_PASS=xYz81qwe', 'xYz81qwe'],
  ['dbPass', 'dbPass: "xYz81qwe"', 'xYz81qwe'],
  ['identity header', `IDENTITY_HEADER=${guid}`, guid],
  ['MSI secret', `MSI_SECRET=${alnum(32)}`, alnum(32)],
  ['DevOps token, old', `token ${'ab2cd3ef4gh5ij6kl7mn'.repeat(3).slice(0, 52)} used`, 'ab2cd3ef4gh5'],
  ['DevOps token, new', `${alnum(76)}AZDO${alnum(4)}`, alnum(76)],
  ['DevOps variable', `AZURE_DEVOPS_EXT_PAT=${alnum(52)}`, alnum(52)],
  ['Fernet key', `FERNET_KEY=${b64(43).replaceAll(/[+/]/g, '_')}=`, b64(20)],
  ['Fernet key alone', `Fernet("${b64(43).replaceAll(/[+/]/g, '-')}=")`, b64(20)],
  ['XML', '<password>x1y2-Zq</password>', 'x1y2-Zq'],
  ['XML with an attribute', '<Password type="plain">x1y2 Zq</Password>', ['x1y2', 'Zq<']],
  ['settings file', '<add key="DbPassword" value="x1y2-Zq"/>', 'x1y2-Zq'],
  ['value in JSON', '{"name": "DB_PASSWORD", "value": "x1y2-Zq"}', 'x1y2-Zq'],
  ['value in YAML', '- name: DB_PASSWORD\n  value: x1y2-Zq', 'x1y2-Zq'],
  ['curl', "curl -u etl:x1y2-Zq 'https://a.b'", 'x1y2-Zq'],
  ['curl in quotes', 'curl --user "etl:x1 y2-Zq" https://a.b', ['y2-Zq', 'x1 ']],
  ['curl in a list', "['curl', '-u', 'etl:x1y2-Zq']", 'x1y2-Zq'],
  ['requests', "requests.get(url, auth=('etl', 'x1y2-Zq'))", 'x1y2-Zq'],
  ['basic auth', 'HTTPBasicAuth("etl", "x1y2-Zq")', 'x1y2-Zq'],
  ['Docker', `{"auths":{"r.io":{"auth": "${b64(24)}"}}}`, b64(24)],
  ['on the next line', 'password:\n  x1y2-Zq81', 'x1y2-Zq81'],
  ['on the next line, in quotes', '"password":\n  "x1y2 Zq81"', ['x1y2', 'Zq81']],
  ['YAML block', 'client_secret: >-\n  x1y2Zq81abc', 'x1y2Zq81abc'],
  ['key wrapped over lines', `account_key=${b64(64)}\n${b64(86).slice(64)}==\nnext`, [b64(40), b64(86).slice(64)]],
  ['encoded name and value', 'body=password%3DHunter2%21%26user%3Dx', 'Hunter2'],
  ['encoded key', `AccountKey%3D${encodeURIComponent(accountKey)}%3BEndpointSuffix%3Dx`, encodeURIComponent(b64(60))],
  ['braces', 'Driver={ODBC};Pwd={a;b1};Uid=x', 'a;b1'],
  ['Korean', '비밀번호=Hunter2!입니다', 'Hunter2'],
  ['Korean, spaced', '사용자 비밀번호: Hunter2! 실패', 'Hunter2'],
  ['Hangul around', `오류:${j('gh', 'p_', alnum(36))}를 사용`, alnum(36)],
  ['wide colon', 'password：Hunter2!', 'Hunter2'],
  ['Chinese', '密码：Hunter2!', 'Hunter2'],
  ['German', 'Passwort=Sommer24', 'Sommer24'],
  ['JSON within JSON', String.raw`"{\"password\":\"Hunter2x\",\"user\":\"y\"}"`, 'Hunter2x'],
  ['JSON within JSON within JSON', String.raw`"{\\\"api_key\\\":\\\"Hunter2x9y8z7\\\"}"`, 'Hunter2x9y8z7'],
  ['environment dump in Python', `environ({'HOME': '/root', 'API_SECRET': 'Hunter2x', 'A': 'b'})`, 'Hunter2x'],
  ['environment dump in a shell', `HOME=/root\nSTORAGE_KEY=${alnum(20)}\nPATH=/bin`, alnum(20)],
  ['declare', `declare -x NPM_TOKEN="${alnum(20)}"`, alnum(20)],
  ['file name', 'logs/user/password=Hunter2x.txt', 'Hunter2x'],
  ['netrc', 'machine a.b login etl password x1y2Zq', 'x1y2Zq'],
  ['SQL user', "CREATE USER a IDENTIFIED BY 'x1y2Zq'", 'x1y2Zq'],
  ['sshpass', 'sshpass -p x1y2Zq ssh a@b', 'x1y2Zq'],
  ['mysql', 'mysql -u root -px1y2Zq db', 'x1y2Zq'],
  ['PGPASSWORD', 'PGPASSWORD=x1y2Zq psql', 'x1y2Zq'],
  ['Redis', 'a.redis.cache.windows.net:6380,password=x1y2Zq=,ssl=True', 'x1y2Zq'],
  ['Application Insights', `InstrumentationKey=${guid};IngestionEndpoint=https://x/`, guid],
  ['Telegram', `bot${'1234567890'}:AA${alnum(33)}`, alnum(33)],
  ['Anthropic', j('s', 'k-ant-api03-', alnum(80)), alnum(80)],
  ['GitHub server', j('gh', 's_', alnum(36)), alnum(36)],
  ['NuGet', `key ${j('oy', '2', alnum(43).toLowerCase())}`, alnum(43).toLowerCase()],
  ['hash rocket', ":password => 'x1y2Zq'", 'x1y2Zq'],
  ['in a bracket', "os.environ['DB_PASSWORD'] = 'x1y2Zq'", 'x1y2Zq'],
  ['f-string result', 'connecting with (user=etl, password=x1y2Zq)', 'x1y2Zq'],
  ['option with equals', '--client-secret=x1y2Zq.81~a', 'x1y2Zq.81~a'],
  ['element named by an attribute', "<property name='password'>x1y2-Zq</property>", 'x1y2-Zq'],
  ['value before its name', '<add value="x1y2-Zq" key="DbPassword"/>', 'x1y2-Zq'],
  ['value before its name in JSON', '{"value": "x1y2-Zq", "name": "DB_PASSWORD"}', 'x1y2-Zq'],
  ['curl without a space', 'curl -uetl:x1y2-Zq https://a.b', 'x1y2-Zq'],
  ['after an empty line', 'password:\n\n  x1y2-Zq81', 'x1y2-Zq81'],
  ['in a sentence', 'The password is Zq7Xw91Kp and the user etl', 'Zq7Xw91Kp'],
  ['in a sentence with a colon', 'Password is: Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['in a Korean sentence', '비밀번호는 Zq7Xw91Kp입니다', 'Zq7Xw91Kp'],
  ['in a table', '| password | Zq7Xw91Kp |', 'Zq7Xw91Kp'],
  ['in CSV', 'password,Zq7Xw91Kp\n"password","Zq8Xw91Kp"', ['Zq7Xw91Kp', 'Zq8Xw91Kp']],
  ['raw authorization', `Authorization: ${alnum(32)}`, alnum(32)],
  ['Python prefixes', `password=b'x1y2-Zq' token_password=u"x3y4-Zq"`, ['x1y2-Zq', 'x3y4-Zq']],
  ['YAML tag', 'password: !!str x1y2Zq81', 'x1y2Zq81'],
  ['wrapper', "{'password': SecretStr('x1y2-Zq')}", 'x1y2-Zq'],
  ['arrow', 'password -> x1y2Zq81', 'x1y2Zq81'],
  ['short name', 'user=etl pw=x1y2Zq81', 'x1y2Zq81'],
  ['hash of a password', `user_password_hash=${alnum(24)}`, alnum(24)],
  ['short token of the environment', 'export GITHUB_TOKEN="Zq7Xw91Kp"', 'Zq7Xw91Kp'],
  ['name that has otp in it', 'auth.rootPassword=Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['option of helm', 'helm install x --set auth.rootPassword=Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['secure string of a pipeline', '"type": "SecureString", "value": "Zq7Xw91Kp"', 'Zq7Xw91Kp'],
  ['PowerShell', '$x = ConvertTo-SecureString "Zq7Xw91Kp" -AsPlainText -Force', 'Zq7Xw91Kp'],
  ['az login', 'az login --service-principal -u app -p Zq7Xw91Kp --tenant t', 'Zq7Xw91Kp'],
  ['docker login', 'docker login -u etl -p Zq7Xw91Kp r.io', 'Zq7Xw91Kp'],
  ['sqlcmd', 'sqlcmd -S h -U etl -P Zq7Xw91Kp -Q "x"', 'Zq7Xw91Kp'],
  ['bcp', 'bcp db.t in f -S h -U etl -P Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['unzip', 'unzip -P Zq7Xw91Kp a.zip', 'Zq7Xw91Kp'],
  ['7z', '7z x -pZq7Xw91Kp a.7z', 'Zq7Xw91Kp'],
  ['pipe to kinit', 'echo Zq7Xw91Kp | kinit etl', 'Zq7Xw91Kp'],
  ['pipe to sudo', 'echo "Zq7Xw91Kp" | sudo -S ls', 'Zq7Xw91Kp'],
  ['three quotes', 'password = ""' + '"Zq7Xw91Kp""' + '"', 'Zq7Xw91Kp'],
  ['three single quotes', "PASSWORD = '''Zq7Xw91Kp'''", 'Zq7Xw91Kp'],
  ['YAML block with an indent', 'password: |2-\n    Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['CDATA', '<password><![CDATA[Zq7Xw91Kp]]></password>', 'Zq7Xw91Kp'],
  ['XML on the next line', '<password>\n  Zq7Xw91Kp\n</password>', 'Zq7Xw91Kp'],
  ['next line of a log', '2020-05-06 05:50:01 INFO password:\n2020-05-06 05:50:01 INFO   Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['list in JSON', '{"passwords": ["Zq7Xw91Kp", "Zq8Xw91Kp"]}', ['Zq7Xw91Kp', 'Zq8Xw91Kp']],
  ['object in JSON', '{"password": {"value": "Zq7Xw91Kp"}}', 'Zq7Xw91Kp'],
  ['digest', `Authorization: Digest username="a", response="${hex(32)}"`, hex(32)],
  ['keys of an account', `"keys":[{"keyName":"key1","value":"${alnum(40)}=="}]`, alnum(40)],
  ['Vault', j('hv', 's.', alnum(40)), alnum(40)],
  ['Kaggle', `{"username":"x","key":"${hex(32)}"}`, hex(32)],
  ['wandb', `wandb login ${hex(40)}`, hex(40)],
  ['key of a call', `AzureKeyCredential("${hex(32)}")`, hex(32)],
  ['key of a storage client', `StorageSharedKeyCredential("acct", "${alnum(40)}==")`, alnum(40)],
  ['client secret of a call', 'ClientSecretCredential("t", "c", "Zq7~Xw91Kp.abc")', 'Zq7~Xw91Kp.abc'],
  ['login of mail', 'smtp.login("a@b.c", "Zq7Xw91Kp")', 'Zq7Xw91Kp'],
  ['JSON in a URL', '%7B%22password%22%3A%22Zq7Xw91Kp%22%7D', 'Zq7Xw91Kp'],
  ['JSON with escaped quotes', '{\\u0022password\\u0022:\\u0022Zq7Xw91Kp\\u0022}', 'Zq7Xw91Kp'],
  ['JSON in HTML', '&quot;password&quot;: &quot;Zq7Xw91Kp&quot;', 'Zq7Xw91Kp'],
  ['Korean secret key', '비밀 키: Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['Korean token', '토큰=Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['Korean key', '인증키: Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['Korean, short', '비번: Zq7Xw91Kp', 'Zq7Xw91Kp'],
  ['token in a file name', `logs/user/token-${j('gh', 'p_', alnum(36))}.txt`, alnum(36)],
  ['column of a dump', 'DB_PASSWORD          Zq7Xw91Kp', 'Zq7Xw91Kp'],
  [
    'SAS over two lines',
    'https://a.b/c?sv=1&sig=aB3dEf9hIjKlMnO\n  pQrStUvWxYz0123456789%3D&se=1',
    ['aB3dEf9hIjKlMnO', 'pQrStUvWxYz0123456789'],
  ],
  ['SSHPASS', 'SSHPASS=Zq7Xw91Kp ssh a', 'Zq7Xw91Kp'],
  ['shared key of a network', 'PSK="Zq7Xw91Kp"', 'Zq7Xw91Kp'],
  [
    'key of PuTTY',
    `Public-Lines: 1\n${b64(60)}\nPrivate-Lines: 2\n${pem[0]}\n${b64(32)}\nPrivate-MAC: ${hex(64)}`,
    [pem[0] ?? '', b64(32), hex(64)],
  ],
  ['code of a device in JSON', `{"device_code": "${alnum(40)}", "interval": 5}`, alnum(40)],
  ['code that a person types', '{"user_code":"WDJB-MJHT","expires_in":900}', 'WDJB-MJHT'],
  [
    'sign-in of Azure',
    'To sign in, use a web browser to open the page https://microsoft.com/devicelogin and enter the code FQ7RB2XKT to authenticate.',
    'FQ7RB2XKT',
  ],
  ['sign-in of GitHub', '! First copy your one-time code: 5AB1-9C2D', '5AB1-9C2D'],
  ['PIN', 'unlocking token, PIN=48213', '48213'],
  ['PIN in JSON', '{"card_pin": "4821"}', '4821'],
  ['code of an app', 'login etl otp=482913', '482913'],
  ['code in a message', 'Your verification code is 482 913', '482 913'],
  ['code of an authorization', `grant_type=authorization_code&authorization_code=0.${alnum(60)}`, alnum(60)],
  ['salt', `salt=${hex(32)} rounds=12`, hex(32)],
  ['salt of a hash in JSON', `{"password_salt":"${hex(16)}x", "salt": "${b64(22)}=="}`, [hex(16), b64(22)]],
];

/** Texts without a secret. */
const nearMisses: [string, string][] = [
  ['SHA-256', `sha256:${hex(64)} verified`],
  ['a line that is a SHA-256', `${hex(64)}`],
  ['SHA-512 of a package', `"integrity": "sha512-${b64(86)}=="`],
  ['commit', `commit ${hex(40)}`],
  ['mini-batch id', 'Got task 8a7f3c2e91d4. mini_batch_id=minibatch_00017 batch-3fa85f64'],
  ['run id', `run ${guid} started`],
  ['signature of errors', 'signature v1:733ae49ae86ae849 seen 51 times'],
  ['short sig', 'sig=11 means SIGSEGV, sig=15'],
  ['count of tokens', 'prompt tokens: 2048, max_tokens=4096, token: 17'],
  ['prose', 'The password is missing. Bearer token expired. Invalid authorization header.'],
  ['placeholder', 'password=****** api_key=<hidden> token=$(TOKEN) secret=None AccountKey=xxxx'],
  ['name of a secret', 'secret_name=etl-secret key_vault=kv1'],
  ['Python key error', "KeyError: 'sku_17'"],
  ['URL with a port', 'http://localhost:8080/a@b'],
  ['primary key', 'ON CONFLICT (primary key) DO NOTHING; key = value'],
  ['container', 'pulled mcr.microsoft.com/azureml/base@sha256:0f1e2d3c'],
  ['public key', '-----BEGIN PUBLIC KEY-----'],
  ['eyJ in a word', 'eyJust a word'],
  ['author', 'authored by nobody'],
  ['token type', 'token_type=Bearer expires_in=3599'],
  ['working folder', 'PWD=/mnt/azureml/cr/j/abc123/exe/wd\nOLDPWD=/home/x9'],
  ['class of a credential', 'credential: DefaultAzureCredential'],
  ['class with its module', 'using credential=azure.identity.ManagedIdentityCredential()'],
  ['pinned version', 'numpy==1.26.4.1 pandas==10.0.0.4'],
  ['passed', 'tests passed: 17, bypass=true, compass: north'],
  ['pass of a loop', 'pass: 3 of 10'],
  ['attempt to authenticate', 'Invalid password: the account is locked'],
  ['question for a password', 'Password:\nTraceback (most recent call last):'],
  ['key of a dictionary', 'key: value_column, keys=3'],
  ['sort key', 'sort_key=created_at partition_key=node_17'],
  ['foreign key', 'foreign key (batch_id) references batch'],
  ['public key id', 'key_id=17 keyboard: us'],
  ['secret as a noun', 'The secret is not in the vault. Secret: not found'],
  ['vault', 'https://kv1.vault.azure.net/secrets/etl-password'],
  ['path of a secret', 'credentials=/mnt/secrets/azure/credentials.json'],
  ['placeholder in Python', j('password=os.environ["X"] token=$', '{{ secrets.TOKEN }}')],
  ['mask of stars', 'password: ******** secret: <redacted>'],
  ['signal', '?sig=11&x=1 sig=SIGTERM'],
  ['tokens in a model', 'token: "ing" token_id=50256 tokens/s=17.3'],
  ['tokenizer', 'tokenizer=bert-base-uncased pad_token=[PAD] eos_token=</s>'],
  ['session', 'session: started, SessionId missing'],
  ['header', 'header=id,name,score header: 3 columns'],
  ['hash of a file', `md5=${hex(32)} etag=0x8D${hex(13).toUpperCase()}`],
  ['UUID of a container', `container ${hex(64)}`],
  ['call that asks', 'password=getpass() pwd=read_password(prompt)'],
  ['label of a field', '<label for="password">Enter your password</label>'],
  ['prose with figures', 'password reset at 10:00, password policy Version2 applies, secret rotated 17 times'],
  ['table of names', '| password | required |\npassword,user,host\nsecret 10.0.0.4'],
  ['date on the line after a question', 'password:\n2020-05-06 05:50:01 INFO asked for it'],
  ['tokens in Korean', '토큰: 2048, 토큰 수=17, 인증키 없음, 비밀번호: 없음'],
  ['ports and folders of docker', 'docker run -p 8080:80 -v /a:/b img; mkdir -p logs/user; python -u run.py'],
  ['commands without a secret', 'unzip -o a.zip; 7z x a.7z; wandb login; echo done | tee log'],
  ['sig at the end of a line', 'handler sig=SIGTERM\n  restarting worker17'],
  ['codes of programs', 'exit code: 137, status_code=404, error_code: E0625, return code 1, code=17, codec=utf8'],
  ['codes of a country', 'country_code=KR zip code: 04524 user codes: none, use code path A'],
  ['pins of a board', 'pin: 13, pin_memory=True, PIN=4 pinned 12345 spin=12345 pin to core 3'],
  ['words with otp', 'otp: enabled, laptop=12345 prototype=12345, OTP missing'],
  ['salt as a word', 'salt: default, salt=none, salted 12345678a, basalt=rock12345'],
  ['sign-in codes in prose', 'enter the code below; use the code editor; verification code expired'],
  ['mini-batch and item ids', 'task_id=0f1e2d3c4b5a item=images/cat_0123456789abcdef.png'],
];

const all: RedactionKind[] = [...redactionKinds];
const redact = (text: string, kinds: Iterable<RedactionKind> = all) => {
  const redactor = new Redactor(kinds);
  redactor.learn(text);
  const out = redactor.apply(text);
  expect(redactor.leaks(out)).toEqual([]);
  return out;
};

describe('secrets', () => {
  test.each(credentials)('%s is hidden', (_name, text, gone) => {
    const out = redact(text, ['secrets']);
    for (const value of [gone].flat()) expect(out).not.toContain(value);
    expect(out).toMatch(/secret-\d/);
    expect(out.split('\n')).toHaveLength(text.split('\n').length);
  });

  test('the corpus is as large as it says', () => {
    expect(credentials.length).toBeGreaterThanOrEqual(180);
    expect(nearMisses.length).toBeGreaterThanOrEqual(55);
  });

  test.each(nearMisses)('%s stays', (_name, text) => {
    expect(redact(text, ['secrets'])).toBe(text);
  });

  test('a secret is hidden also where nothing tells of it, and encoded', () => {
    const plain = decodeURIComponent(sig);
    const out = redact(`?sig=${sig}\nretry with ${plain} failed\n{"s":"${plain.replaceAll('/', '\\/')}"}`);
    expect(out).toBe('?sig=secret-1\nretry with secret-1 failed\n{"s":"secret-1"}');
  });

  test('a value from a file name or the end of a sentence is hidden also alone', () => {
    expect(redact('logs/password=Hunter2x.txt and Hunter2x', ['secrets'])).toBe('logs/password=secret-1 and secret-1');
    expect(redact('password=Hunter2x! Then Hunter2x', ['secrets'])).toBe('password=secret-1 Then secret-1');
  });

  test('what stands around it stays', () => {
    expect(redact(`AccountName=acct;AccountKey=${accountKey};EndpointSuffix=x`)).toBe(
      'AccountName=acct;AccountKey=secret-1;EndpointSuffix=x',
    );
  });
});

describe('identities', () => {
  const cases: [string, string, string][] = [
    ['e-mail', 'sent to Anna.Meier+x@contoso.co.uk, cc bob@x.io', 'sent to email-1, cc email-2'],
    [
      'subscription',
      `/subscriptions/${guid}/resourceGroups/rg-prod/providers/x`,
      '/subscriptions/subscription-1/resourceGroups/group-1/providers/x',
    ],
    ['tenant', `"tenantId": "${guid}"`, '"tenantId": "tenant-1"'],
    [
      'authority',
      `https://login.microsoftonline.com/${guid}/oauth2`,
      'https://login.microsoftonline.com/tenant-1/oauth2',
    ],
    [
      'workspace',
      `Microsoft.MachineLearningServices/workspaces/ml-eu/experiments`,
      'Microsoft.MachineLearningServices/workspaces/workspace-1/experiments',
    ],
    ['environment', `AZUREML_ARM_SUBSCRIPTION=${guid}`, 'AZUREML_ARM_SUBSCRIPTION=subscription-1'],
    ['client', `client_id=${guid.toUpperCase()}`, 'client_id=identity-1'],
    ['home', '/home/anna/x.py imported by anna', '/home/user-1/x.py imported by user-1'],
    [
      'Windows',
      'C:\\Users\\Anna Meier\\x.py and C:\\\\Users\\\\bob\\\\y',
      'C:\\Users\\user-1\\x.py and C:\\\\Users\\\\user-2\\\\y',
    ],
    ['Mac', 'File "/Users/anna/run.py", line 3', 'File "/Users/user-1/run.py", line 3'],
    [
      'compute instance',
      '/mnt/batch/tasks/shared/LS_root/mounts/clusters/ci/code/Users/anna.meier/a.py',
      '/mnt/batch/tasks/shared/LS_root/mounts/clusters/ci/code/Users/user-1/a.py',
    ],
    ['address', 'from 10.0.0.4:9123 to 20.1.2.3', 'from ip-1:9123 to ip-2'],
    ['address in a path', 'logs/sys/poison_tasks_10.0.0.4_313.txt', 'logs/sys/poison_tasks_ip-1_313.txt'],
    ['address with dashes', 'host ip-10-0-0-4 is 10.0.0.4', 'host ip-ip-1 is ip-1'],
    ['IPv6', 'bind 2001:db8::7 and fe80::1ff:fe23:4567:890a', 'bind ip-1 and ip-2'],
    ['bare 1.2.3.4', 'connect 1.2.3.4', 'connect ip-1'],
  ];
  test.each(cases)('%s', (_name, text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  const kept: [string, string][] = [
    ['versions', 'v1.2.3.4 version 1.2.3.4 numpy==1.2.3.4 azureml-core-1.2.3.4 Python/3.6.9.1 (1.2.3.4.5)'],
    ['figures', '1.2.3 300.1.2.3 0.1.2 10.5 2020.05.06'],
    ['addresses of everybody', '127.0.0.1 0.0.0.0 255.255.255.255 169.254.169.254 ::1'],
    ['times', '05:50:21.823 12:34:56:789 std::vector dead::beef a::b'],
    [
      'places that look like mail',
      'wasbs://data@acct.blob.core.windows.net/x abfss://c@a.dfs.core.windows.net icon@2x.png git@github.com',
    ],
    ['accounts of everybody', '/home/azureuser/x /root/y C:\\Users\\Public\\z /home/runner/w'],
    ['GUIDs of nobody', `request ${guid} operation_id=${guid}`],
  ];
  test.each(kept)('%s stay', (_name, text) => {
    expect(redact(text)).toBe(text);
  });

  test('10.0.0.4 is not in 10.0.0.45', () => {
    const redactor = new Redactor(all);
    redactor.learnValue('ips', 'IP address', 'ip', '10.0.0.4');
    expect(redactor.apply('a 10.0.0.45 110.0.0.4 10.0.0.4.')).toBe('a ip-2 ip-3 ip-1.');
  });

  test('a kind that is off stays, secrets never', () => {
    const text = '/home/anna 10.0.0.4 password=Geheim123';
    expect(redact(text, ['secrets'])).toBe('/home/anna 10.0.0.4 password=secret-1');
    expect(redact(text, ['secrets', 'ips'])).toBe('/home/anna ip-1 password=secret-1');
  });
});

test('the same value has the same name, numbered in the order of learning', () => {
  const redactor = new Redactor(all);
  for (const node of ['10.0.0.4', '10.0.0.5']) redactor.learnValue('ips', 'IP address', 'ip', node);
  expect(redactor.apply('10.0.0.5 then 10.0.0.4, again 10.0.0.5')).toBe('ip-2 then ip-1, again ip-2');
  expect(redactor.counts().find(({ kind }) => kind === 'ips')).toEqual({ kind: 'ips', on: true, values: 2, places: 3 });
  expect(redactor.list()[0]).toMatchObject({ pseudonym: 'ip-2', sample: '10.0.0.5', places: 2 });
});

test('lines that stand together keep their number', () => {
  const lines = ['before', '-----BEGIN PRIVATE KEY-----', ...pem, '-----END PRIVATE KEY-----', 'after 10.0.0.4'];
  const out = new Redactor(all).applyLines(lines);
  expect(out).toEqual([
    'before',
    '-----BEGIN PRIVATE KEY-----',
    'secret-1',
    'secret-1',
    'secret-1',
    '-----END PRIVATE KEY-----',
    'after ip-1',
  ]);
});

test('the first half of a known secret is hidden where a text was cut', () => {
  const redactor = new Redactor(all);
  redactor.learn(`key ${accountKey}`);
  expect(redactor.apply(`cut: ${accountKey.slice(0, 40)}`)).toBe('cut: secret-1');
  expect(redactor.apply(`not: ${accountKey.slice(0, 5)}`)).toBe(`not: ${accountKey.slice(0, 5)}`);
});

test('leaks are found in every form', () => {
  const redactor = new Redactor(all);
  redactor.learn(`password=a"b<c&d/e1234 /home/anna 10.0.0.4 ?sig=${sig}`);
  redactor.learn('{"password": "Ab/cd+ef&gh==12"}');
  for (const text of [
    '<b title="10.0.0.4">',
    'x_10-0-0-4',
    'ANNA',
    sig,
    decodeURIComponent(sig),
    'Ab\\/cd+ef&gh==12',
    'Ab/cd+ef&amp;gh==12',
    encodeURIComponent('Ab/cd+ef&gh==12'),
  ]) {
    expect(redactor.leaks(text), text).toHaveLength(1);
  }
  expect(redactor.leaks('Hannah 10.0.0.40')).toEqual([]);
});

test('whatever the text, nothing that was found is left, and lines stay', () => {
  const piece = fc.oneof(
    fc.constantFrom(...credentials.map(([, text]) => text)),
    fc.string(),
    fc.constantFrom(' ', '\n', '"', "'", ';', '&', '\\', '\u202e', '\u0000'),
    fc.ipV4(),
    fc.emailAddress(),
    fc.constantFrom('/home/anna/', 'C:\\Users\\bob\\', `/subscriptions/${guid}`),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      const redactor = new Redactor(all);
      redactor.learn(text);
      const out = redactor.apply(text);
      expect(out.split('\n').length).toBe(text.split('\n').length);
      expect(redactor.leaks(out)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test('the cost of a long line grows with its length, not with its square', () => {
  const texts = (times: number) => [
    'lorem password ipsum 10.0.0 key token aaaa-bbbb@ Bearer eyJ '.repeat(5_000 * times),
    'a'.repeat(300_000 * times),
  ];
  const cost = (times: number) => {
    const before = cpuMilliseconds();
    for (const text of texts(times)) new Redactor(all).apply(text);
    return cpuMilliseconds() - before;
  };
  cost(1);
  // A backtracking pattern would take 256 times as long.
  expect(cost(16)).toBeLessThan(64 * Math.max(cost(1), 20));
});
