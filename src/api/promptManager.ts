import type { ImportSummary } from '../core/capture/correctionCapture';
import type { Impact } from '../core/deploy/impact';
import type { Correction } from '../core/model/correction';
import type { Health } from '../core/model/execution';
import type { Improvement } from '../core/model/improvement';
import type { Template, TemplateVersion } from '../core/model/template';
import type { ValidationReport } from '../core/model/validation';
import { loadDeploymentDashboard } from '../core/monitoring/loadDeploymentDashboard';
import type { RunOptions, RunOutcome } from '../core/pipeline/promptImprovementPipeline';
import { runAnswer } from '../core/pipeline/runAnswer';
import { askRun } from '../core/pipeline/runControl';
import { placeOf } from '../core/pipeline/unfinishedRuns';
import type { Listing } from '../core/ports';
import type { Adoption } from '../core/templates/adoptPrompts';
import type { History } from '../core/templates/promptTemplateManager';
import type { PromptComparison } from '../core/validate/promptValidator';
import type { ReplayComparison } from '../core/validate/replay/compareByModel';
import type { Workspace } from '../node/openWorkspace';
import { checkInput } from './checkInput';
import { comparePrompts } from './compare';
import type {
  AcceptInput,
  AnalyzeInput,
  ComparePromptsInput,
  CorrectionFilterInput,
  CreateTemplateInput,
  DeployTemplateInput,
  Followed,
  FullPipelineInput,
  HealthInput,
  ImportInput,
  ModelInput,
  QuickValidationInput,
  RecordInput,
  RejectInput,
  RollbackTemplateInput,
  RunInput,
  TargetedInput,
} from './inputs';
import { writersOf } from './models';
import type {
  AskedRun,
  DashboardResult,
  Patterns,
  PipelineResult,
  RecordedCorrection,
  RolloutResult,
} from './results';
import type { Workspaces } from './workspaces';

/**
 * The whole product for one project, without VS Code. Every method refuses an input that it does not know with INVALID_INPUT, and what
 * the person's role does not allow with FORBIDDEN; a failure that can be expected is a `PipelineError`.
 */
export class PromptManager {
  readonly #workspaces: Workspaces;

  /** @internal See `openPromptManager`. */
  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** Absolute path of the project. */
  get folder(): string {
    return this.#workspaces.root;
  }

