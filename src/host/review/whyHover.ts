import * as vscode from 'vscode';
import type { Hunk, Improvement } from '../../core/model/improvement';
import { confidenceWords } from '../../core/report/confidenceWords';
import { outcomesLine } from '../../core/report/outcomesLine';
import { openAdviceCommand, openEvidenceCommand, schemes } from '../ids';
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

function link(command: string, argument: object): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify([argument]))}`;
}

function factsOf(hunk: Hunk): string {
  const tokens = `${hunk.tokenDelta < 0 ? '' : '+'}${hunk.tokenDelta} tokens (estimated)`;
  const writer = hunk.writer?.kind === 'model' ? [`worded by ${hunk.writer.model ?? 'a model'}`] : [];
  return [hunk.strategy, confidenceWords(hunk.confidence, hunk.confidenceParts), tokens, ...writer].join(
    ' · ',
  );
}

/** What the checks noted; that the others passed is one word. */
function checksOf({ checks = [] }: Hunk): readonly string[] {
  if (checks.length === 0) return [];
  const noted = checks.filter(({ outcome }) => outcome !== 'passed');
  const passed = checks.length - noted.length;
  const lines = noted.map(({ check, note }) => `$(warning) ${markdownText(`${check}: ${note}`)}`);
  const names = checks.filter(({ outcome }) => outcome === 'passed').map(({ check }) => check);
  return passed === 0 ? lines : [...lines, `$(pass) ${markdownText(`Passed: ${names.join(', ')}`)}`];
}

function adviceOf({ advice, hunkId }: Hunk, improvementId: string): readonly string[] {
  if (advice === undefined) return [];
  const target = link(openAdviceCommand, { improvementId, hunkId });
  const drafts = advice.files.length === 0 ? '' : ` [Open the draft](${target})`;
  return [`$(lightbulb) ${markdownText(advice.reason)}${drafts}`];
}

/** The reason for a hunk and the moments that it rests on. Texts of records are untrusted and escaped. */
export function whyText(
  hunk: Hunk,
  { improvementId, status }: Pick<Improvement, 'improvementId' | 'status'>,
): vscode.MarkdownString {
  const draft =
    status === 'draft'
      ? ['**Draft**: below the confidence threshold, or resting on one moment. It never counts as proposed.']
      : [];
  const scope =
    hunk.scope === undefined ? [] : [markdownText(`Scope: ${hunk.scope.kind}. ${hunk.scope.reason}`)];
  const evidence = hunk.evidence.map((one, index) => {
    const target = link(openEvidenceCommand, { improvementId, hunkId: hunk.hunkId, evidence: index });
    const place = `session ${shorten(one.sessionId, nameLength)}, line ${one.source.line}`;
    return `“${shorten(one.excerpt, excerptLength)}” — [${place}](${target})`;
  });
  const checks = checksOf(hunk);
  const quotes = evidence.length === 0 ? [] : ['---', '**What people said**', ...evidence];
  const why = new vscode.MarkdownString(
    [
      ...draft,
      `**Why** ${markdownText(hunk.reason)}`,
      ...scope,
      markdownText(factsOf(hunk)),
      ...[outcomesLine(hunk.confidenceParts)].filter((line) => line !== '').map(markdownText),
      ...adviceOf(hunk, improvementId),
      ...quotes,
      ...(checks.length === 0 ? [] : ['---', ...checks]),
    ].join('\n\n'),
    true,
  );
  why.isTrusted = { enabledCommands: [openEvidenceCommand, openAdviceCommand] };
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
          whyText(hit.hunk, found.improvement),
          new vscode.Range(hit.line, 0, hit.line + Math.max(1, hit.lines), 0),
        );
      },
    },
  );
}
