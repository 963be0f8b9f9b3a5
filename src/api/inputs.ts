import type { CorrectionType, Severity, Signal, SourceName } from '../core/model/common';
import type { TemplateType } from '../core/model/template';
import type { LanguageModel, Log, ModelPrices } from '../core/ports';
import type { Progress } from '../core/progress';
import type { SuiteScenario } from '../core/scenarios/scenarioSuite';
import type { ConfigurationInput } from '../node/configurationOverrides';

export interface OpenPromptManager {
  /** The project: the folder that holds `.claude-pm/`, which is made with the first record where it is missing. */
  readonly folder: string;
  /** The person's own folder, where transcripts and personal prompts lie; default: the system's. */
  readonly home?: string;
  /** Takes precedence over `.claude-pm/config.json` while this is open. */
  readonly config?: ConfigurationInput;
  /** Default: says nothing. */
  readonly log?: Log;
  /** "Name <email>": goes before that of the environment and of git. */
  readonly identity?: string;
  /** A fixed clock: with a seed, a run with the same input gives the same records. */
  readonly now?: Date;
  /** A whole number from 0 up. */
  readonly seed?: number;
}

export interface Cancellable {
  /** What was finished before is kept. */
  readonly signal?: AbortSignal;
}

export interface Followed extends Cancellable {
  readonly onProgress?: (progress: Progress) => void;
}

/** A model that may be asked; without one, nothing leaves the machine. */
export interface ModelInput {
  /** `provider:name` as the command line takes it, such as `ollama:llama3.2`, or a client of your own. */
  readonly model?: string | LanguageModel;
  /** Address, instead of the provider's own. Only with a name. */
  readonly baseUrl?: string;
  /** USD per million tokens. Only with a name. */
  readonly modelPrices?: ModelPrices;
  /** USD; counts where prices are known. */
  readonly maxCost?: number;
  /** Tokens; counts where prices are not known. */
  readonly maxTokens?: number;
}

export interface RunInput extends Followed, ModelInput {
  /** For this run alone; the rest is as the manager was opened. */
  readonly config?: ConfigurationInput;
  /** Leaves the transcripts alone: only corrections that are stored already count. */
  readonly skipCapture?: boolean;
}

export interface FullPipelineInput extends RunInput {
  /** In any case; default: every agent that has a prompt. */
  readonly agentTypes?: readonly string[];
}

export interface TargetedInput extends RunInput {
  readonly agentType: string;
  /** Ids of patterns; default: all of that agent. */
  readonly specificPatterns?: readonly string[];
}

export interface CreateTemplateInput {
  /** Lower-case letters, digits and hyphens: it names the file. */
  readonly templateId: string;
  readonly templateType: TemplateType;
  /** A known agent, or `main`. */
  readonly agentType: string;
  /** Text, or its UTF-8 bytes, which are kept as they are. */
  readonly content: string | Uint8Array;
}

export interface DeployTemplateInput {
  readonly templateId: string;
  /** Default: the newest accepted one. */
  readonly version?: string;
  /** Agents whose prompt files are written, all or none. */
  readonly targetAgents?: readonly string[];
  /** Paths relative to the folder. Without agents and paths: the template's own file. */
  readonly targets?: readonly string[];
  /** Why a gate is overridden; recorded. */
  readonly override?: string;
  readonly reason?: string;
}

export interface RollbackTemplateInput {
  readonly templateId: string;
  /** Version to go to; default: the bytes before the last deployment that changed them. */
  readonly to?: string;
  readonly reason: string;
}

export interface ComparePromptsInput extends Followed, ModelInput {
  /** Text of the one prompt. */
  readonly a: string;
  readonly b: string;
  /** Without a model: whose corrections count; default: all. */
  readonly agentType?: string;
  /** With a model: what the prompts meet; default: `.claude-pm/scenarios.yaml`. */
  readonly scenarios?: readonly SuiteScenario[];
  /** Meetings of each prompt with each scenario; from 1. */
  readonly repeats?: number;
}

export interface QuickValidationInput extends Cancellable {
  readonly agentType: string;
  /** Text that is held against the agent's deployed prompt. */
  readonly prompt: string;
}

export interface HealthInput extends Cancellable {
  /** Names of components; default: all, and only then alerts are raised and closed. */
  readonly checks?: readonly string[];
  /** `provider:name`: asks whether it can be reached, which costs nothing. */
  readonly model?: string;
  readonly baseUrl?: string;
}

export interface ImportInput extends Followed {
  readonly source?: SourceName;
  /** A file or folder to read instead of the sources' own places. */
  readonly path?: string;
}

export interface RecordInput {
  readonly agentType: string;
  readonly userCorrection: string;
  readonly originalResponse?: string;
  readonly signal?: Signal;
  readonly correctionType?: CorrectionType;
  readonly severity?: Severity;
  readonly sessionId?: string;
  /** ISO 8601. */
  readonly timestamp?: string;
  readonly taskDescription?: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

export interface CorrectionFilterInput {
  readonly agentType?: string;
  /** Counted back from the newest correction, above 0. */
  readonly days?: number;
  readonly signal?: Signal;
}

export interface AnalyzeInput extends Cancellable {
  readonly agentTypes?: readonly string[];
  /** Counted back from the newest correction, above 0; another number than the configured one only looks and stores nothing. */
  readonly days?: number;
}

export interface AcceptInput {
  readonly improvementId: string;
  /** Default: all that are pending. */
  readonly hunkIds?: readonly string[];
}

export interface RejectInput extends AcceptInput {
  readonly reason?: string;
}
