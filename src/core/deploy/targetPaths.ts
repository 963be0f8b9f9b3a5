import { PipelineError } from '../errors';
import type { Template } from '../model/template';
import { kindOf } from '../prompt/kinds/kindOf';
import { templateForAgent } from '../templates/forAgent';

export interface TargetOptions {
  /** Paths relative to the workspace. */
  readonly targets?: readonly string[];
  /** Agents whose prompt files are written. */
  readonly agents?: readonly string[];
}

const textFile = /\.(?:md|mdc|txt)$/i;
/** Empty parts, `.` and `..`, a drive: such a path is absolute, or leads elsewhere. */
const unplain = /(?:^|\/)\.{0,2}(?:\/|$)|^[A-Za-z]:/;
const ownFolders = /^\.(?:claude-pm|git)(?:\/|$)/i;

/**
 * Paths that a deployment is to write, each once: by default the template's own.
 * @throws PipelineError NOT_FOUND for an agent without a prompt, INVALID_INPUT for a path that is no prompt's
 */
export function targetPaths(
  template: Template,
  templates: readonly Template[],
  { targets = [], agents = [] }: TargetOptions,
): readonly string[] {
  const named = [
    ...targets.map((target) => plainTarget(target, template, templates)),
    ...agents.map((agent) => pathOfAgent(templates, agent)),
  ];
  return named.length === 0 ? [template.path] : [...new Set(named)];
}

function pathOfAgent(templates: readonly Template[], agent: string): string {
  const live = templates.filter((each) => each.deployedVersion !== null);
  const found = templateForAgent(live, agent) ?? templateForAgent(templates, agent);
  if (found) return found.path;
  throw new PipelineError('NOT_FOUND', `The agent "${agent}" has no prompt here.`, {
    subject: agent,
    remedy: `Agents with a prompt: ${[...new Set(templates.map((each) => each.agentType))].sort().join(', ') || 'none'}. Name a file to make one; nothing was written.`,
  });
}

function plainTarget(target: string, template: Template, templates: readonly Template[]): string {
  const path = target.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '');
  if (path === template.path || templates.some((each) => each.path === path)) return path;
  const isPrompt = kindOf(path) !== undefined || textFile.test(path);
  if (!unplain.test(path) && !ownFolders.test(path) && isPrompt) return path;
  throw new PipelineError('INVALID_INPUT', `"${template.templateId}" cannot be deployed to ${target}.`, {
    subject: target,
    remedy:
      'Name a prompt file inside the workspace, such as .claude/agents/qa.md (Markdown or plain text); nothing was written.',
  });
}
