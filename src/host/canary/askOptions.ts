import * as vscode from 'vscode';
import type { CanaryOptions } from '../../core/canary/canaryPlan';
import type { ExperimentStage } from '../../core/model/experiment';
import { type ScopeItem, scopeItems } from '../hook/scopeItems';

const title = 'Start Canary';

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

async function pick<T>(choices: readonly Choice<T>[], placeHolder: string): Promise<T | undefined> {
  return (await vscode.window.showQuickPick(choices, { title, placeHolder, ignoreFocusOut: true }))?.value;
}

const stageChoices: readonly Choice<readonly ExperimentStage[] | 'default'>[] = [
  {
    label: '10%, then 50%',
    description: 'recommended',
    detail: 'One session in ten until ten had the candidate, then every second one until the decision.',
    value: 'default',
  },
  {
    label: '50% from the beginning',
    detail: 'Decides soonest: evidence grows fastest where both texts get as many sessions.',
    value: [
      { share: 0.5, sessions: 0 },
      { share: 1, sessions: 0 },
    ],
  },
  {
    label: '5%, then 20%, then 50%',
    detail: 'Slow and careful: after five sessions with the candidate to the next, after twenty to the last.',
    value: [
      { share: 0.05, sessions: 5 },
      { share: 0.2, sessions: 20 },
      { share: 0.5, sessions: 0 },
      { share: 1, sessions: 0 },
    ],
  },
];

type Ending = Pick<CanaryOptions, 'dryRun' | 'promotesItself'>;

/** Automatic deployment lets every experiment promote itself: then nobody is asked to. */
function endingChoices(automatic: boolean): readonly Choice<Ending>[] {
  const byItself: Choice<Ending> = {
    label: 'It promotes itself',
    detail: automatic
      ? 'Automatic deployment is on: it deploys the candidate when its rule says so.'
      : 'It deploys the candidate when its rule says so. That can be undone.',
    value: { promotesItself: true },
  };
  const byMe: Choice<Ending> = {
    label: 'I promote it',
    description: 'recommended',
    detail: 'You are told when its rule says so. Harm is rolled back without asking.',
    value: {},
  };
  const dry: Choice<Ending> = {
    label: 'Dry run',
    detail: 'Every session gets the original; assignments and decisions are only noted.',
    value: { dryRun: true },
  };
  return automatic ? [byItself, dry] : [byMe, byItself, dry];
}

const goalChoices: readonly Choice<'superiority' | 'non-inferiority'>[] = [
  {
    label: 'What was removed is not missed',
    description: 'recommended: the candidate only removes lines',
    detail: 'Promoted once a rise of corrections beyond the margin is ruled out (non-inferiority).',
    value: 'non-inferiority',
  },
  {
    label: 'Fewer corrections',
    detail: 'Promoted once fewer corrections are shown (superiority).',
    value: 'superiority',
  },
];

export interface Question {
  /** Automatic deployment is on. */
  readonly automatic: boolean;
  /** The candidate takes lines out and adds none. */
  readonly onlyRemoves: boolean;
}

/** What a person decides about an experiment before they see its plan; `undefined` when they changed their mind. */
export async function askOptions({ automatic, onlyRemoves }: Question): Promise<CanaryOptions | undefined> {
  const stages = await pick(stageChoices, 'Which share of new sessions gets the candidate?');
  if (stages === undefined) return undefined;
  const ending = await pick(endingChoices(automatic), 'Who promotes it?');
  if (ending === undefined) return undefined;
  const goal = onlyRemoves ? await pick(goalChoices, 'What is to be shown?') : 'superiority';
  if (goal === undefined) return undefined;
  const scopes = scopeItems.map((item: ScopeItem) => ({ ...item, value: item.scope }));
  const scope = await pick(scopes, 'Which settings of Claude Code get the hook that assigns sessions?');
  if (scope === undefined) return undefined;
  return { ...ending, ...(stages === 'default' ? {} : { stages }), rule: { goal }, scope };
}
