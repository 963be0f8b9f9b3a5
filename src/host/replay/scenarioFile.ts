import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { PlacedScenario } from '../../core/scenarios/readSuite';
import type { SuiteScenario } from '../../core/scenarios/scenarioSuite';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { dataFolder, scenarioFileName } from '../ids';

const example = `# What your prompts should get right. A scenario passes when all its checks do; ten are the least for a verdict.
# Checks: contains, not-contains, regex, not-regex, json, json-schema, markdown-heading, code-fence, max-words, min-words,
# equals, language, similar (to an accepted answer), judge (a rubric, by the model), command (a program's exit status).
- id: commit-message
  task: Write the commit message for a change that renames parseDate to readDate in src/time.ts.
  checks:
    - type: max-words
      value: 20
    - type: not-regex
      value: /^(feat|fix)\\(/i
`;

export async function scenarioFileUri(host: Pick<Host, 'session'>): Promise<vscode.Uri | undefined> {
  const folder = await host.session.folder();
  return folder && vscode.Uri.joinPath(folder, dataFolder, scenarioFileName);
}

async function textAt(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** Opens the scenarios, an example where there are none yet; saving it is left to the person. */
export async function openScenarios(host: Pick<Host, 'session'>): Promise<void> {
  const uri = await scenarioFileUri(host);
  if (uri === undefined) return;
  if ((await textAt(uri)) !== undefined) {
    await vscode.window.showTextDocument(uri);
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  if (document.getText() === '') {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), example);
    await vscode.workspace.applyEdit(edit);
  }
  await vscode.window.showTextDocument(document);
}

/**
 * The scenarios of the folder, saved or not.
 * @throws PipelineError NOT_FOUND where there is no file, INVALID_INPUT with its line
 */
export async function readScenarios(host: Pick<Host, 'session'>): Promise<readonly SuiteScenario[]> {
  return (await readPlacedScenarios(host)).map(({ scenario }) => scenario);
}

/** The same with their lines. @throws PipelineError NOT_FOUND, INVALID_INPUT */
export async function readPlacedScenarios(host: Pick<Host, 'session'>): Promise<readonly PlacedScenario[]> {
  const uri = await scenarioFileUri(host);
  const text = uri && (await textAt(uri));
  if (uri === undefined || text === undefined) {
    throw new PipelineError('NOT_FOUND', 'There are no scenarios yet.', {
      subject: `${dataFolder}/${scenarioFileName}`,
      remedy: 'Open Scenarios makes an example; nothing was asked.',
    });
  }
  const { readPlacedSuite } = await loadEngine();
  return readPlacedSuite(text, `${dataFolder}/${scenarioFileName}`);
}
