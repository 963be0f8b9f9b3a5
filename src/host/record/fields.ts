import * as vscode from 'vscode';
import { type CorrectionType, correctionTypes, type Severity, severities } from '../../core/model/common';
import { severityMeaning, typeMeaning, typeName } from '../corrections/words';
import { oneLine, withoutIcons } from '../plainText';
import type { Subject } from './subjects';

// The questions for one value each. All give `undefined` when the person keeps what there is.

const nameLength = 60;

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

async function ask<T>(placeHolder: string, choices: readonly Choice<T>[]): Promise<T | undefined> {
  const chosen = await vscode.window.showQuickPick(choices, { placeHolder, ignoreFocusOut: true });
  return chosen?.value;
}

/** The value there is comes first, so that it is the one in front. */
function currentFirst<T>(values: readonly T[], current: T): readonly T[] {
  return [current, ...values.filter((value) => value !== current)];
}

/** A name for a row of a pick, where it may come from a transcript. */
export function inPick(name: string): string {
  return withoutIcons(oneLine(name, nameLength));
}

export async function askAgent(agents: readonly string[], current: string): Promise<string | undefined> {
  const other = Symbol('another agent');
  const chosen = await ask<string | typeof other>('Which agent was it?', [
    ...currentFirst(agents, current).map((agent) => ({ label: inPick(agent), value: agent })),
    { label: '$(add) Another agent…', value: other },
  ]);
  if (chosen !== other) return typeof chosen === 'string' ? chosen : undefined;
  const name = await vscode.window.showInputBox({
    prompt: 'Name of the agent, as its prompt file bears it',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A name is needed.' : undefined),
  });
  return name?.trim();
}

export function askType(current: CorrectionType): Promise<CorrectionType | undefined> {
  const choices = currentFirst(correctionTypes, current).map((type) => ({
    label: typeName(type),
    description: typeMeaning[type],
    value: type,
  }));
  return ask('What kind of mistake was it?', choices);
}

export function askSeverity(current: Severity): Promise<Severity | undefined> {
  const choices = currentFirst(severities, current).map((severity) => ({
    label: severity,
    description: severityMeaning[severity],
    value: severity,
  }));
  return ask('How much did it matter?', choices);
}

export function askStanding(current: boolean): Promise<boolean | undefined> {
  const choices = currentFirst([true, false], current).map((value) => ({
    label: value ? 'Yes' : 'No',
    description: value ? 'it should hold next time too' : 'it was about this one time',
    value,
  }));
  return ask('Do the words state a standing instruction?', choices);
}

export function askSubject(subjects: readonly Subject[]): Promise<Subject | undefined> {
  const choices = subjects.map((subject) => ({ label: withoutIcons(subject.label), value: subject }));
  return ask('What is it about?', choices);
}

const prompts = {
  needed: 'What should the agent have done, or do next time?',
  optional: 'What should the agent do instead? It may stay empty: your change is recorded.',
  kept: 'What you said to the agent',
} as const;

/** @param kind whether the correction says something without words too; `kept` for words that were captured */
export async function askWords(
  title: string,
  current: string,
  kind: keyof typeof prompts,
): Promise<string | undefined> {
  // An input holds one line. Words of several lines that the person leaves alone keep theirs.
  const value = current.replace(/\s*\n\s*/g, ' ');
  const words = await vscode.window.showInputBox({
    title,
    value,
    prompt: prompts[kind],
    placeHolder: 'In your words, as you would say it to the agent',
    ignoreFocusOut: true,
    validateInput: (text) =>
      kind === 'needed' && text.trim() === '' ? 'Say it in a few words, or press Escape.' : undefined,
  });
  return words === value ? current : words?.trim();
}
