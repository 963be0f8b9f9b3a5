import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { CanaryPlan } from '../../core/canary/canaryPlan';
import { loadEngine } from '../engine';
import { closePlanned, type PlannedText, showPlanned } from '../hook/plannedDiff';

const action = 'Start Canary';

/**
 * Every file that would be written, and what sessions would be told beside their files. The twin is shown against the prompt that it is a
 * twin of: so one sees what the candidate changes.
 */
async function plannedTexts(root: vscode.Uri, plan: CanaryPlan): Promise<readonly PlannedText[]> {
  const { files, addition, experiment } = plan;
  const decoder = new TextDecoder();
  const text = (bytes: Uint8Array | null) => (bytes === null ? '' : decoder.decode(bytes));
  const prompt = vscode.Uri.joinPath(root, experiment.path);
  const original = decoder.decode(await vscode.workspace.fs.readFile(prompt));
  const name = posix.basename(experiment.path);
  const written = files.map(({ path, before, after }): PlannedText => {
    const isTwin = path === experiment.twin?.path;
    const called = isTwin ? `${name} → new ${posix.basename(path)}` : `new ${posix.basename(path)}`;
    return {
      // The end of the name tells the language.
      shown: before === null ? `${posix.dirname(path)}/${called}` : path,
      before: isTwin ? original : text(before),
      after: text(after),
    };
  });
  if (addition === null) return written;
  return [...written, { shown: `told to sessions beside ${name}`, before: '', after: text(addition) }];
}

/** Shows what would be written, lets the person read it, and asks with the rule in words. Nothing is written here. */
export async function confirmPlan(root: vscode.Uri, plan: CanaryPlan): Promise<boolean> {
  const { agentType, candidate, dryRun } = plan.experiment;
  const title = `Canary ${agentType} ${candidate.version}: now ↔ planned`;
  const texts = await plannedTexts(root, plan);
  await showPlanned(title, texts);
  try {
    if (texts.length > 0 && !(await hasRead(plan))) return false;
    const { ruleLines } = await loadEngine();
    const detail = [...ruleLines(plan.experiment), ...plan.notes].join('\n\n');
    const what = dryRun ? 'Note which sessions would get' : 'Give a random share of new sessions';
    const question = `${what} ${candidate.version} of ${agentType}?`;
    return (await vscode.window.showWarningMessage(question, { modal: true, detail }, action)) === action;
  } finally {
    await closePlanned(title);
  }
}

/** Not modal: the diff can be read and scrolled first. Closing it changes nothing. */
async function hasRead({ files }: CanaryPlan): Promise<boolean> {
  const onward = 'Go On…';
  const written =
    files.length === 0
      ? 'No file would be written: the hook is there already. The diff shows what sessions would be told.'
      : `The diff shows all that would be written: ${files.map(({ path }) => path).join(', ')}. The end of the experiment takes it back, byte for byte.`;
  return (await vscode.window.showInformationMessage(written, onward, 'Cancel')) === onward;
}
