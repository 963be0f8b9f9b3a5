import * as vscode from 'vscode';

interface Reason extends vscode.QuickPickItem {
  /** What is kept with the rejection; empty for none. */
  readonly value: string;
}

/** The kinds of reasons that the next run acts on, by the key that chooses each. */
const kinds: readonly { readonly value: string; readonly name: string; readonly effect: string }[] = [
  { value: 'wrong', name: 'Wrong', effect: 'not what was meant; only new evidence brings it back' },
  { value: 'already-covered', name: 'Already covered', effect: 'only new evidence brings it back' },
  { value: 'too-specific', name: 'Too specific', effect: 'only new evidence brings it back' },
  { value: 'bad-wording', name: 'Bad wording', effect: 'other words may be offered, these never' },
  { value: 'not-now', name: 'Not now', effect: 'offered again after 14 days' },
];

const listed: readonly Reason[] = [
  { label: 'No reason', description: 'Enter', value: '' },
  ...kinds.map(({ value, name, effect }, index) => ({
    label: `${index + 1}  ${name}`,
    description: effect,
    value,
  })),
];

/**
 * Asks why something is rejected: Enter for no reason, one key for a kind, or words. `undefined` when the person thinks better of it,
 * and then nothing is rejected.
 * @param what is rejected, as in "2 hunks of CLAUDE.md"
 */
export function askRejectReason(what: string): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<Reason>();
  picker.title = `Reject ${what}: why?`;
  picker.placeholder = 'Enter for no reason, 1 to 5 for one of these, or your own words';
  picker.items = listed;
  return new Promise((resolve) => {
    const end = (reason: string | undefined) => {
      resolve(reason);
      picker.dispose();
    };
    picker.onDidChangeValue((typed) => {
      const kind = /^[1-9]$/.test(typed) ? kinds[Number(typed) - 1] : undefined;
      if (kind !== undefined) return end(kind.value);
      const words = typed.trim();
      picker.items =
        words === ''
          ? listed
          : [{ label: words, description: 'in your own words', value: words, alwaysShow: true }, ...listed];
    });
    picker.onDidAccept(() => end(picker.activeItems[0]?.value ?? picker.value.trim()));
    // After an answer the promise is settled already.
    picker.onDidHide(() => end(undefined));
    picker.show();
  });
}
