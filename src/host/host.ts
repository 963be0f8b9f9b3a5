import type * as vscode from 'vscode';
import type { CanaryMonitor } from './canary/canaryMonitor';
import type { CanaryStatus } from './canary/canaryStatus';
import type { CorrectionsFeed } from './corrections/correctionsFeed';
import type { CorrectionsTree } from './corrections/correctionsTree';
import type { HealthMonitor } from './health/healthMonitor';
import type { PreviewPages } from './previewPages';
import type { PromptProblems } from './problems/promptProblems';
import type { RecordChanges } from './recordChanges';
import type { ReportPanel } from './report/reportPanel';
import type { ReviewDocuments } from './review/reviewDocuments';
import type { RunState } from './runState';
import type { TemplatesTree } from './tree/templatesTree';
import type { WorkspaceSession } from './workspaceSession';

/** What a command may use. */
export interface Host {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly session: WorkspaceSession;
  readonly changes: RecordChanges;
  readonly documents: ReviewDocuments;
  readonly report: ReportPanel;
  readonly tree: TemplatesTree;
  readonly feed: CorrectionsFeed;
  readonly corrections: CorrectionsTree;
  readonly run: RunState;
  readonly problems: PromptProblems;
  readonly pages: PreviewPages;
  readonly health: HealthMonitor;
  readonly canary: CanaryMonitor;
  readonly canaryStatus: CanaryStatus;
}
