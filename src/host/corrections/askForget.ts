import * as vscode from 'vscode';
import type { ForgetRequest } from '../../core/capture/correctionCuration';
import type { Correction } from '../../core/model/correction';
import { plural } from '../plural';

const dayInMs = 86_400_000;

interface Choice extends vscode.QuickPickItem {
  ask(): Promise<ForgetRequest | undefined>;
}

/** How many of these a request would take. */
export function countForgotten(corrections: readonly Correction[], request: ForgetRequest): number {
  if ('id' in request) return corrections.some(({ correctionId }) => correctionId === request.id) ? 1 : 0;
  if ('sessionId' in request)
    return corrections.filter(({ sessionId }) => sessionId === request.sessionId).length;
  return corrections.filter(({ timestamp }) => Date.parse(timestamp) < request.before.getTime()).length;
}

/** What is to be forgotten, starting from one correction. `undefined` when the person changed their mind. */
export async function askForget(
  { correctionId, sessionId, timestamp, source }: Correction,
  corrections: readonly Correction[],
): Promise<ForgetRequest | undefined> {
  const of = (label: string, request: ForgetRequest): Choice => ({
    label,
    description: plural(countForgotten(corrections, request), 'correction'),
    ask: async () => request,
  });
  const choices: readonly Choice[] = [
    of('This one', { id: correctionId }),
    of(source === 'manual' ? 'All recorded by hand that day' : 'All of its session', { sessionId }),
    of('Everything older than it', { before: new Date(timestamp) }),
    { label: 'Everything older than some days…', ask: () => askDays(corrections) },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: 'Forget Corrections',
    placeHolder: 'What should be forgotten for good? You are asked once more.',
  });
  return chosen?.ask();
}

async function askDays(corrections: readonly Correction[]): Promise<ForgetRequest | undefined> {
  const before = (text: string) => new Date(Date.now() - Number(text) * dayInMs);
  const isNumber = (text: string) => /^\d{1,5}$/.test(text.trim()) && Number(text) > 0;
  const days = await vscode.window.showInputBox({
    title: 'Forget Corrections',
    prompt: 'Older than how many days?',
    value: '365',
    validateInput: (text) => {
      if (!isNumber(text)) return 'A whole number of days is needed.';
      const count = countForgotten(corrections, { before: before(text) });
      const severity = vscode.InputBoxValidationSeverity.Info;
      return { message: `${plural(count, 'correction')} older than that`, severity };
    },
  });
  return days === undefined ? undefined : { before: before(days) };
}
