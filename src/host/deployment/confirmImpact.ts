import * as vscode from 'vscode';
import type { Impact } from '../../core/deploy/impact';
import { loadEngine } from '../engine';
import { plural } from '../plural';

/** A modal grows with its text; what holds for all files stands above them. */
const mostFiles = 5;

/** Shows what a step would change, and asks. @param before lines that are read first, such as the evidence */
export async function confirmImpact(
  impact: Impact,
  question: string,
  action: string,
  before: readonly string[] = [],
): Promise<boolean> {
  const { impactText } = await loadEngine();
  const { targets, facts } = impactText(impact);
  const more = targets.length - mostFiles;
  const rest = targets.slice(mostFiles).map(([heading = '']) => heading);
  const detail = [
    ...(before.length === 0 ? [] : [before.join('\n')]),
    `${targets.length > 1 ? 'All of these files are written, or none. ' : ''}The bytes that stand there now are kept: this can be undone.`,
    facts.join('\n'),
    ...targets.slice(0, mostFiles).map((lines) => lines.join('\n')),
    ...(more > 0 ? [`… and ${plural(more, 'more file')}: ${rest.join('; ')}`] : []),
  ].join('\n\n');
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, action);
  return choice === action;
}
