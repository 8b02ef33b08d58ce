/**
 * Styles of the HTML report: light and dark, in one column that reads well on a phone and on paper.
 * The same style sheet serves the preview in the app, in a shadow tree (`:host`), where
 * `data-theme` overrides the system's preference.
 */
const light = `
  color-scheme: light;
  --page: #ffffff; --sunken: #f4f5f7; --line: #dcdfe5; --text: #1a1d23; --soft: #4d5562; --accent: #0b5cad;
  --good: #009e73; --good-text: #00694d; --partial: #c98a00; --partial-text: #7a5200;
  --bad: #d0480b; --bad-text: #a63400; --bad-tint: #fdeee7; --timed: #b1588f; --timed-text: #8a3a6b;
  --open: #7c8594; --open-text: #565e6b; --mark: #b3005e; --curve: #0072b2; --curve-tint: #0072b224;`;
const dark = `
  color-scheme: dark;
  --page: #15181d; --sunken: #1e2229; --line: #363d48; --text: #e3e6eb; --soft: #aab2be; --accent: #7dbaf8;
  --good: #2bb38a; --good-text: #4fd0a8; --partial: #e0a526; --partial-text: #edbb55;
  --bad: #ee6a35; --bad-text: #ff9a70; --bad-tint: #38221a; --timed: #cf7fb2; --timed-text: #e5a0cc;
  --open: #8b95a5; --open-text: #b0b8c4; --mark: #ff7ab8; --curve: #4ea8e0; --curve-tint: #4ea8e02e;`;

