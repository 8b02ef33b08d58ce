/**
 * The entrance is a page of its own that exchanges a one-time code for the session and then leads
 * to the app. The code stands in the fragment (`/enter#CODE`), which a browser sends to nobody.
 * What follows the code (`&testing=1`, `#/logs?…`) is passed on.
 */
import type { Assets } from '../host/assets.ts';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Postrun</title>
    <link rel="icon" href="data:," />
    <script type="module" src="/enter.js"></script>
  </head>
  <body>
    <p id="said">Opening Postrun …</p>
  </body>
</html>
`;

const script = `const [, code, query, place] = /^#?([\\w-]*)([^#]*)(.*)$/s.exec(location.hash);
const say = (text) => {
  document.getElementById('said').textContent = text;
};
try {
  const reply = await fetch('/enter', { method: 'POST', body: code });
  if (reply.ok) {
    const { start } = await reply.json();
    location.replace(start + (query === '' ? '' : (start.includes('?') ? '&' : '?') + query.replace(/^[&?]/, '')) + place);
  } else {
    say(await reply.text());
  }
} catch {
  say('Postrun does not answer. Is it still running?');
}
`;

export const entranceAssets: Assets = new Map([
  ['/enter', { type: 'text/html; charset=utf-8', body: Buffer.from(page) }],
  ['/enter.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from(script) }],
]);

/** What the entrance says when a code is wrong or was used. */
export const usedCode =
  'This address was used already, or is of an earlier start. Press Enter where Postrun runs to get a new one, or start it again.\n';
