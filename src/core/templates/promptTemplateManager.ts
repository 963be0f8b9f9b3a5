import { type DeployOptions, deployVersion } from '../deploy/deployVersion';
import { eventsOf } from '../deploy/events';
import { planRollback, rollbackVersion } from '../deploy/rollbackVersion';
import type { Configuration } from '../model/configuration';
import type { Comparison, Deployment, Template, TemplateType, TemplateVersion } from '../model/template';
import type { Listing, Ports, Skipped } from '../ports';
import { addVersion } from './addVersion';
import { type Adoption, type AdoptOptions, adoptPrompts } from './adoptPrompts';
import { createTemplate } from './createTemplate';
import { templateForAgent } from './forAgent';
import { withCurrentVersion } from './lineage';
import { decodePrompt, encodePrompt } from './promptText';
import {
  compareVersionRecords,
  findVersion,
  getTemplate,
  listVersions,
  storeComparison,
  type TemplateContext,
} from './templateRecords';
import { compareVersions } from './versionNumbers';

export type { DeployOptions } from '../deploy/deployVersion';
export type { Adoption } from './adoptPrompts';

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

export interface RollbackImpact {
  readonly templateId: string;
  readonly from: string;
  readonly to: string;
  readonly comparison: Comparison;
  readonly agents: readonly string[];
  readonly files: readonly string[];
  /** Patterns that the change addressed and that may come back. */
  readonly patternIds: readonly string[];
}

/**
 * Versions of prompts, and what is live where. What changes records holds the workspace's lock while it does.
 */
export class PromptTemplateManager {
  readonly context: TemplateContext;

  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'promptFiles' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    /** Name that versions and deployments are signed with. */
    readonly author: string,
  ) {
    this.context = { ports, author };
  }

  /**
   * Adopts every prompt file found as 1.0.0; a file that changed outside becomes a version "edited outside".
   */
  adopt(options: AdoptOptions = {}): Promise<Adoption> {
    return this.ports.store.exclusive(() => adoptPrompts(this.context, options));
  }

  /**
   * @throws PipelineError UNSAFE_NAME, INVALID_INPUT, ILLEGAL_STATE (the id exists), RECORD_UNREADABLE (not
   * UTF-8)
   */
  create(input: {
    templateId: string;
    bytes: Uint8Array;
    templateType: TemplateType;
    agentType: string;
  }): Promise<Template> {
    return this.ports.store.exclusive(() => createTemplate(this.context, this.configuration, input));
  }

  async list(): Promise<Listing<Template>> {
    const { records, skipped } = await this.ports.store.list('templates');
    const versions = (await this.ports.store.list('versions')).records;
    const own = (templateId: string) => versions.filter((version) => version.templateId === templateId);
    return {
      records: records.map((template) => withCurrentVersion(template, own(template.templateId))),
      skipped,
    };
  }

  /** @throws PipelineError NOT_FOUND */
  async get(templateId: string): Promise<Template> {
    const template = await getTemplate(this.context, templateId);
    return withCurrentVersion(template, (await listVersions(this.context, templateId)).records);
  }

  /** The template that holds an agent's prompt, if one does. */
  async forAgent(agentType: string): Promise<Template | undefined> {
    return templateForAgent((await this.list()).records, agentType);
  }

  /** @throws PipelineError NOT_FOUND */
  async history(templateId: string): Promise<History> {
    const template = await this.get(templateId);
    const { records, skipped } = await listVersions(this.context, templateId);
    const deployments = await this.ports.store.list('deployments');
    return {
      template,
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
  addVersion({ text, ...fields }: NewVersion): Promise<TemplateVersion> {
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
   * MERGE_CONFLICT, PERMISSION_DENIED, VERIFICATION_FAILED; the file and the records are then as they were
   */
  deploy(templateId: string, options: DeployOptions): Promise<Deployment> {
    return this.ports.store.exclusive(() => deployVersion(this.context, templateId, options));
  }

  /**
   * Without `to`: restores the bytes before the last deployment that changed them; again, one further back.
   * @throws PipelineError INVALID_INPUT (no reason), NOT_FOUND, ILLEGAL_STATE (nothing to go back to),
   * TARGET_CHANGED
   */
  rollback(templateId: string, options: { to?: string; reason: string }): Promise<Deployment> {
    return this.ports.store.exclusive(() => rollbackVersion(this.context, templateId, options));
  }

  /** What a rollback would do; writes nothing. */
  async rollbackImpact(templateId: string, to?: string): Promise<RollbackImpact> {
    const plan = await planRollback(this.context, templateId, to);
    return {
      templateId,
      from: plan.from.version,
      to: plan.to.version,
      comparison: await compareVersionRecords(this.context, plan.from, plan.to),
      agents: [plan.template.agentType],
      files: [plan.template.path],
      patternIds: plan.patternIds,
    };
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
