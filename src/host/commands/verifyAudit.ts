import * as vscode from 'vscode';
import type { AuditProblem } from '../../core/audit/verifyLog';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';

async function open(host: Host, { path, line }: AuditProblem): Promise<void> {
  const folder = await host.session.folder();
  if (!folder || line === 0) return;
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, path), {
    selection: new vscode.Range(at, at),
  });
}

/** Looks for changed and missing entries, and shows the first at its line. */
export const verifyAudit: Command = {
  id: commandIds.verifyAudit,
  needsTrust: false,
  async run(host) {
    const { verifyLog } = await loadEngine();
    const { store, hash } = (await host.session.open()).ports;
    const { records, skipped } = await store.readLines('audit');
    const found = verifyLog(records, skipped, hash);
    for (const { path, line, reason } of [...found.problems, ...found.torn]) {
      host.log.warn(`${path}:${line}: ${reason}`);
    }
    const [first] = found.problems;
    if (first === undefined) {
      const message = `${found.entries} entries, every chain is whole.`;
      void vscode.window.showInformationMessage(`Audit log: ${message}`);
      return found;
    }
    await open(host, first);
    const more = found.problems.length - 1;
    const message = `The audit log is not as it was written: ${first.entryId ?? `${first.path}:${first.line}`}: ${first.reason}.${more > 0 ? ` ${more} more in the log.` : ''}`;
    void vscode.window.showWarningMessage(withoutLinks(message), 'Show Log').then((choice) => {
      if (choice) host.log.show();
    });
    return found;
  },
};
