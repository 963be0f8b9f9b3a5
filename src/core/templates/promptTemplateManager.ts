import { type DeployOptions, deployVersion, planDeployment } from '../deploy/deployVersion';
import { eventsOf } from '../deploy/events';
import { firstOf, recordFailure } from '../deploy/failure';
import { type Impact, impactOf } from '../deploy/impact';
import { planRollback, type RollbackTarget } from '../deploy/planRollback';
import { planUndo, type RollbackOptions, rollbackVersion, undoRollout } from '../deploy/rollbackVersion';
import type { Rollout } from '../deploy/rollOut';
import { groupBy } from '../groupBy';
import type { Configuration } from '../model/configuration';
import type { Comparison, Deployment, Template, TemplateType, TemplateVersion } from '../model/template';
import type { Listing, Ports, Skipped } from '../ports';
import { requireFor } from '../roles/access';
import { addVersion } from './addVersion';
import { type Adoption, type AdoptOptions, adoptPrompts } from './adoptPrompts';
import { changeVersion, type VersionChange } from './changeVersion';
import { type CleanUpPlan, cleanUpVersions, planCleanUp, type Retention } from './cleanUpVersions';
import { createTemplate } from './createTemplate';
import { type DescribedChange, describeChange } from './describeChange';
import { templateForAgent } from './forAgent';
import { withCurrentVersion } from './lineage';
import { decodePrompt, encodePrompt } from './promptText';
import { type FoundVersion, searchVersions, type VersionSearch } from './searchVersions';
import {
  findVersion,
  getTemplate,
  listVersions,
  storeComparison,
  type TemplateContext,
} from './templateRecords';
import { summarizeTemplates, type TemplateSummary } from './templateSummaries';
import { compareVersions } from './versionNumbers';

export type { DeployOptions } from '../deploy/deployVersion';
export type { Impact } from '../deploy/impact';
export type { Rollout } from '../deploy/rollOut';
export type { Adoption } from './adoptPrompts';
export type { TemplateSummary } from './templateSummaries';

export interface NewVersion
  extends Pick<
    TemplateVersion,
    | 'version'
    | 'parentVersion'
    | 'origin'
    | 'status'
    | 'changeSummary'
    | 'strategy'
    | 'hunkIds'
    | 'removedHunkIds'
    | 'patternIds'
  > {
  readonly templateId: string;
  readonly text: string;
  readonly improvementId?: string;
  readonly validation?: TemplateVersion['validation'];
}

export interface History {
  readonly template: Template;
  /** Newest first by semantic version. */
  readonly versions: readonly TemplateVersion[];
  /** Adoptions, deployments and rollbacks, newest first. */
  readonly events: readonly Deployment[];
  /** Versions whose records cannot be read. */
  readonly skipped: readonly Skipped[];
}

export interface VersionText {
  readonly version: TemplateVersion;
  readonly bytes: Uint8Array;
  /** UTF-8 text; a byte-order mark is kept. */
  readonly text: string;
}

/**
 * Versions of prompts, and what is live where. What changes records holds the workspace's lock while it does.
 */
