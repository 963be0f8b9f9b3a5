import * as vscode from 'vscode';
import type { Hunk } from '../../core/model/improvement';
import { openEvidenceCommand, schemes } from '../ids';
import type { WorkspaceSession } from '../workspaceSession';
import { locateInDocument } from './reviewState';

/** Excerpts are shown up to this length; the source has the whole. */
const excerptLength = 280;

function quote(excerpt: string): string {
  const text = excerpt.replace(/\s+/g, ' ').trim();
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength)}…`;
}

/** The reason for a hunk and the moments that it rests on. Texts of records are untrusted and appended as text. */
export function whyText(hunk: Hunk, improvementId: string): vscode.MarkdownString {
  const why = new vscode.MarkdownString('', true);
  why.isTrusted = { enabledCommands: [openEvidenceCommand] };
  why.appendMarkdown('**Why** ').appendText(hunk.reason);
  why
    .appendMarkdown('\n\n')
    .appendText(
      `${hunk.strategy}, confidence ${Math.round(hunk.confidence * 100)}%, about ${hunk.tokenDelta} tokens more`,
    );
  if (hunk.evidence.length > 0) why.appendMarkdown('\n\n---\n\n**What people said**\n\n');
  hunk.evidence.forEach((evidence, index) => {
    const target = encodeURIComponent(
      JSON.stringify([{ improvementId, hunkId: hunk.hunkId, evidence: index }]),
    );
    why.appendMarkdown('“').appendText(quote(evidence.excerpt)).appendMarkdown('” — ');
    why.appendMarkdown(`[session `).appendText(evidence.sessionId.slice(0, 8));
    why.appendMarkdown(`, line ${evidence.source.line}](command:${openEvidenceCommand}?${target})\n\n`);
  });
  return why;
}

/** Says why on a hunk's lines. The "Why" CodeLens shows the same hover by keyboard and for screen readers. */
export function registerWhyHover(session: WorkspaceSession): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: schemes.proposal },
    {
      async provideHover(document, position) {
        const found = await locateInDocument(session, document);
        const hit = found?.locations.find(
          ({ line, lines }) => position.line >= line && position.line < line + Math.max(1, lines),
        );
        if (!found || !hit) return undefined;
        return new vscode.Hover(
          whyText(hit.hunk, found.improvement.improvementId),
          new vscode.Range(hit.line, 0, hit.line + Math.max(1, hit.lines), 0),
        );
      },
    },
  );
}
