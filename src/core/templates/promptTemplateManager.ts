import type { Configuration } from '../model/configuration';
import type { Comparison, Deployment, Template, TemplateType, TemplateVersion } from '../model/template';
import type { Listing, Ports, Skipped } from '../ports';

export interface Adoption {
  readonly templates: readonly Template[];
  /** Ids of templates that are new. */
  readonly adopted: readonly string[];
  /** Ids of templates whose file was edited outside since, and is now a version of its own. */
  readonly editedOutside: readonly string[];
  readonly skipped: readonly Skipped[];
}

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
}

export interface VersionText {
  readonly version: TemplateVersion;
  readonly bytes: Uint8Array;
  /** UTF-8 text; a byte-order mark is kept. */
  readonly text: string;
}

export interface DeployOptions {
  /** Default: the newest accepted version. */
  readonly version?: string;
  readonly target?: string;
  /** Why a gate is overridden; recorded. */
  readonly override?: string;
  readonly reason?: string;
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

/** Versions of prompts, and what is live where. */
export class PromptTemplateManager {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'promptFiles' | 'clock' | 'hash' | 'log'>,
    readonly configuration: Configuration,
    /** Name that versions and deployments are signed with. */
    readonly author: string,
  ) {}

  /** Adopts every prompt file found as 1.0.0; a file that changed outside becomes a version "edited outside". */
  async adopt(): Promise<Adoption> {
    throw new Error('stub');
  }

  async create(_input: {
    templateId: string;
    bytes: Uint8Array;
    templateType: TemplateType;
    agentType: string;
  }): Promise<Template> {
    throw new Error('stub');
  }

  async list(): Promise<Listing<Template>> {
    throw new Error('stub');
  }

  /** @throws PipelineError NOT_FOUND */
  async get(_templateId: string): Promise<Template> {
    throw new Error('stub');
  }

  /** The template that holds an agent's prompt, if one does. */
  async forAgent(_agentType: string): Promise<Template | undefined> {
    throw new Error('stub');
  }

  async history(_templateId: string): Promise<History> {
    throw new Error('stub');
  }

  async versionText(_templateId: string, _version: string): Promise<VersionText> {
    throw new Error('stub');
  }

  /** Adds a version; an accepted (not draft) one becomes the template's current version. A draft of the same number is replaced. */
  async addVersion(_version: NewVersion): Promise<TemplateVersion> {
    throw new Error('stub');
  }

  async compare(_templateId: string, _from: string, _to: string): Promise<Comparison> {
    throw new Error('stub');
  }

  /** @throws PipelineError REFUSED_BY_GATE, TARGET_CHANGED, MERGE_CONFLICT, PERMISSION_DENIED, VERIFICATION_FAILED */
  async deploy(_templateId: string, _options: DeployOptions): Promise<Deployment> {
    throw new Error('stub');
  }

  /** Without `to`: restores the bytes before the last deployment that changed them. */
  async rollback(_templateId: string, _options: { to?: string; reason: string }): Promise<Deployment> {
    throw new Error('stub');
  }

  async rollbackImpact(_templateId: string, _to?: string): Promise<RollbackImpact> {
    throw new Error('stub');
  }

  async deployments(): Promise<Listing<Deployment>> {
    throw new Error('stub');
  }
}
