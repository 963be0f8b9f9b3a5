/** What programs import: `import { openPromptManager } from 'claude-pm-prompts'`. */
export type { ErrorCode } from '../core/errors';
export { errorCodes, isPipelineError, PipelineError } from '../core/errors';
export type { LanguageModel, Log, ModelAnswer, ModelRequest } from '../core/ports';
export type { Progress } from '../core/progress';
export type { ConfigurationInput } from '../node/configurationOverrides';
export type * from './inputs';
export { openPromptManager } from './openPromptManager';
export type { PromptManager } from './promptManager';
export type * from './results';
