import * as vscode from 'vscode';
import type { Finding } from '../../core/lint/finding';
import { readArguments } from '../commandArguments';
import { reviewImprovement } from '../commands/reviewImprovement';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { fixFindingCommand, ignoreFindingCommand } from '../ids';
import { codeOf, showError } from '../showError';
import type { PromptProblems } from './promptProblems';

function action(finding: Finding, diagnostic: vscode.Diagnostic, title: string, command: string) {
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.diagnostics = [diagnostic];
  made.command = { command, title, arguments: [{ findingId: finding.findingId }] };
  return made;
}

/** Both write below `.claude-pm/`, so there are none in Restricted Mode. */
function quickFixProvider(problems: PromptProblems): vscode.CodeActionProvider {
  return {
    provideCodeActions(document, _range, { diagnostics }) {
      if (!vscode.workspace.isTrusted) return [];
      return diagnostics.flatMap((diagnostic) =>
        problems.findingsAt(document.uri, [diagnostic]).flatMap((finding) => {
          const ignore = action(finding, diagnostic, 'Ignore this finding', ignoreFindingCommand);
          if (finding.fix === undefined) return [ignore];
          const title = `${finding.fix.title} (in Claude PM review)`;
          const fix = action(finding, diagnostic, title, fixFindingCommand);
          fix.isPreferred = finding.fix.inBulk;
          return [fix, ignore];
        }),
      );
    },
  };
}

/** Makes the fix a hunk of an improvement, and opens its review. */
async function fixFinding(host: Host, findingId: string): Promise<unknown> {
  const workspace = await host.session.openInitialized();
  const [improvement] = await workspace.promptCheck.fix({ findingIds: [findingId] });
  if (improvement === undefined) return undefined;
  host.session.refresh();
  return reviewImprovement.run(host, { improvementId: improvement.improvementId });
}

/** Kept in `config.json`, for all who work on the project. */
async function ignoreFinding(host: Host, findingId: string): Promise<unknown> {
  const workspace = await host.session.openInitialized();
  const { changeConfiguration } = await loadEngine();
  const ignoredFindings = [...new Set([...workspace.configuration.ignoredFindings, findingId])].sort();
  await changeConfiguration(workspace, { ignoredFindings });
  await host.session.reopen();
  await host.problems.checkNow();
  return { findingId };
}

function register(
  host: Host,
  id: string,
  work: (host: Host, findingId: string) => Promise<unknown>,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument: unknown) => {
    const { findingId } = readArguments(argument);
    if (findingId === undefined || !vscode.workspace.isTrusted) return undefined;
    try {
      return await work(host, findingId);
    } catch (error) {
      showError(host.log, error);
      return { failed: codeOf(error) };
    }
  });
}

export function registerQuickFixes(host: Host): vscode.Disposable {
  const selector: vscode.DocumentSelector = { scheme: 'file', pattern: '**/*.{md,mdc}' };
  return vscode.Disposable.from(
    register(host, fixFindingCommand, fixFinding),
    register(host, ignoreFindingCommand, ignoreFinding),
    vscode.languages.registerCodeActionsProvider(selector, quickFixProvider(host.problems), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
  );
}
