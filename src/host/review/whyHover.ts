import * as vscode from 'vscode';
import type { Hunk } from '../../core/model/improvement';
import { openEvidenceCommand, schemes } from '../ids';
import { markdownText } from '../markdownText';
import { oneLine } from '../plainText';
import type { WorkspaceSession } from '../workspaceSession';
import { locateInDocument } from './reviewState';

/** Excerpts and names are shown up to these lengths; the source has the whole. */
const excerptLength = 500;
const nameLength = 60;

function shorten(text: string, length: number): string {
  return markdownText(oneLine(text, length));
}

/** The reason for a hunk and the moments that it rests on. Texts of records are untrusted and escaped. */
export function whyText(hunk: Hunk, improvementId: string): vscode.MarkdownString {
  const tokens = `${hunk.tokenDelta < 0 ? '' : '+'}${hunk.tokenDelta}`;
  const facts = `${hunk.strategy}, confidence ${Math.round(hunk.confidence * 100)}%, ${tokens} tokens (estimated)`;
  const evidence = hunk.evidence.map((one, index) => {
    const target = encodeURIComponent(
      JSON.stringify([{ improvementId, hunkId: hunk.hunkId, evidence: index }]),
    );
    const place = `session ${shorten(one.sessionId, nameLength)}, line ${one.source.line}`;
    return `“${shorten(one.excerpt, excerptLength)}” — [${place}](command:${openEvidenceCommand}?${target})`;
  });
  const quotes = evidence.length === 0 ? [] : ['---', '**What people said**', ...evidence];
  const why = new vscode.MarkdownString(
    [`**Why** ${markdownText(hunk.reason)}`, markdownText(facts), ...quotes].join('\n\n'),
  );
  why.isTrusted = { enabledCommands: [openEvidenceCommand] };
  return why;
}

/** Says why on a hunk's lines. The "Why" CodeLens shows the same hover, also by keyboard and to screen readers. */
export function registerWhyHover(session: WorkspaceSession): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    { scheme: schemes.proposal },
    {
      async provideHover(document, position) {
        const found = await locateInDocument(session, document);
        const hits = found?.locations.filter(
          ({ line, lines }) => position.line >= line && position.line < line + Math.max(1, lines),
        );
        // A hunk that has lines there comes before a rejected one that only had its place there.
        const hit = hits?.find((location) => location.lines > 0) ?? hits?.[0];
        if (!found || !hit) return undefined;
        return new vscode.Hover(
          whyText(hit.hunk, found.improvement.improvementId),
          new vscode.Range(hit.line, 0, hit.line + Math.max(1, hit.lines), 0),
        );
      },
    },
  );
}
