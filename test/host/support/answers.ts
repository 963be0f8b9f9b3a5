import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** What the person does with the next question: types, picks a row, checks several, or presses Escape. */
export type Answer =
  | { readonly type: string }
  | { readonly pick: string | RegExp }
  | { readonly check: readonly (string | RegExp)[] }
  | 'escape';

/** One question as it was asked. */
export interface Asked {
  readonly labels: readonly string[];
  readonly descriptions: readonly string[];
  /** What the input held at first. */
  readonly value: string;
}

interface Item {
  readonly label: string;
  readonly description?: string;
}

type Row = Item | string;
const labelOf = (item: Row) => (typeof item === 'string' ? item : item.label);

/** Stands in for the person while `work` goes on; every answer must be asked for. Gives the questions with the result. */
export async function answering<T>(
  answers: readonly Answer[],
  work: () => Promise<T>,
): Promise<{ result: T; asked: readonly Asked[] }> {
  const left = [...answers];
  const asked: Asked[] = [];
  const next = (question: Asked): Answer => {
    asked.push(question);
    const answer = left.shift();
    assert.ok(answer, `nobody answers ${JSON.stringify(question)}`);
    return answer;
  };
  const showInputBox = async (options?: vscode.InputBoxOptions) => {
    const answer = next({ labels: [], descriptions: [], value: options?.value ?? '' });
    if (answer === 'escape') return undefined;
    assert.ok('type' in answer, 'an input was asked');
    const fault = await options?.validateInput?.(answer.type);
    assert.notEqual(typeof fault, 'string', String(fault));
    return answer.type;
  };
  const showQuickPick = async (given: readonly Row[] | Thenable<readonly Row[]>) => {
    const items = await given;
    const answer = next({
      labels: items.map(labelOf),
      descriptions: items.map((item) => (typeof item === 'string' ? '' : (item.description ?? ''))),
      value: '',
    });
    if (answer === 'escape') return undefined;
    assert.ok(!('type' in answer), 'a pick was asked');
    if ('check' in answer) return answer.check.map((wanted) => itemLike(items, wanted));
    return itemLike(items, answer.pick);
  };
  const restore = [replace('showInputBox', showInputBox), replace('showQuickPick', showQuickPick)];
  try {
    const result = await work();
    assert.deepEqual(left, [], 'every answer was asked for');
    return { result, asked };
  } finally {
    for (const one of restore) one();
  }
}

function titleOf(choice: unknown): unknown {
  return typeof choice === 'object' && choice !== null && 'title' in choice ? choice.title : choice;
}

/** Stands in for the person at the next notification or modal dialog: gives what it said, and presses a button. */
export async function pressing<T>(
  kind: 'showInformationMessage' | 'showWarningMessage' | 'showErrorMessage',
  button: string | undefined,
  work: () => Promise<T>,
): Promise<{ result: T; message: string; detail: string }> {
  let message = '';
  let detail = '';
  const restore = replace(kind, async (text: string, ...rest: readonly unknown[]) => {
    message ||= text;
    const [options] = rest;
    if (typeof options === 'object' && options !== null && 'detail' in options)
      detail ||= String(options.detail);
    return rest.find((one) => one === button || titleOf(one) === button);
  });
  try {
    const result = await work();
    return { result, message, detail };
  } finally {
    restore();
  }
}

/** Stands in for the person at the dialog that asks where to save; gives what it offered with the result. */
export async function savingTo<T>(
  path: string | undefined,
  work: () => Promise<T>,
): Promise<{ result: T; offered: vscode.SaveDialogOptions }> {
  let offered: vscode.SaveDialogOptions | undefined;
  const restore = replace('showSaveDialog', async (options?: vscode.SaveDialogOptions) => {
    offered = options ?? {};
    return path === undefined ? undefined : vscode.Uri.file(path);
  });
  try {
    const result = await work();
    assert.ok(offered, 'the place was asked for');
    return { result, offered };
  } finally {
    restore();
  }
}

function itemLike(items: readonly Row[], wanted: string | RegExp): Row {
  const fits = (item: Row) =>
    typeof wanted === 'string' ? labelOf(item).includes(wanted) : wanted.test(labelOf(item));
  const item = items.find(fits);
  assert.ok(item, `${wanted} is among ${items.map(labelOf).join(' | ')}`);
  return item;
}

function replace(name: string, stand: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(vscode.window, name);
  assert.ok(before, `vscode.window.${name} is there`);
  Object.defineProperty(vscode.window, name, { configurable: true, writable: true, value: stand });
  return () => Object.defineProperty(vscode.window, name, before);
}
