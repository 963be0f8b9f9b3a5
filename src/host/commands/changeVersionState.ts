import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { TemplateVersion, VersionStatus } from '../../core/model/template';
import { movesFrom } from '../../core/templates/versionStates';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickOneVersion } from '../versions/pickOneVersion';

const title = 'Change State';

const meanings: Readonly<Record<VersionStatus, string>> = {
  draft: 'Still being written; cannot be deployed',
  testing: 'Is being tried out; cannot be deployed yet',
  approved: 'Waits for its deployment',
  active: 'Stands in its file',
  deprecated: 'No longer to be used; can be rolled back to',
  archived: 'Out of the way; the tree leaves it out',
};

async function pickState(
  { version, status }: TemplateVersion,
  choices: readonly VersionStatus[],
): Promise<string | undefined> {
  const chosen = await vscode.window.showQuickPick(
    choices.map((label) => ({ label, detail: meanings[label] })),
    { title: `${title}: ${version} is ${status}`, placeHolder: 'Which state?' },
  );
  return chosen?.label;
}

/** Not awaited: the notification stays until the person closes it. */
function tellState({ version, status }: TemplateVersion): void {
  if (status !== 'archived') {
    void vscode.window.showInformationMessage(`Version ${version} is ${status}.`);
    return;
  }
  const search = 'Search Versions';
  const text = `Version ${version} is archived. The tree leaves it out; Search Versions finds it.`;
  void vscode.window.showInformationMessage(text, search).then((choice) => {
    if (choice === search) void vscode.commands.executeCommand(commandIds.searchVersions);
  });
}

/** Moves a version to another state, of those that are allowed. What is active is decided by deploying and rolling back. */
export const changeVersionState: Command = {
  id: commandIds.changeVersionState,
  needsTrust: true,
  async run(host, args) {
    const version = await pickOneVersion(host, args, title);
    if (!version) return undefined;
    // What is active stands in its file: it leaves that state when something else is written there.
    const isActive = version.status === 'active';
    const choices = isActive ? [] : movesFrom(version.status).filter((status) => status !== 'active');
    const wanted = args.status ?? (isActive ? 'deprecated' : await pickState(version, choices));
    if (wanted === undefined) return undefined;
    const status = choices.find((each) => each === wanted);
    if (status === undefined) {
      throw new PipelineError(
        'ILLEGAL_STATE',
        `Version ${version.version} is ${version.status}; it cannot become ${wanted} by hand.`,
        {
          subject: version.versionId,
          remedy: isActive
            ? 'It stands in its file: deploy another version or roll back first. Nothing was changed.'
            : `It can become ${choices.join(' or ')}; nothing was changed.`,
        },
      );
    }
    const { templates } = await host.session.open();
    const changed = await templates.changeVersion(version.templateId, version.version, { status });
    host.session.refresh();
    tellState(changed);
    return changed;
  },
};
