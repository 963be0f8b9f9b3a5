/** The clients of models: a bundle of their own, loaded when a model is first asked for. */
export { detectLanguage } from './detectLanguage';
export { addressOf } from './modelAddress';
export { providerNames, readModelChoice } from './modelChoice';
export { openModel } from './openModel';
export { probeOf } from './probeModel';