export class PromptTemplateManager {
  readonly context: TemplateContext;

  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'promptFiles' | 'clock' | 'hash' | 'log' | 'access'>,
    readonly configuration: Configuration,
    /** Name that versions and deployments are signed with. */
    readonly author: string,
    beforeDeployment?: TemplateContext['beforeDeployment'],
  ) {
    this.context = { ports, author, ...(beforeDeployment ? { beforeDeployment } : {}) };
  }

  /**
   * Adopts every prompt file found as 1.0.0; a file that changed outside becomes a version "edited outside".
   */
  async adopt(options: AdoptOptions = {}): Promise<Adoption> {
    await this.ports.access?.require('prompts.adopt');
    return this.ports.store.exclusive(() => adoptPrompts(this.context, options));
  }

  /**
   * @throws PipelineError UNSAFE_NAME, INVALID_INPUT, ILLEGAL_STATE (the id exists), RECORD_UNREADABLE (not
   * UTF-8)
   */
  async create(input: {
    templateId: string;
    bytes: Uint8Array;
    templateType: TemplateType;
    agentType: string;
  }): Promise<Template> {
    await requireFor(this.ports, 'versions.change', input.templateId);
    return this.ports.store.exclusive(() => createTemplate(this.context, this.configuration, input));
  }

  /** All templates, each with its current version as its versions tell it: all of them are read. */
  async list(): Promise<Listing<Template>> {
    const { records, skipped } = await this.ports.store.list('templates');
    const versions = groupBy(
      (await this.ports.store.list('versions')).records,
      ({ templateId }) => templateId,
    );
    return {
      records: records.map((template) =>
        withCurrentVersion(template, versions.get(template.templateId) ?? []),
      ),
      skipped,
    };
  }

  /** All templates as their records have them, and how much there is of each: no version is read. */
  summaries(): Promise<Listing<TemplateSummary>> {
    return summarizeTemplates(this.ports.store);
  }

  /** @throws PipelineError NOT_FOUND */
  async get(templateId: string): Promise<Template> {
    const template = await getTemplate(this.context, templateId);
    return withCurrentVersion(template, (await listVersions(this.context, templateId)).records);
  }

  /** The template that holds an agent's prompt, if one does. */
  async forAgent(agentType: string): Promise<Template | undefined> {
    const found = templateForAgent((await this.ports.store.list('templates')).records, agentType);
    return found && this.get(found.templateId);
  }

  /** @throws PipelineError NOT_FOUND */
  async history(templateId: string): Promise<History> {
    const template = await getTemplate(this.context, templateId);
    const { records, skipped } = await listVersions(this.context, templateId);
    const deployments = await this.ports.store.list('deployments', `${templateId}.`);
    return {
      template: withCurrentVersion(template, records),
      versions: [...records].sort((a, b) => compareVersions(b.version, a.version)),
      events: [...eventsOf(deployments.records, templateId)].reverse(),
      skipped,
    };
  }

  /** @throws PipelineError NOT_FOUND, VERIFICATION_FAILED (the bytes no longer match their hash) */
  async versionText(templateId: string, version: string): Promise<VersionText> {
    const record = await this.#version(templateId, version);
    const bytes = await this.ports.store.getContent(record.contentHash);
    return { version: record, bytes, text: decodePrompt(bytes, record.versionId) };
  }

  /**
   * Adds a version; an accepted (not draft) one becomes the template's current version. A draft of the same
   * number is replaced.
   */
  async addVersion({ text, ...fields }: NewVersion): Promise<TemplateVersion> {
    await requireFor(this.ports, 'versions.change', fields.templateId);
    const { improvementId, validation, ...rest } = fields;
    return this.ports.store.exclusive(() =>
      addVersion(this.context, {
        ...rest,
        ...(improvementId === undefined ? {} : { improvementId }),
        ...(validation === undefined ? {} : { validation }),
        bytes: encodePrompt(text),
      }),
    );
  }

  /**
   * Changes a version's state, tags and notes. An approved pre-release becomes a release of its own, which is given back.
   * @throws PipelineError FORBIDDEN, NOT_FOUND, INVALID_INPUT, ILLEGAL_STATE for a move that is not allowed
   */
  async changeVersion(templateId: string, version: string, change: VersionChange): Promise<TemplateVersion> {
    await requireFor(this.ports, 'versions.change', templateId);
    return this.ports.store.exclusive(() => changeVersion(this.context, templateId, version, change));
  }

  /** Versions of all templates, or of one, that hold every word. */
  searchVersions(search: VersionSearch): Promise<Listing<FoundVersion>> {
    return searchVersions(this.context, search);
  }

  /** What changed from one version to another; kept as a record. @throws PipelineError NOT_FOUND */
  async compare(templateId: string, from: string, to: string): Promise<Comparison> {
    return storeComparison(
      this.context,
      await this.#version(templateId, from),
      await this.#version(templateId, to),
    );
  }

  /**
   * Bytes that are there already are no change: the last deployment is given as it is.
   * @throws PipelineError NOT_FOUND, ILLEGAL_STATE (a draft), REFUSED_BY_GATE, TARGET_CHANGED,
   * MERGE_CONFLICT, PERMISSION_DENIED, VERIFICATION_FAILED; the files and the records are then as they were
   */
  rollOut(templateId: string, options: DeployOptions): Promise<Rollout> {
    return this.ports.store.exclusive(() =>
      recordFailure(this.context, 'template.deploy-failed', templateId, () =>
        deployVersion(this.context, templateId, options),
      ),
    );
  }

  /**
   * Refuses before anything is asked of a person, and notes that as a refused step.
   * @throws PipelineError NOT_FOUND, FORBIDDEN
   */
  requireRollout(kind: 'deploy' | 'rollback', templateId: string): Promise<void> {
    const operation = kind === 'deploy' ? 'prompts.deploy' : 'prompts.roll-back';
    return this.ports.store.exclusive(() =>
      recordFailure(this.context, `template.${kind}-failed`, templateId, () =>
        requireFor(this.ports, operation, templateId),
      ),
    );
  }

  /** The same where one file is written; of several, the record of the first. */
  async deploy(templateId: string, options: DeployOptions): Promise<Deployment> {
    return firstOf(await this.rollOut(templateId, options), templateId);
  }

  /**
   * Without `to`: restores the bytes before the last deployment that changed them, in every file that it wrote; again, one further back.
   * @throws PipelineError INVALID_INPUT (no reason), NOT_FOUND, ILLEGAL_STATE (nothing to go back to),
   * TARGET_CHANGED; the files and the records are then as they were
   */
  rollBack(templateId: string, options: RollbackOptions): Promise<Rollout> {
    return this.ports.store.exclusive(() =>
      recordFailure(this.context, 'template.rollback-failed', templateId, () =>
        rollbackVersion(this.context, templateId, options),
      ),
    );
  }

  /** The same where one file is written; of several, the record of the first. */
  async rollback(templateId: string, options: RollbackOptions): Promise<Deployment> {
    return firstOf(await this.rollBack(templateId, options), templateId);
  }

  /**
   * Takes back one step, a deployment or a rollback, in every file that it wrote.
   * @throws PipelineError INVALID_INPUT, NOT_FOUND, ILLEGAL_STATE, TARGET_CHANGED
   */
  undo(rolloutId: string, reason: string): Promise<Rollout> {
    return this.ports.store.exclusive(() =>
      recordFailure(this.context, 'template.rollback-failed', rolloutId, () =>
        undoRollout(this.context, rolloutId, reason),
      ),
    );
  }

  /** What a deployment would do; writes nothing. @throws PipelineError as `rollOut`, but for the gates */
  async deployImpact(templateId: string, options: DeployOptions = {}): Promise<Impact> {
    const { targets, incoming } = await planDeployment(this.context, templateId, options);
    return impactOf(this.context, { kind: 'deploy', templateId, targets, incoming, comeBack: [] });
  }

  /** What a rollback would do; writes nothing. @throws PipelineError as `rollBack` */
  async rollbackImpact(templateId: string, to?: string): Promise<Impact> {
    const { targets } = await planRollback(this.context, templateId, to);
    return this.#wayBack('rollback', templateId, targets);
  }

  /** What taking one step back would do; writes nothing. @throws PipelineError as `undo` */
  async undoImpact(rolloutId: string): Promise<Impact> {
    const { templateId, undone, targets } = await planUndo(this.context, rolloutId);
    return this.#wayBack(undone === 'rollback' ? 'deploy' : 'rollback', templateId, targets);
  }

  #wayBack(kind: Impact['kind'], templateId: string, targets: readonly RollbackTarget[]): Promise<Impact> {
    const incoming = targets.flatMap((target) => target.incoming);
    const comeBack = [...new Set(targets.flatMap((target) => target.patternIds))].sort();
    return impactOf(this.context, { kind, templateId, targets, incoming, comeBack });
  }

  /**
   * What it would do to put one version in the place of what is deployed: to roll back to an older one, else to deploy it. Writes nothing.
   * @throws PipelineError as `deployImpact` and `rollbackImpact`: not every version can be deployed
   */
  async versionImpact(templateId: string, version: string): Promise<Impact> {
    const { deployedVersion } = await getTemplate(this.context, templateId);
    const isOlder = deployedVersion !== null && compareVersions(version, deployedVersion) < 0;
    if (isOlder) return this.rollbackImpact(templateId, version);
    return this.deployImpact(templateId, { version });
  }

  /** The comparison with its changes by section and the risk of going from one to the other; writes only the comparison. */
  async describeChange(templateId: string, from: string, to: string): Promise<DescribedChange> {
    const comparison = await this.compare(templateId, from, to);
    return describeChange(this.context, comparison);
  }

  /** Versions that are older than the retention allows and that nothing needs, and why the others stay. Writes nothing. */
  planCleanUp(retention: Partial<Retention> = {}): Promise<CleanUpPlan> {
    return planCleanUp(this.context, { ...this.configuration.versionRetention, ...retention });
  }

  /** Removes them, all or none. @throws PipelineError FORBIDDEN; RECORD_UNREADABLE when a record might need one of them */
  async cleanUp(retention: Partial<Retention> = {}): Promise<CleanUpPlan> {
    await this.ports.access?.require('versions.change');
    return this.ports.store.exclusive(() =>
      cleanUpVersions(this.context, { ...this.configuration.versionRetention, ...retention }),
    );
  }

  deployments(): Promise<Listing<Deployment>> {
    return this.ports.store.list('deployments');
  }

  async #version(templateId: string, version: string): Promise<TemplateVersion> {
    await this.get(templateId);
    const { records } = await listVersions(this.context, templateId);
    return findVersion(records, templateId, version);
  }
}
