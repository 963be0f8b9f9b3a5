/** Style of the monitoring dashboard, in the window and in the exported page. */
export const monitoringStyle = `
.monitoring > h3 { margin: 22px 0 8px; }
.scroller { overflow-x: auto; margin: 8px 0; }
.scroller:focus-visible { outline: 1px solid var(--focus); outline-offset: 1px; }
.scroller table { margin: 0; }
.scroller thead th { white-space: nowrap; }
.scroller tbody th { color: var(--text); }
.scroller :is(td, th) { min-width: 5em; max-width: 34em; overflow-wrap: break-word; }
.scroller tbody th { min-width: 8.5em; }
.scroller strong, .keep { white-space: nowrap; }
.scroller .how { display: block; min-width: 22em; color: var(--quiet); }
.met { color: var(--good); }
.missed { color: var(--bad); }
.page > .monitoring { max-width: 1280px; }
.series { margin: 12px 0 20px; }
.rowLabel { fill: var(--text); font-size: 12px; }
.track { fill: var(--quiet); fill-opacity: .15; }
.whisker { stroke: var(--text); stroke-width: 1.5; }
.bar.broken { fill: transparent; stroke: var(--bad); stroke-width: 1.5; }
.mark { fill: var(--bad); font-size: 11px; }
.check { fill: var(--quiet); }
.check.healthy { fill: var(--good); }
.check.degraded { fill: var(--warn); }
.check.failing { fill: var(--bad); }
`;
