/** Style of the experiments, in the window and in the exported page. */
export const canaryStyle = `
.evidence polyline { fill: none; stroke-width: 2; }
.evidence .goal { stroke: var(--accent); }
.evidence .harm { stroke: var(--bad); stroke-dasharray: 6 4; }
.evidence .threshold { stroke: var(--text); stroke-width: 1; stroke-dasharray: 1 4; }
.evidence .grid { stroke-width: .5; stroke-opacity: .4; }
.experiment caption { text-align: left; color: var(--quiet); padding: 4px 0; }
.experiment .wide td { white-space: normal; min-width: 8em; }
`;
