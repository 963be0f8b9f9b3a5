/**
 * What the extension host loads on first use: the store, the parsers and the pipeline. esbuild makes it a bundle of its
 * own, so that activating the extension costs nothing of it.
 */
export { PipelineError } from '../core/errors';
export { collections, logs } from '../core/model/collections';
export { configurationSchema } from '../core/model/configuration';
export { loadReport } from '../core/report/buildReport';
export { reportPage } from '../core/report/reportPage';
export { applyHunks } from '../core/review/applyHunks';
export { applyHookPlan, changesAnything, planHook } from './captureHook';
export { refreshLauncher, writeLauncher } from './hookLauncher';
export { openWorkspace } from './openWorkspace';
