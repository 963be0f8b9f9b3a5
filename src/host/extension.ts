import * as vscode from 'vscode';
import { hostBackupSecrets } from './backup/backupSecrets';
import { ScheduledBackups } from './backup/scheduledBackups';
import { CanaryMonitor } from './canary/canaryMonitor';
import { CanaryStatus } from './canary/canaryStatus';
import { registerCommand } from './command';
import { readArguments } from './commandArguments';
import { CorrectionsFeed } from './corrections/correctionsFeed';
import { CorrectionsTree } from './corrections/correctionsTree';
import { driftedTemplates, HealthMonitor } from './health/healthMonitor';
import { registerHealthProblems } from './health/healthProblems';
import { createHealthStatus } from './health/healthStatus';
import { refreshHookLauncher } from './hook/launcher';
import { registerPlannedTexts } from './hook/plannedSettings';
import type { Host } from './host';
import { commandIds, openEvidenceCommand, reportViewType, showOlderCommand } from './ids';
import { LiveAnalysis } from './liveAnalysis';
import { LiveSessions } from './liveSessions';
import { PreviewPages } from './previewPages';
import { showConfigurationProblems } from './problems/configurationProblems';
import { PromptProblems } from './problems/promptProblems';
import { registerQuickFixes } from './problems/quickFixes';
import { RecordChanges } from './recordChanges';
import { registerScenarioTests } from './replay/scenarioTests';
import { ReportPanel } from './report/reportPanel';
import { registerAdviceLink } from './review/adviceDrafts';
import { registerPromptLenses } from './review/promptLenses';
import { ReviewDocuments } from './review/reviewDocuments';
import { registerReviewLenses } from './review/reviewLenses';
import { registerWhyHover } from './review/whyHover';
import { RunState } from './runState';
import { RunSchedule } from './runs/runSchedule';
import { showError } from './showError';
import { openEvidence } from './source/openEvidence';
import { registerStoredCorrections } from './source/storedCorrections';
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
      const found = improvement.hunks.find((hunk) => hunk.hunkId === hunkId)?.evidence[evidence];
      if (found) await openEvidence(workspace.root, found.source, found.correctionId);
    } catch (error) {
      showError(host.log, error);
    }
  });
}

/** What other extensions, and the tests, get from `Extension.activate`. */
export interface ExtensionApi {
  /** The rows of the trees as they are shown. */
  readonly tree: Pick<TemplatesTree, 'getChildren' | 'resolveTreeItem' | 'onDidChangeTreeData'>;
  readonly corrections: Pick<CorrectionsTree, 'getChildren' | 'resolveTreeItem' | 'onDidChangeTreeData'>;
  /** Whether new lines of the agents' sessions are read as they are written. */
  readonly live: Pick<LiveSessions, 'watching'>;
}

/** Registers everything and reads nothing: the engine loads when the first of it is needed. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const log = vscode.window.createOutputChannel('Claude PM', { log: true });
  const session = new WorkspaceSession(log, hostBackupSecrets(context.secrets));
  const changes = new RecordChanges(session, log);
  const run = new RunState();
  const documents = new ReviewDocuments(session);
  const report = new ReportPanel(session, changes, context.extensionUri, log);
  const tree = new TemplatesTree(session, log);
  const feed = new CorrectionsFeed(session, log);
  const corrections = new CorrectionsTree(feed);
  const live = new LiveSessions(session, feed, log);
  const problems = new PromptProblems(session, log);
  const pages = new PreviewPages();
  const scheduled = new ScheduledBackups(session, log);
  const health = new HealthMonitor(context, session, changes, run, problems.onDidCheck, log);
  const canary = new CanaryMonitor(context, session, changes, log);
  const canaryStatus = new CanaryStatus(context, session, log);
  const host: Host = {
    context,
    log,
    session,
    changes,
    documents,
    report,
    tree,
    feed,
    corrections,
    run,
    problems,
    pages,
    health,
    canary,
    canaryStatus,
  };
  const schedule = new RunSchedule(host, live.onDidRead);
  context.subscriptions.push(
    log,
    session,
    changes,
    run,
    documents,
    report,
    tree,
    feed,
    corrections,
    live,
    scheduled,
    schedule,
    new LiveAnalysis(session, live.onDidRead, report, run, log),
    ...Object.values(commandIds).map((id) => registerCommand(host, id)),
    problems,
    showConfigurationProblems(session),
    pages,
    health,
    canary,
    canaryStatus,
    createHealthStatus(health),
    registerHealthProblems(health),
    health.onDidCheck(() => tree.markDrifted(driftedTemplates(health.found))),
    registerQuickFixes(host),
    registerScenarioTests(host),
    registerEvidenceLink(host),
    registerAdviceLink(host),
    vscode.commands.registerCommand(showOlderCommand, () => corrections.showOlder()),
    registerStoredCorrections(session, feed),
    registerPlannedTexts(),
    registerReviewLenses(session, documents),
    registerPromptLenses(session, documents, log),
    registerWhyHover(session),
    createStatusBar(session, run, live, log),
    watchRecords(changes, session, feed, documents, run, log),
    vscode.window.registerWebviewPanelSerializer(reportViewType, report),
  );
  void live.startAfterFirstReading().then(() => {
    changes.start();
    scheduled.start();
    schedule.start();
    canary.start();
    return refreshHookLauncher(context, log);
  });
  return { tree, corrections, live };
}
