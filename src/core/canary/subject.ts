import { passGate, requireFinished } from '../deploy/deploymentGate';
import { readTarget } from '../deploy/switchVersion';
import { PipelineError } from '../errors';
import type { Experiment } from '../model/experiment';
import type { Template, TemplateVersion } from '../model/template';
import { kindOf } from '../prompt/kinds/kindOf';
import { descendsFrom, versionsBetween, versionToDeploy } from '../templates/lineage';
import { findVersion, getTemplate, requireVersions } from '../templates/templateRecords';
import type { CanaryContext } from './canaryContext';
import { runningExperiments } from './experimentRecords';

/** What is tried against what. */
export interface CanarySubject {
  readonly template: Template;
  readonly mode: Experiment['mode'];
  readonly baseline: TemplateVersion;
  readonly candidate: TemplateVersion;
  readonly baselineBytes: Uint8Array;
  readonly candidateBytes: Uint8Array;
  /** Patterns of the edits that the candidate brings. */
  readonly patternIds: readonly string[];
  readonly running: readonly Experiment[];
}

const modes: Readonly<Record<string, Experiment['mode']>> = {
  'claude-agent': 'subagent',
  'claude-md': 'instructions',
  'claude-dot-md': 'instructions',
  'claude-local-md': 'instructions',
};

/**
 * Finds what is to be tried, and refuses what cannot be. Writes nothing.
 * @throws PipelineError NOT_FOUND, INVALID_INPUT, ILLEGAL_STATE, REFUSED_BY_GATE, TARGET_CHANGED
 */
export async function findSubject(
  { ports, templates }: CanaryContext,
  templateId: string,
  wanted: string | undefined,
): Promise<CanarySubject> {
  const template = await getTemplate(templates, templateId);
  const mode = modeOf(template);
  const running = await runningExperiments(ports);
  requireFree(template, running);
  const versions = await requireVersions(templates, templateId);
  const deployed = versions.find(({ version }) => version === template.deployedVersion);
  const { bytes } = await readTarget(templates, template, deployed);
  if (deployed === undefined || bytes === undefined) {
    throw illegal(template, `${template.path} has no deployed version.`, 'Deploy one first');
  }
  const candidate = findVersion(versions, templateId, wanted ?? versionToDeploy(template, versions));
  if (candidate.contentHash === deployed.contentHash) {
    throw illegal(
      template,
      `${candidate.version} is what ${template.path} holds already.`,
      'Accept a proposal first, or name another version',
    );
  }
  requireFinished(candidate);
  const isRelated =
    descendsFrom(versions, candidate.version, deployed.version) ||
    descendsFrom(versions, deployed.version, candidate.version);
  if (!isRelated) {
    throw illegal(
      template,
      `${candidate.version} was not made from what is deployed (${deployed.version}).`,
      'Name a version that was: deploying this one would give a merge that nobody tried',
    );
  }
  const incoming = versionsBetween(versions, candidate.version, deployed.version);
  passGate(incoming, undefined);
  return {
    template,
    mode,
    baseline: deployed,
    candidate,
    baselineBytes: bytes,
    candidateBytes: await ports.store.getContent(candidate.contentHash),
    patternIds: [...new Set(incoming.flatMap(({ patternIds }) => patternIds))].sort(),
    running,
  };
}

/** Whether a prompt file at this place can be tried on a share of the sessions: what it takes the hooks of Claude Code for. */
export function canBeTried(path: string): boolean {
  return modes[kindOf(path)?.id ?? ''] !== undefined;
}

function modeOf({ path }: Template): Experiment['mode'] {
  const mode = modes[kindOf(path)?.id ?? ''];
  if (mode !== undefined) return mode;
  throw new PipelineError('INVALID_INPUT', `${path} cannot be tried on some sessions only.`, {
    subject: path,
    remedy:
      "That takes Claude Code's hooks, and a file of this project: an agent in .claude/agents, or CLAUDE.md. For others, deploy and compare before with after; nothing was written.",
  });
}

function requireFree(template: Template, running: readonly Experiment[]): void {
  const other = running.find(
    ({ templateId, agentType }) => templateId === template.templateId || agentType === template.agentType,
  );
  if (other === undefined) return;
  throw illegal(
    template,
    `The experiment ${other.experimentId} on ${other.path} runs already, for the same agent.`,
    'Promote or end it first',
  );
}

function illegal({ path }: Template, message: string, remedy: string): PipelineError {
  return new PipelineError('ILLEGAL_STATE', message, {
    subject: path,
    remedy: `${remedy}; nothing was written.`,
  });
}
