import * as vscode from 'vscode';
import { loadEngine } from '../engine';
import { markdownText } from '../markdownText';
import { isPipelineError } from '../showError';
import type { WorkspaceSession } from '../workspaceSession';
import type { VersionNode } from './versionNode';

/** Tooltips of versions, made when the pointer rests on one: what the version is, and what it would do to put it in place. */
export class VersionTooltips {
  readonly #session: WorkspaceSession;
  /** One at a time: a pointer that wanders over the rows leaves a trail of questions, of which the last one counts. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: WorkspaceSession) {
    this.#session = session;
  }

  async of(node: VersionNode, token: vscode.CancellationToken): Promise<vscode.MarkdownString> {
    const lines = this.#last.then(() => (token.isCancellationRequested ? [] : this.#impact(node)));
    // Whoever asked is told what went wrong.
    this.#last = lines.catch(() => undefined);
    const impact = await lines;
    const [head = '', ...facts] = node.facts;
    const text = [`**${markdownText(head)}**`, ...[...facts, ...impact].map(markdownText)].join('\n\n');
    const tooltip = new vscode.MarkdownString(text);
    tooltip.isTrusted = false;
    tooltip.supportHtml = false;
    return tooltip;
  }

  /** Plain text. A version that cannot be put in place, as a draft, says why. */
  async #impact({ templateId, version }: VersionNode): Promise<readonly string[]> {
    const [{ templates }, { impactLines }] = await Promise.all([this.#session.open(), loadEngine()]);
    try {
      const impact = await templates.versionImpact(templateId, version);
      const isLive = impact.targets.every(({ unchanged }) => unchanged);
      const step = impact.kind === 'rollback' ? 'Rolling back to it' : 'Deploying it';
      return [isLive ? 'Where it is live' : step, ...impactLines(impact)];
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      return [`What deploying it would change is not known: ${error.message}`];
    }
  }
}
