import * as vscode from 'vscode';
import type { MoveChoice } from '../../core/improve/scope/moveChoices';
import type { Improvement } from '../../core/model/improvement';
import type { Moved } from '../../core/review/moveHunk';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { decide } from '../review/decide';
import { requireHunk } from '../review/target';
import { showError } from '../showError';

const scopeNames = { personal: 'Personal', project: 'Project', folder: 'Folder', agent: 'Agent' } as const;

type Picked = Pick<MoveChoice, 'path' | 'copy'>;

interface Item extends vscode.QuickPickItem {
  /** Left out for a prompt that the person names themselves. */
  readonly value?: Picked;
}

async function pickTarget(choices: readonly MoveChoice[]): Promise<Picked | undefined> {
  const items = choices.map(
    (choice): Item => ({
      label: choice.copy ? `Copy for ${choice.tool}` : scopeNames[choice.kind],
      description: choice.path,
      detail:
        choice.templateId === undefined ? `${choice.reason} Deploying it makes the file.` : choice.reason,
      value: choice,
    }),
  );
  const picked = await vscode.window.showQuickPick<Item>([...items, { label: 'Other prompt file…' }], {
    title: 'Move Hunk',
    placeHolder: 'Where does this rule belong?',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined || picked.value !== undefined) return picked?.value;
  const { kindOf } = await loadEngine();
  const path = await vscode.window.showInputBox({
    title: 'Move Hunk',
    prompt: 'Prompt file, relative to the workspace; it need not exist yet',
    value: '.claude/rules/',
    validateInput: (value) =>
      kindOf(value) === undefined ? 'No tool that is known reads a prompt of that name.' : undefined,
  });
  return path === undefined ? undefined : { path, copy: false };
}

/** Not awaited: the notification stays until the person answers. */
function tell(host: Host, { from, to, template, hunkId }: Moved, copy: boolean): void {
  const back = copy ? [] : ['Move Back'];
  const message = `The rule is proposed for ${template.path} now. No agent’s file was touched.`;
  void vscode.window.showInformationMessage(message, 'Review It There', ...back).then(async (choice) => {
    const { improvementId } = to;
    if (choice === 'Review It There')
      await vscode.commands.executeCommand(commandIds.reviewImprovement, { improvementId });
    if (choice === 'Move Back') await moveBack(host, improvementId, hunkId, from.templateId);
  });
}

/** Not by the command: it would tell of the end of a review that nobody began. */
async function moveBack(
  host: Host,
  improvementId: string,
  hunkId: string,
  templateId: string,
): Promise<void> {
  try {
    const { moveHunk: move } = await loadEngine();
    await move(await host.session.open(), improvementId, hunkId, { templateId });
  } catch (error) {
    showError(host.log, error);
  }
  host.documents.refreshAll();
  host.session.refresh();
}

/**
 * Moves a pending hunk to the prompt that it belongs in. `templateId` or `path` name it; without them the person picks. A prompt that is not there
 * yet is made by its first deployment.
 */
export const moveHunk: Command = {
  id: commandIds.moveHunk,
  needsTrust: true,
  async run(host, args) {
    const { improvementId, hunkId } = await requireHunk(host, args, (hunk) => hunk.decision === 'pending');
    const { moveChoices, moveHunk: move } = await loadEngine();
    const workspace = await host.session.open();
    const { templateId } = args;
    const picked =
      args.path !== undefined
        ? { path: args.path, copy: args.copy ?? false }
        : templateId === undefined
          ? await pickTarget(await moveChoices(workspace, improvementId, hunkId))
          : undefined;
    if (picked === undefined && templateId === undefined) return undefined;
    const target = picked === undefined ? { templateId: templateId ?? '' } : { path: picked.path };
    const copy = picked?.copy ?? false;
    let moved: Moved | undefined;
    const act = async (): Promise<Improvement> => {
      moved = await move(workspace, improvementId, hunkId, target, { copy });
      return moved.from;
    };
    await decide(host, improvementId, act);
    if (moved !== undefined) tell(host, moved, copy);
    return moved;
  },
};
