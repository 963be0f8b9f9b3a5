import * as vscode from 'vscode';
import { registerCommand } from './command';
import { readArguments } from './commandArguments';
import { commands } from './commands/registry';
import type { Host } from './host';
import { openEvidenceCommand, reportViewType } from './ids';
import { openEvidence, ReportPanel } from './report/reportPanel';
import { ReviewDocuments } from './review/reviewDocuments';
import { registerReviewLenses } from './review/reviewLenses';
import { registerWhyHover } from './review/whyHover';
import { RunState } from './runState';
import { showError } from './showError';
import { createStatusBar } from './statusBar';
import { TemplatesTree } from './tree/templatesTree';
import { watchRecords } from './watchRecords';
import { WorkspaceSession } from './workspaceSession';

/** Opens one piece of a hunk's evidence; the link names the record, not a path. */
function registerEvidenceLink(host: Host): vscode.Disposable {
  return vscode.commands.registerCommand(openEvidenceCommand, async (argument: unknown) => {
    const { improvementId, hunkId, evidence } = readArguments(argument);
    if (improvementId === undefined || evidence === undefined) return;
    try {
      const workspace = await host.session.open();
      const { improvement } = await workspace.review.show(improvementId);
      const source = improvement.hunks.find((hunk) => hunk.hunkId === hunkId)?.evidence[evidence]?.source;
      if (source) await openEvidence(workspace.root, source);
    } catch (error) {
      showError(host.log, error);
    }
  });
}

/** What other extensions, and the tests, get from `Extension.activate`. */
export interface ExtensionApi {
  /** The rows of the tree as they are shown. */
  readonly tree: Pick<TemplatesTree, 'getChildren'>;
}

/** Registers everything and reads nothing: the engine loads when the first of it is needed. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const log = vscode.window.createOutputChannel('Claude PM', { log: true });
  const session = new WorkspaceSession(log);
  const run = new RunState();
  const documents = new ReviewDocuments(session);
  const report = new ReportPanel(session, context.extensionUri, log);
  const tree = new TemplatesTree(session);
  const host: Host = { context, log, session, documents, report, tree, run };
  context.subscriptions.push(
    log,
    session,
    run,
    documents,
    report,
    tree,
    ...commands.map((command) => registerCommand(host, command)),
    registerEvidenceLink(host),
    registerReviewLenses(session, documents),
    registerWhyHover(session),
    createStatusBar(session, run, log),
    watchRecords(session, documents, log),
    vscode.window.registerWebviewPanelSerializer(reportViewType, report),
  );
  return { tree };
}
