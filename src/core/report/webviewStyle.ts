/** What the webview adds to the report's style: the list beside the details, below each other in a narrow panel. */
export const webviewStyle = `
body { margin: 0; padding: 0; position: fixed; inset: 0; display: flex; flex-direction: column; overflow: hidden; }
header { padding: 8px 16px 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 16px; }
header h1 { font-size: 1.3em; margin: 4px 0; }
header p { margin: 0; flex: 1 1 220px; }
.exports { display: flex; gap: 6px; align-items: baseline; }
.tabs { flex: 1 0 100%; display: flex; flex-wrap: wrap; gap: 4px; border-bottom: 1px solid var(--line); margin-top: 6px; }
button:not(.link) {
  font: inherit; padding: 2px 10px; border-radius: 3px; cursor: pointer;
  color: var(--vscode-button-secondaryForeground, var(--text)); background: var(--vscode-button-secondaryBackground, transparent);
  border: 1px solid var(--vscode-button-secondaryBorder, var(--vscode-contrastBorder, transparent));
}
button:not(.link):hover:enabled { background: var(--vscode-button-secondaryHoverBackground, transparent); }
button:disabled { opacity: .5; cursor: default; }
.tabs > button[role] { background: none; border: 0; border-bottom: 2px solid transparent; border-radius: 0; color: var(--quiet); padding: 4px 8px; }
.tabs > button[aria-selected=true] { border-bottom-color: var(--vscode-panelTitle-activeBorder, var(--accent)); color: var(--text); }
main { flex: 1 1 0; min-height: 0; }
[role=tabpanel] { height: 100%; }
#panel-patterns { display: flex; flex-direction: column; }
.page { overflow: auto; padding: 12px 16px 32px; box-sizing: border-box; }
.page > * { max-width: 960px; }
.page > figure { max-width: none; }
.filters { display: flex; flex-wrap: wrap; gap: 6px 10px; align-items: center; padding: 8px 16px; border-bottom: 1px solid var(--line); }
.filters > input { flex: 1 1 240px; min-width: 120px; }
#selects { display: contents; }
.filters select, .filters input {
  color: var(--vscode-input-foreground, inherit); background: var(--vscode-input-background, transparent);
  border: 1px solid var(--vscode-input-border, var(--line)); border-radius: 3px; padding: 3px 6px; font: inherit; max-width: 190px;
}
.filters input { max-width: none; }
.filters select { color: var(--vscode-dropdown-foreground, inherit); background: var(--vscode-dropdown-background, var(--ground)); border-color: var(--vscode-dropdown-border, var(--line)); }
.filters select.active { border-color: var(--accent); }
::placeholder { color: var(--vscode-input-placeholderForeground, var(--quiet)); }
#none { padding: 16px; }
.split { flex: 1 1 0; min-height: 0; display: flex; }
.list { flex: 0 0 min(42%, 460px); overflow: auto; border-right: 1px solid var(--line); position: relative; contain: strict; }
.list:focus-visible { outline: 1px solid var(--focus); outline-offset: -1px; }
.rows { position: relative; overflow: hidden; }
.row {
  position: absolute; left: 0; right: 0; box-sizing: border-box; padding: 6px 12px; cursor: pointer;
  display: grid; grid-template-columns: minmax(0, 1fr) 7.4em; grid-auto-rows: 1.5em; column-gap: 10px; border-bottom: 1px solid var(--line);
}
.row > * { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.row:hover { background: var(--vscode-list-hoverBackground, transparent); color: var(--vscode-list-hoverForeground, inherit); }
.row .rank { text-align: right; font-variant-numeric: tabular-nums; }
.row svg { width: 100%; height: 100%; }
.row .bar { fill: var(--quiet); }
.row .quiet { font-size: .92em; }
.row[aria-selected=true] {
  background: var(--vscode-list-inactiveSelectionBackground, transparent); color: var(--vscode-list-inactiveSelectionForeground, inherit);
  outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -2px;
}
.list:focus .row[aria-selected=true] { background: var(--vscode-list-activeSelectionBackground, transparent); color: var(--vscode-list-activeSelectionForeground, inherit); outline-color: var(--focus); }
.row[aria-selected=true] :is(.quiet, .rank) { color: inherit; }
.list:focus .row[aria-selected=true] .bar { fill: currentColor; }
.detail { flex: 1 1 0; min-width: 0; overflow: auto; padding: 12px 20px 32px; }
.detail:focus-visible { outline: 1px solid var(--focus); outline-offset: -1px; }
.detail > article { max-width: 860px; border: 0; padding: 0; margin: 0; }
.detail h2 { margin: 0 0 6px; overflow-wrap: anywhere; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; }
.map { width: min(100%, 600px, 62vh); }
.map .cluster:focus { outline: none; stroke: var(--focus); stroke-width: 4; }
.map .isPattern { cursor: pointer; }
.mapName { min-height: 1.5em; }
@media (max-width: 700px) {
  .filters { gap: 4px 6px; padding: 6px 12px; }
  .filters select { max-width: 118px; }
  .split { flex-direction: column; }
  .list { flex: 0 0 40%; border-right: 0; border-bottom: 1px solid var(--line); }
}
@media (max-height: 480px) {
  body { overflow: auto; position: static; }
  main { flex: none; height: 560px; }
}
@media (prefers-reduced-motion: no-preference) {
  body:not(.vscode-reduce-motion) .row { transition: background-color .08s; }
}
`;
