import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import { type Template, type TemplateType, templateTypeSchema } from '../model/template';
import { decodePrompt } from './promptText';
import { requireTemplateId } from './templateId';
import { type TemplateContext, writeVersion } from './templateRecords';
import { firstVersion } from './versionNumbers';

export interface CreateInput {
  readonly templateId: string;
  readonly bytes: Uint8Array;
  readonly templateType: TemplateType;
  readonly agentType: string;
}

/**
 * A template by hand: its version 1.0.0 is approved and waits for its first deployment. An agent's prompt is
 * for `.claude/agents/<templateId>.md`, any other for `prompts/<templateId>.md`. Needs the workspace's lock.
 * @throws PipelineError UNSAFE_NAME, INVALID_INPUT for a type or agent that is not known, ILLEGAL_STATE for
 * an id that exists
 */
export async function createTemplate(
  context: TemplateContext,
  configuration: Configuration,
  { templateId, bytes, templateType, agentType }: CreateInput,
): Promise<Template> {
  const { store, audit, clock } = context.ports;
  requireTemplateId(templateId);
  const type = templateTypeSchema.safeParse(templateType);
  if (!type.success) throw unknown('template type', templateType, templateTypeSchema.options);
  const agents = await knownAgents(context, configuration);
  const agent = agents.find((each) => each.toLowerCase() === agentType.toLowerCase());
  if (agent === undefined) throw unknown('agent', agentType, agents);
  decodePrompt(bytes, templateId);
  if (await store.get('templates', templateId)) {
    throw new PipelineError('ILLEGAL_STATE', `There is a template "${templateId}" already.`, {
      subject: templateId,
      remedy: 'Choose another id; the template was left as it is.',
    });
  }
  const version = await writeVersion(context, {
    templateId,
    version: firstVersion,
    parentVersion: null,
    origin: 'created',
    status: 'approved',
    changeSummary: 'Created by hand',
    strategy: null,
    hunkIds: [],
    patternIds: [],
    bytes,
  });
  const template: Template = {
    schemaVersion,
    templateId,
    templateType: type.data,
    agentType: agent,
    path: `${type.data === 'agent_prompt' ? '.claude/agents' : 'prompts'}/${templateId}.md`,
    createdAt: clock.now().toISOString(),
    currentVersion: version.version,
    deployedVersion: null,
  };
  await store.put('templates', template);
  const { contentHash } = version;
  await audit.record('template.created', templateId, { contentHash }, { before: null, after: template });
  return template;
}

/** The configured agents, those that a prompt file was found for, and the main thread. */
async function knownAgents({ ports }: TemplateContext, configuration: Configuration): Promise<string[]> {
  const found = (await ports.promptFiles.discover()).records.map((file) => file.agentType);
  const { agentTypes, agentNames } = configuration;
  return [...new Set([...agentTypes, ...Object.values(agentNames), ...found, 'main'])];
}

function unknown(what: string, given: string, known: readonly string[]): PipelineError {
  return new PipelineError('INVALID_INPUT', `"${given}" is no known ${what}.`, {
    subject: given,
    remedy: `Use one of: ${known.join(', ')}.`,
  });
}
