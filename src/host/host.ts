import type * as vscode from 'vscode';
import type { CorrectionsFeed } from './corrections/correctionsFeed';
import type { CorrectionsTree } from './corrections/correctionsTree';
import type { PromptProblems } from './problems/promptProblems';
import type { ComparisonPages } from './replay/comparisonPages';
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
  readonly documents: ReviewDocuments;
  readonly report: ReportPanel;
  readonly tree: TemplatesTree;
  readonly feed: CorrectionsFeed;
  readonly corrections: CorrectionsTree;
  readonly run: RunState;
  readonly problems: PromptProblems;
  readonly comparisons: ComparisonPages;
}
