import * as vscode from 'vscode';
import type { Deployment } from '../../core/model/template';
import type { Rollout } from '../../core/templates/promptTemplateManager';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { showError } from '../showError';

/** Files that a notification names. */
const mostNamed = 4;

function heldText({ target, toVersion }: Deployment): string {
  return `${target} ${toVersion === null ? 'is gone again' : `holds ${toVersion}`}`;
}

function deploymentText(deployment: Deployment): string {
  return `${heldText(deployment)}${deployment.verified ? ', read back and verified' : ''}`;
}

export function writtenText({ deployments, rolloutId }: Rollout): string {
  const [first, ...more] = deployments;
  if (!first) return 'Nothing was to be written.';
  if (rolloutId === undefined)
    return `${first.target} holds ${first.toVersion} already; nothing was written.`;
  if (more.length === 0) return `${deploymentText(first)}.`;
  const all = deployments.every(({ verified }) => verified) ? ', read back and verified' : '';
  const rest = deployments.length - mostNamed;
  const named = deployments.slice(0, mostNamed).map(heldText);
  return `${deployments.length} files were written${all}: ${named.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
}

/** Tells what was written, with the way back. Not awaited: the notification stays until the person closes it. */
export function offerUndo(host: Host, { rolloutId }: Rollout, message: string, label: string): void {
  const choices = rolloutId === undefined ? [] : [label];
  void vscode.window.showInformationMessage(withoutLinks(message), ...choices).then(
    async (choice) => {
      if (choice) await vscode.commands.executeCommand(commandIds.undoRollout, { rolloutId });
    },
    (error: unknown) => showError(host.log, error),
  );
}
