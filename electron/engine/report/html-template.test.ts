/** Tests that a template never turns text into markup. */
import { expect, test } from 'vitest';
import { html, joined, unescaped } from './html-template.ts';

const attack = `<script>alert("x")</script> & 'y'`;

test('a text is escaped between tags and in attributes, markup of a template is not', () => {
  const safe = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;';
  expect(String(html`<p title="${attack}">${attack}</p>`)).toBe(`<p title="${safe}">${safe}</p>`);
  expect(String(html`<div>${html`<b>${'<i>'}</b>`}</div>`)).toBe('<div><b>&lt;i&gt;</b></div>');
  expect(String(html`<a href="#f${3}" title="${'"'}">${'a'}</a>`)).toBe('<a href="#f3" title="&quot;">a</a>');
});

test('what cannot be seen is shown: in colour between tags, plain in attributes', () => {
  expect(String(html`<b id="${'\u202e'}">${'\u001b'}</b>`)).toBe(
    '<b id="\\u{202e}"><span class="ctl">\\x1b</span></b>',
  );
});

test('lists are put in item by item, and layout of the source is left out', () => {
  const items = ['a<', 'b'].map((item) => html`<li>${item}</li>`);
  expect(
    String(html`
      <ul>
        ${items}
      </ul>
    `),
  ).toBe('<ul><li>a&lt;</li><li>b</li></ul>');
  expect(String(html`${joined(['a', 'b', '<'], ', ')}${[]}`)).toBe('a, b, &lt;');
  expect(String(html`<style>${unescaped('a > b {}')}</style>`)).toBe('<style>a > b {}</style>');
});