export const reportStyle = `
:root, :host { ${light} }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]), :host(:not([data-theme="light"])) { ${dark} } }
@media screen { :root[data-theme="dark"], :host([data-theme="dark"]) { ${dark} } }
*, *::before, *::after { box-sizing: border-box; }
body, .report { margin: 0; background: var(--page); color: var(--text);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; -webkit-text-size-adjust: 100%; }
.report { padding: 32px 24px 48px; }
.report > * { max-width: 1000px; margin-inline: auto; }
a { color: var(--accent); text-underline-offset: 2px; }
h1 { font-size: 22px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 17px; line-height: 1.3; margin: 40px 0 12px; padding-top: 12px; border-top: 1px solid var(--line); }
h3 { font-size: 14px; margin: 24px 0 8px; overflow-wrap: anywhere; }
p { margin: 0 0 8px; max-width: 76ch; overflow-wrap: anywhere; }
p.small { max-width: 120ch; }
.soft { color: var(--soft); }
.small { font-size: 12px; }
.mono, pre, code {
  font-family: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
  font-size: 12px;
}
.lead { font-size: 17px; line-height: 1.4; margin: 12px 0; }
.status {
  display: inline-block; font-weight: 600; font-size: 12px; line-height: 20px; padding: 0 8px; border-radius:
  4px; border: 1px solid currentColor;
}
.status--succeeded, .is-succeeded { color: var(--good-text); }
.status--failed, .is-failed { color: var(--bad-text); }
.status--cancelled, .is-timed_out { color: var(--timed-text); }
.is-partial { color: var(--partial-text); }
.status--running, .status--unknown, .is-unfinished { color: var(--open-text); }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 16px 24px; margin: 0; }
.facts--times { grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); }
.facts > div { min-width: 0; }
.facts dt { color: var(--soft); font-size: 12px; }
.facts dd { margin: 0; font-size: 17px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.facts dd small { display: block; font-size: 12px; color: var(--soft); }
.contents {
  margin: 16px 0 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: 4px 16px; font-size:
  13px;
}
.cause {
  border-left: 4px solid var(--bad); background: var(--bad-tint); padding: 12px 16px; margin: 16px auto;
  border-radius: 0 4px 4px 0;
}
.cause h3 { margin: 0 0 4px; font-size: 15px; }
.cause > :last-child { margin-bottom: 0; }
.quote { margin: 8px 0 16px; }
.quote figcaption { font-size: 12px; color: var(--soft); margin-bottom: 4px; overflow-wrap: anywhere; }
.quote ol {
  margin: 0; padding: 8px 0; list-style: none; background: var(--sunken); border: 1px solid var(--line);
  border-radius: 4px;
}
.quote li { display: grid; grid-template-columns: 5.5em minmax(0, 1fr); padding: 0 12px 0 0; }
.quote li > a {
  text-align: right; padding-right: 12px; text-decoration: none; user-select: none; font-variant-numeric:
  tabular-nums;
}
.quote li > a:hover { text-decoration: underline; }
.quote code { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.quote li.gap { color: var(--soft); padding-left: 5.5em; display: block; font-size: 12px; }
.quote .note { margin: 0 0 4px; white-space: pre-wrap; }
.evidence { margin: 8px 0 16px; padding: 0; list-style: none; }
.evidence li { margin: 0 0 6px; padding-left: 12px; border-left: 2px solid var(--line); }
.evidence a { display: block; overflow-wrap: anywhere; }
.evidence code { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate; }
.ctl { color: var(--mark); }
.scroll { overflow-x: auto; margin: 8px 0 16px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td {
  text-align: left; vertical-align: top; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere;
}
th { color: var(--soft); font-weight: 500; font-size: 12px; white-space: nowrap; overflow-wrap: normal; }
tbody th { color: inherit; font-size: inherit; white-space: normal; }
.num { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; overflow-wrap: normal; }
.nowrap { white-space: nowrap; overflow-wrap: normal; }
tr.group th { padding-top: 12px; font-weight: 600; overflow-wrap: anywhere; }
tr.group .ids { font-weight: 400; display: block; }
.ids { color: var(--soft); font-size: 12px; }
.finding { margin: 0 0 16px; }
.finding p { margin-bottom: 4px; }
.signature { margin-top: 28px; }
.tail { color: var(--soft); font-size: 13px; }
figure { margin: 0 0 16px; }
figure > figcaption { font-size: 13px; margin-bottom: 4px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text {
  font: 11px system-ui, -apple-system, "Segoe UI", sans-serif; fill: var(--soft); font-variant-numeric:
  tabular-nums;
}
.grid { stroke: var(--line); stroke-width: 1; }
.curve { fill: none; stroke: var(--curve); stroke-width: 1.5; stroke-linejoin: round; }
.area { fill: var(--curve-tint); }
.wanted { fill: none; stroke: var(--open); stroke-width: 1.5; stroke-dasharray: 4 3; }
.mark { stroke: var(--mark); stroke-width: 1.5; }
.mark-text { fill: var(--mark); }
svg text.mark-text { fill: var(--mark); }
.bar-succeeded { fill: var(--good); } .bar-partial { fill: var(--partial); } .bar-failed { fill: var(--bad); }
.bar-timed_out { fill: var(--timed); } .bar-unfinished { fill: var(--open); }
.hatch { stroke: var(--page); stroke-width: 2; fill: none; }
.phase { fill: var(--sunken); stroke: var(--line); }
.legend {
  display: flex; flex-wrap: wrap; gap: 2px 16px; margin: 0 0 8px; padding: 0; list-style: none; font-size: 12px;
  color: var(--soft);
}
.legend li { display: flex; align-items: center; gap: 6px; }
.legend svg { width: 12px; height: 12px; flex: none; }
.graphs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 8px 32px; }
.notes { white-space: pre-wrap; overflow-wrap: anywhere; max-width: 76ch; }
footer { margin-top: 48px; padding-top: 12px; border-top: 1px solid var(--line); font-size: 12px; color: var(--soft); }
:target { outline: 2px solid var(--accent); outline-offset: 2px; }
a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 640px) { .report { padding: 16px 12px 32px; } .quote li { grid-template-columns: 4em minmax(0, 1fr); } }
@page { margin: 16mm 14mm; }
@media print {
  body, .report { font-size: 10pt; }
  .report { padding: 0; }
  .contents { display: none; }
  h2 { break-after: avoid; margin-top: 24px; }
  h3, figcaption { break-after: avoid; }
  figure.chart, .cause > h3, .finding, tr, .quote li, .facts > div { break-inside: avoid; }
  .scroll { overflow: visible; }
  th { white-space: normal; }
  a { color: inherit; text-decoration: none; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`;
