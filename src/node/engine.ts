/**
 * What the extension host loads on first use: the store, the parsers and the pipeline. esbuild makes it a bundle of its
 * own, so that activating the extension costs nothing of it.
 */
export { dismissPattern, restorePattern } from '../core/analysis/dismissPattern';
export { PipelineError } from '../core/errors';
export { ModelWriter } from '../core/improve/model/modelWriter';
export { countsOf, workText } from '../core/improve/model/workText';
export { moveChoices } from '../core/improve/scope/moveChoices';
export { estimateText } from '../core/languageModel/estimate';
export { collections, logs } from '../core/model/collections';
export { configurationSchema } from '../core/model/configuration';
export { kindOf } from '../core/prompt/kinds/kindOf';
export { clusterMap } from '../core/report/clusterMap';
export { noPatterns } from '../core/report/emptyState';
export { formatOf, reportPieces } from '../core/report/exportReport';
export { improvementsPart, unreadPart } from '../core/report/improvementsPart';
export { loadCounts, loadImprovements, loadPatterns, loadReport } from '../core/report/loadReport';
export { patternDetail } from '../core/report/patternDetail';
export { patternRow } from '../core/report/patternRow';
export { totalsLine } from '../core/report/totalsLine';
export { webviewPage } from '../core/report/webviewPage';
export { applyHunks } from '../core/review/applyHunks';
export { moveHunk } from '../core/review/moveHunk';
export { placeMarks } from '../core/review/promptMarks';
export { interpretEdits } from '../core/review/splitEdits';
export { readPlacedSuite, readSuite } from '../core/scenarios/readSuite';
export { serveAnalysis } from './analysisService';
export { Breath } from './breath';
export { applyHookPlan, changesAnything, planHook } from './captureHook';
export { writeConfiguration } from './configurationFile';
export { refreshLauncher, writeLauncher } from './hookLauncher';
export { openWorkspace } from './openWorkspace';
export { comparisonEstimate, runComparison } from './replayRunner';
export { writeReportFile } from './reportFile';
