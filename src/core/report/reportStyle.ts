/**
 * Style of the report. In VS Code every colour is the theme's; where a high contrast theme leaves one out, the editor's
 * background stands in. The last fallbacks serve the page that the command line writes, in light and in dark. No element
 * has a style attribute, so that a strict content security policy holds.
 */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --text: var(--vscode-foreground, light-dark(#1f2328, #e6edf3));
  --quiet: var(--vscode-descriptionForeground, light-dark(#59636e, #9198a1));
  --ground: var(--vscode-editor-background, light-dark(#ffffff, #0d1117));
  --line: var(--vscode-contrastBorder, var(--vscode-widget-border, var(--vscode-panel-border, light-dark(#d1d9e0, #3d444d))));
  --accent: var(--vscode-textLink-foreground, light-dark(#0969da, #4493f8));
  --focus: var(--vscode-focusBorder, light-dark(#0969da, #4493f8));
  --quote: var(--vscode-textBlockQuote-background, var(--vscode-editor-background, light-dark(#f6f8fa, #161b22)));
  --quoteLine: var(--vscode-textBlockQuote-border, var(--vscode-contrastBorder, light-dark(#d1d9e0, #3d444d)));
  --good: var(--vscode-charts-green, light-dark(#1a7f37, #3fb950));
  --bad: var(--vscode-charts-red, light-dark(#d1242f, #f85149));
  --warn: var(--vscode-charts-orange, light-dark(#9a6700, #d29922));
  --added: var(--vscode-diffEditor-insertedLineBackground, var(--vscode-editor-background, light-dark(#dafbe1, #12261e)));
  --removed: var(--vscode-diffEditor-removedLineBackground, var(--vscode-editor-background, light-dark(#ffebe9, #25171c)));
}
body {
  color: var(--text); background: var(--ground);
  font: var(--vscode-font-size, 14px)/1.5 var(--vscode-font-family, system-ui, sans-serif);
}
h1 { font-size: 1.6em; margin: 24px 0 4px; }
h2 { font-size: 1.25em; margin: 32px 0 12px; }
h4 { font-size: 1em; margin: 18px 0 4px; }
h3 { font-size: 1.05em; margin: 0 0 6px; overflow-wrap: anywhere; }
p { margin: 6px 0; overflow-wrap: anywhere; }
.quiet, figcaption { color: var(--quiet); }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 14px 18px; margin: 0 0 16px; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 10px; padding: 0 8px; font-size: .9em; }
.severity-critical, .severity-high, .verdict-reject { border-color: var(--bad); }
.severity-medium, .verdict-inconclusive { border-color: var(--warn); }
.verdict-ship { border-color: var(--good); }
blockquote { margin: 6px 0; padding: 6px 12px; background: var(--quote); border-left: 3px solid var(--quoteLine); white-space: pre-wrap; overflow-wrap: anywhere; }
pre { margin: 6px 0; padding: 6px 12px; background: var(--quote); white-space: pre-wrap; overflow-wrap: anywhere; font-family: var(--vscode-editor-font-family, ui-monospace, monospace); font-size: var(--vscode-editor-font-size, 13px); }
pre.added { background: var(--added); border-left: 3px solid var(--good); }
pre.removed { background: var(--removed); border-left: 3px solid var(--bad); }
figure { margin: 12px 0; }
svg { display: block; max-width: 100%; overflow: visible; }
.bar { fill: var(--accent); }
.bar.empty, .axis, .zero, .grid, .parting { fill: var(--quiet); stroke: var(--quiet); }
.bar.empty { stroke: none; }
.grid, .parting { stroke-dasharray: 2 4; }
.reach { fill: transparent; }
.exposure { fill: var(--quiet); }
.unusual { fill: var(--text); font-size: 12px; }
.trendLine { stroke: var(--text); stroke-width: 1.5; }
.band { fill: var(--accent); fill-opacity: .2; stroke: var(--accent); stroke-dasharray: 3 2; }
.expected { stroke: var(--accent); stroke-width: 2; }
.map { width: min(100%, 600px); aspect-ratio: 1; border: 1px solid var(--line); border-radius: 4px; }
.cluster { fill: transparent; stroke: var(--quiet); stroke-width: 1.5; }
.cluster.isPattern { fill: var(--accent); fill-opacity: .55; stroke: var(--accent); }
.axis { stroke-width: 1; }
.zero { stroke-dasharray: 3 3; }
.interval { stroke: var(--accent); stroke-width: 2; }
.point { fill: var(--accent); }
.tick { fill: var(--quiet); font-size: 11px; }
table { border-collapse: collapse; margin: 8px 0; }
th, td { text-align: left; vertical-align: top; padding: 3px 18px 3px 0; overflow-wrap: anywhere; min-width: 3.4em; border-bottom: 1px solid var(--line); font-weight: normal; }
thead th, tbody th { color: var(--quiet); }
td { font-variant-numeric: tabular-nums; }
.why :is(td:nth-child(2), th) { white-space: nowrap; }
a { color: var(--accent); }
summary { cursor: pointer; padding: 3px 0; }
ul.exemplars, ol.hunks { padding-left: 20px; }
ol.hunks > li { margin-bottom: 16px; }
button.link { all: unset; color: var(--accent); cursor: pointer; text-decoration: underline; overflow-wrap: anywhere; }
:is(button, summary, select, input):focus-visible { outline: 1px solid var(--focus); outline-offset: 2px; }
[hidden] { display: none !important; }
`;

/** What the page that is a file adds: a column that can be read. */
export const pageStyle = `
body { margin: 0 auto; padding: 0 24px 48px; max-width: 1060px; }
.wide { overflow-x: auto; }
.wide th, .wide td:nth-child(n+2) { white-space: nowrap; min-width: 0; padding-right: 14px; }
summary > h3 { display: inline; }
details.card { content-visibility: auto; contain-intrinsic-size: auto 3em; }
`;
