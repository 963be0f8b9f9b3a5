import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { SuiteScenario } from '../../core/scenarios/scenarioSuite';
import type { ScenarioResult } from '../../core/validate/replay/compareByModel';
import type { Host } from '../host';
import { dataFolder, scenarioFileName } from '../ids';
import { pickTemplate } from '../pickers';
import { isPipelineError, messageOf, showError } from '../showError';
import { compareTexts } from './runReplay';
import { readPlacedScenarios, scenarioFileUri } from './scenarioFile';

type Side = 'a' | 'b' | 'both';

interface Texts {
  readonly a: string;
  readonly b: string;
}

/** A is the prompt as it is deployed; B the same with its newest proposal, else as its file is now. */
async function textsOf(host: Host): Promise<Texts | undefined> {
  const history = await pickTemplate(host, undefined, 'Test Scenarios', () => true);
  if (history === undefined) return undefined;
  const { templateId, path, deployedVersion, currentVersion } = history.template;
  const { templates, validator, review } = await host.session.open();
  const a = (await templates.versionText(templateId, deployedVersion ?? currentVersion)).text;
  const waiting = (await review.pending()).filter((each) => each.templateId === templateId);
  const proposed = waiting.find(({ status }) => status === 'proposed') ?? waiting[0];
  if (proposed !== undefined) {
    return { a, b: (await validator.improvementTexts(proposed.improvementId)).proposed };
  }
  const folder = await host.session.folder();
  const file = folder && (await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, path)));
  return { a, b: file?.getText() ?? a };
}

/** What an answer should have been: the accepted one where the checks name it, else the checks themselves. */
function expectedOf({ checks }: SuiteScenario): string {
  const accepted = checks.find(({ type }) => type === 'equals' || type === 'similar');
  if (accepted !== undefined) return String(accepted.value);
  return checks
    .map(({ type, value }) => `${type}: ${value === undefined ? '' : JSON.stringify(value)}`)
    .join('\n');
}

function messageFor(
  scenario: SuiteScenario,
  { answers, failed }: ScenarioResult,
  side: 'a' | 'b',
): vscode.TestMessage {
  const notes = failed[side].join('; ') || 'A check failed.';
  const message = `${side.toUpperCase()}: ${notes}`;
  const answer = answers[side];
  return answer === null
    ? new vscode.TestMessage(message)
    : vscode.TestMessage.diff(message, expectedOf(scenario), answer);
}

/** The scenarios as tests: run under A, under B or under both. Nothing is read before the person opens the tests. */
export function registerScenarioTests(host: Host): vscode.Disposable {
  const controller = vscode.tests.createTestController('claudePm.scenarios', 'Prompt Scenarios');
  const scenarios = new Map<string, SuiteScenario>();

  async function discover(): Promise<void> {
    const uri = await scenarioFileUri(host);
    if (uri === undefined) return;
    try {
      const placed = await readPlacedScenarios(host);
      scenarios.clear();
      controller.items.replace(
        placed.map(({ scenario, line }) => {
          scenarios.set(scenario.id, scenario);
          const item = controller.createTestItem(scenario.id, scenario.id, uri);
          item.range = new vscode.Range(line - 1, 0, line - 1, 0);
          item.description = scenario.task.split('\n')[0] ?? '';
          return item;
        }),
      );
    } catch (error) {
      if (isPipelineError(error) && error.code === 'NOT_FOUND') {
        controller.items.replace([]);
        return;
      }
      // The file is being written, say: its error stands where the tests would, until it can be read.
      const item = controller.createTestItem('unreadable', scenarioFileName, uri);
      item.error = messageOf(error);
      controller.items.replace([item]);
    }
  }

  async function run(
    side: Side,
    request: vscode.TestRunRequest,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const wanted = (request.include ?? [...controller.items].map(([, item]) => item)).filter(
      (item) => scenarios.has(item.id) && !(request.exclude ?? []).includes(item),
    );
    const test = controller.createTestRun(request);
    try {
      // A folder's scenarios may name programs to run.
      if (!vscode.workspace.isTrusted) {
        throw new PipelineError('PERMISSION_DENIED', 'This folder is in Restricted Mode.', {
          subject: scenarioFileName,
          remedy: 'Trust the folder to run its scenarios; nothing was asked.',
        });
      }
      const texts = await textsOf(host);
      if (texts === undefined || token.isCancellationRequested) return;
      for (const item of wanted) test.started(item);
      const both = side === 'both' ? texts : { a: texts[side], b: texts[side] };
      const ids = new Set(wanted.map(({ id }) => id));
      const compared = await compareTexts(host, both, 'Claude PM: testing scenarios', ids);
      if (compared === undefined) {
        for (const item of wanted) test.skipped(item);
        return;
      }
      const results = new Map(compared.comparison.results.map((each) => [each.id, each]));
      for (const item of wanted) {
        const [scenario, result] = [scenarios.get(item.id), results.get(item.id)];
        if (scenario === undefined || result === undefined) test.skipped(item);
        else report(test, item, scenario, result, side);
      }
      if (side === 'both') {
        for (const reason of compared.comparison.reasons) test.appendOutput(`${reason}\r\n`);
      }
    } catch (error) {
      for (const item of wanted) test.errored(item, new vscode.TestMessage(messageOf(error)));
      showError(host.log, error);
    } finally {
      test.end();
    }
  }

  const profile = (name: string, side: Side, isDefault: boolean) =>
    controller.createRunProfile(
      name,
      vscode.TestRunProfileKind.Run,
      (request, token) => run(side, request, token),
      isDefault,
    );
  profile('Run Under Both Prompts (A and B)', 'both', true);
  profile('Run Under the Deployed Prompt (A)', 'a', false);
  profile('Run Under the Proposed Prompt (B)', 'b', false);
  controller.resolveHandler = async (item) => {
    if (item === undefined) await discover();
  };
  controller.refreshHandler = discover;
  return vscode.Disposable.from(
    controller,
    host.changes.onDidChange(({ path }) => {
      if (path.endsWith(`/${dataFolder}/${scenarioFileName}`)) void discover();
    }),
  );
}

function report(
  test: vscode.TestRun,
  item: vscode.TestItem,
  scenario: SuiteScenario,
  result: ScenarioResult,
  side: Side,
): void {
  const judged = side === 'a' ? 'a' : 'b';
  if (side === 'both') {
    const words = (passed: number) => (passed > 0 ? 'passes' : 'fails');
    test.appendOutput(`${item.id}: A ${words(result.a)}, B ${words(result.b)}\r\n`, undefined, item);
  }
  if (result[judged] > 0) test.passed(item);
  else test.failed(item, messageFor(scenario, result, judged));
}