  get #workspace(): Workspace {
    return this.#workspaces.current();
  }

  /**
   * Collects, analyzes, improves and validates, for every agent or for those named. What fails in a stage is in the result: `status` and
   * `failures`. @throws PipelineError LOCKED: another run goes on, in whatever process; INVALID_CONFIGURATION naming the key of `config`
   */
  async runFullPipeline(input: FullPipelineInput = {}): Promise<PipelineResult> {
    checkInput('runFullPipeline', input);
    const { agentTypes } = input;
    return this.#run(input, agentTypes ? { agentTypes } : {});
  }

  /** The same for one agent, and where they are named for these patterns alone. */
  async runTargetedImprovement(input: TargetedInput): Promise<PipelineResult> {
    checkInput('runTargetedImprovement', input);
    const { agentType, specificPatterns } = input;
    return this.#run(input, {
      agentTypes: [agentType],
      ...(specificPatterns ? { patternIds: specificPatterns } : {}),
    });
  }

  /** Lets the run that goes on, in whatever process, wait at its next step. @throws PipelineError ILLEGAL_STATE: none goes on */
  pauseRun(): Promise<AskedRun> {
    return this.#ask('pause');
  }

  /** Ends the run that goes on, or gives up one that was interrupted. @throws PipelineError ILLEGAL_STATE: there is none */
  cancelRun(): Promise<AskedRun> {
    return this.#ask('cancel');
  }

  /**
   * Lets a paused run go on, wherever it is; or goes on here with one whose process ended, at the stage it was in, and gives its result.
   * @throws PipelineError ILLEGAL_STATE: there is neither
   */
  async resumeRun(input: Followed & ModelInput = {}): Promise<AskedRun | PipelineResult> {
    checkInput('resumeRun', input);
    const workspace = this.#workspace;
    if (workspace.support.holder() !== undefined) return this.#ask('go-on');
    return resultOf(
      await workspace.pipeline.resume({ ...followed(input), ...(await writersOf(workspace, input)) }),
    );
  }

  /** Takes prompt files that are new, or were edited outside, into the records. Runs do so by themselves. */
  adoptPrompts(): Promise<Adoption> {
    return this.#workspace.templates.adopt();
  }

  /** @throws PipelineError UNSAFE_NAME, INVALID_INPUT (an agent that is not known), ILLEGAL_STATE (the id is taken) */
  async createTemplate(input: CreateTemplateInput): Promise<Template> {
    checkInput('createTemplate', input);
    const { content, ...rest } = input;
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    return this.#workspace.templates.create({ ...rest, bytes });
  }

  async listTemplates(): Promise<Listing<Template>> {
    return this.#workspace.templates.list();
  }

  /** @throws PipelineError NOT_FOUND */
  async templateHistory(input: { readonly templateId: string }): Promise<History> {
    checkInput('templateHistory', input);
    return this.#workspace.templates.history(input.templateId);
  }

  /** What `deployTemplate` would do; writes nothing. @throws PipelineError as that, but for the gates */
  async planDeployment(input: DeployTemplateInput): Promise<Impact> {
    checkInput('deployTemplate', input);
    return this.#workspace.templates.deployImpact(input.templateId, deployOptions(input));
  }

  /**
   * Writes a version into every file or into none, and reads each back.
   * @throws PipelineError NOT_FOUND, ILLEGAL_STATE (a draft), REFUSED_BY_GATE, TARGET_CHANGED, MERGE_CONFLICT, PERMISSION_DENIED,
   * VERIFICATION_FAILED; files and records are then as they were
   */
  async deployTemplate(input: DeployTemplateInput): Promise<RolloutResult> {
    checkInput('deployTemplate', input);
    const { templates } = this.#workspace;
    const impact = await templates.deployImpact(input.templateId, deployOptions(input));
    const rollout = await templates.rollOut(input.templateId, deployOptions(input));
    return { ...rollout, impact };
  }

  /** Takes the template's last deployment back in every file that it wrote, restoring their bytes. @throws PipelineError NOT_FOUND, ILLEGAL_STATE, TARGET_CHANGED */
  async rollbackTemplate(input: RollbackTemplateInput): Promise<RolloutResult> {
    checkInput('rollbackTemplate', input);
    const { templateId, to, reason } = input;
    const { templates } = this.#workspace;
    const impact = await templates.rollbackImpact(templateId, to);
    const rollout = await templates.rollBack(templateId, { reason, ...(to === undefined ? {} : { to }) });
    return { ...rollout, impact };
  }

  /**
   * A/B of two texts. With a model by what it answers (tier `replay`), else by the corrections known here (tier `static`, a proxy).
   * @throws PipelineError INVALID_INPUT (no scenarios), and what the model's client refuses
   */
  async comparePrompts(input: ComparePromptsInput): Promise<PromptComparison | ReplayComparison> {
    checkInput('comparePrompts', input);
    return comparePrompts(this.#workspace, this.#workspaces.seed, input);
  }

  /** One text beside the agent's deployed prompt, on the agent's stored corrections (tier `static`, a proxy). @throws PipelineError NOT_FOUND */
  async runQuickValidation(input: QuickValidationInput): Promise<ValidationReport> {
    checkInput('runQuickValidation', input);
    const { templates, validator } = this.#workspace;
    await templates.adopt();
    return validator.validatePrompt(input.prompt, input.agentType, input.signal);
  }

  /** State of the system and of each component, each proved by something small and real. @throws PipelineError NOT_FOUND (no such check) */
  async monitorPipelineHealth(input: HealthInput = {}): Promise<Health> {
    checkInput('monitorPipelineHealth', input);
    const { checks, model, baseUrl, signal } = input;
    const workspace = this.#workspace;
    const { probeOf } = model === undefined ? {} : await import('../node/models/models');
    return workspace.health({
      ...(checks ? { checks } : {}),
      model: model === undefined ? undefined : probeOf?.(model, baseUrl === undefined ? {} : { baseUrl }),
      webhook: await workspace.alerts.webhook(),
      signal,
    });
  }

  /** What is live in each file, what drifted, how often deployments went well; writes nothing. */
  async getDeploymentDashboard(): Promise<DashboardResult> {
    const { dashboard, skipped } = await loadDeploymentDashboard(this.#workspace.ports);
    return { ...dashboard, skipped };
  }

  /** Reads what is new in the transcripts. @throws PipelineError NOT_FOUND (`path`), CANCELLED: what was stored before is kept */
  async importCorrections(input: ImportInput = {}): Promise<ImportSummary> {
    checkInput('importCorrections', input);
    return this.#workspace.capture.import(input);
  }

  /** Keeps one correction, redacted; it is safe on the disk when this resolves. @throws PipelineError INVALID_INPUT naming the field */
  async recordCorrection(input: RecordInput): Promise<RecordedCorrection> {
    const { correction, filledIn } = await this.#workspace.capture.record(input);
    return { correctionId: correction.correctionId, correction, filledIn };
  }

  async listCorrections(input: CorrectionFilterInput = {}): Promise<Listing<Correction>> {
    checkInput('listCorrections', input);
    return this.#workspace.capture.list(input);
  }

  /** What recurs in the stored corrections. @throws PipelineError CANCELLED */
  async analyzePatterns(input: AnalyzeInput = {}): Promise<Patterns> {
    checkInput('analyzePatterns', input);
    const { corrections, patterns, clusters, anomalies, skipped } =
      await this.#workspace.analyzer.analyze(input);
    return { corrections, patterns, clusters, anomalies, skipped };
  }

  /** Improvements with hunks that nobody has decided about. */
  pendingImprovements(): Promise<readonly Improvement[]> {
    return this.#workspace.review.pending();
  }

  /** Makes a version and touches no agent's file. @throws PipelineError NOT_FOUND, ILLEGAL_STATE, MERGE_CONFLICT */
  async acceptImprovement(
    input: AcceptInput,
  ): Promise<{ readonly improvement: Improvement; readonly version: TemplateVersion }> {
    checkInput('acceptImprovement', input);
    const { improvementId, ...options } = input;
    return this.#workspace.review.accept(improvementId, options);
  }

  /** @throws PipelineError NOT_FOUND, ILLEGAL_STATE */
  async rejectImprovement(input: RejectInput): Promise<Improvement> {
    checkInput('rejectImprovement', input);
    const { improvementId, ...options } = input;
    return this.#workspace.review.reject(improvementId, options);
  }

  /** Releases locks. Whatever is called after it is refused as ILLEGAL_STATE. */
  close(): Promise<void> {
    return this.#workspaces.close();
  }

  async #run(input: RunInput, scope: Pick<RunOptions, 'agentTypes' | 'patternIds'>): Promise<PipelineResult> {
    return this.#workspaces.with(input.config, async (workspace) =>
      resultOf(
        await workspace.pipeline.run({
          trigger: 'library',
          ...scope,
          ...(input.skipCapture === undefined ? {} : { skipCapture: input.skipCapture }),
          ...followed(input),
          ...(await writersOf(workspace, input)),
        }),
      ),
    );
  }

  async #ask(wish: 'pause' | 'go-on' | 'cancel'): Promise<AskedRun> {
    const { ports, support } = this.#workspace;
    const execution = await askRun(ports, support, wish);
    return { executionId: execution.executionId, asked: wish, at: placeOf(execution) };
  }
}

function resultOf(outcome: RunOutcome): PipelineResult {
  const skipped = [...(outcome.capture?.skipped ?? []), ...(outcome.analysis?.skipped ?? [])];
  return { ...runAnswer(outcome), skipped };
}

const followed = ({ signal, onProgress }: Followed): Followed => ({
  ...(signal === undefined ? {} : { signal }),
  ...(onProgress === undefined ? {} : { onProgress }),
});

const deployOptions = ({ templateId: _, targetAgents, ...rest }: DeployTemplateInput) => ({
  ...rest,
  ...(targetAgents === undefined ? {} : { agents: targetAgents }),
});
