import * as vscode from 'vscode';
import type { Improvement } from '../core/model/improvement';
import type { TemplateVersion } from '../core/model/template';
import type { History, TemplateSummary } from '../core/templates/promptTemplateManager';
import type { Host } from './host';
import type { Snapshot, TemplateView } from './snapshot';

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

async function pick<T>(
  choices: readonly Choice<T>[],
  title: string,
  placeHolder: string,
): Promise<T | undefined> {
  const chosen = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.value;
}

async function requireSnapshot(host: Host): Promise<Snapshot> {
  return (
    (await host.session.snapshot()) ?? { templates: [], pending: [], skipped: [], hasCorrections: false }
  );
}

/** The template named, else the only one, else the one that the person picks. */
export async function pickTemplate(
  host: Host,
  templateId: string | undefined,
  title: string,
  fits: (summary: TemplateSummary) => boolean,
): Promise<History | undefined> {
  const { templates } = await host.session.open();
  if (templateId !== undefined) return templates.history(templateId);
  const choices = (await templates.summaries()).records.filter(fits).map(({ template }) => ({
    label: template.path,
    description: template.agentType,
    detail: `current ${template.currentVersion}, deployed ${template.deployedVersion ?? 'none'}`,
    value: template.templateId,
  }));
  if (choices.length === 0) {
    void vscode.window.showInformationMessage(`${title}: there is no prompt that this can be done with yet.`);
    return undefined;
  }
  const [only, ...others] = choices;
  const picked =
    only !== undefined && others.length === 0 ? only.value : await pick(choices, title, 'Which prompt?');
  return picked === undefined ? undefined : templates.history(picked);
}

export async function pickVersion(
  versions: readonly TemplateVersion[],
  title: string,
  placeHolder: string,
): Promise<string | undefined> {
  return pick(
    versions.map((version) => ({
      label: version.version,
      description: version.status,
      detail: version.changeSummary,
      value: version.version,
    })),
    title,
    placeHolder,
  );
}

/** The improvement named, else the only pending one, else the one that the person picks. */
export async function pickImprovement(
  host: Host,
  improvementId: string | undefined,
): Promise<string | undefined> {
  if (improvementId !== undefined) return improvementId;
  const { pending, templates } = await requireSnapshot(host);
  const [first, ...others] = pending;
  if (!first) {
    void vscode.window.showInformationMessage(
      'No improvement waits for a review. Run Improvement looks for some.',
    );
    return undefined;
  }
  if (others.length === 0) return first.improvementId;
  const paths = new Map(templates.map(({ template }) => [template.templateId, template.path]));
  return pick(
    pending.map((improvement) => improvementChoice(improvement, paths.get(improvement.templateId))),
    'Review Improvement',
    'Which improvement?',
  );
}

function improvementChoice(improvement: Improvement, path: string | undefined): Choice<string> {
  const pending = improvement.hunks.filter((hunk) => hunk.decision === 'pending').length;
  return {
    label: path ?? improvement.templateId,
    description: `${pending} of ${improvement.hunks.length} hunks pending, ${improvement.status}`,
    detail: improvement.validation
      ? `Test: ${improvement.validation.verdict} (${improvement.validation.tier} tier)`
      : 'Not validated yet',
    value: improvement.improvementId,
  };
}

/** `[]` for all agents; `undefined` when the person changed their mind. */
export async function pickAgents(host: Host): Promise<readonly string[] | undefined> {
  const { templates } = await requireSnapshot(host);
  const agents = [...new Set(templates.map((view) => view.template.agentType))].sort();
  if (agents.length < 2) return [];
  return pick<readonly string[]>(
    [
      { label: 'All agents', description: agents.join(', '), value: [] },
      ...agents.map((agent) => ({ label: agent, value: [agent] })),
    ],
    'Run Improvement',
    'For which agent?',
  );
}

/** What stands in an agent's files now. */
function agentChoice(agentType: string, templates: readonly TemplateView[], picked: boolean) {
  const own = templates.filter(({ template }) => template.agentType === agentType);
  const held = own.map(({ template }) => `${template.path} ${template.deployedVersion ?? 'not deployed'}`);
  return { label: agentType, description: held.join(', '), picked };
}

/** Agents that a prompt is written to, its own one checked at first; `undefined` when the person changed their mind. */
export async function pickAgentsOf(
  host: Host,
  own: string,
  title: string,
): Promise<readonly string[] | undefined> {
  const { templates } = await requireSnapshot(host);
  const agents = [...new Set(templates.map((view) => view.template.agentType))].sort();
  const chosen = await vscode.window.showQuickPick(
    agents
      .toSorted((a, b) => Number(b === own) - Number(a === own))
      .map((agentType) => agentChoice(agentType, templates, agentType === own)),
    {
      title,
      placeHolder: 'Whose prompt files are written? All of them are, or none.',
      canPickMany: true,
      matchOnDescription: true,
    },
  );
  return chosen?.map(({ label }) => label);
}
