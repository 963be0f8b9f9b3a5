import * as vscode from 'vscode';

/** One value of a form: a row that shows it, and the question that changes it. */
export interface FormRow {
  readonly label: string;
  readonly description?: string;
  /** Asks for another value; the person may keep the one there is. */
  change(): Promise<void>;
}

interface Choice extends vscode.QuickPickItem {
  readonly row?: FormRow;
}

/**
 * A form as a pick, for the keyboard alone: Enter on Save, which comes first, ends it; Enter on a value changes it; Escape
 * leaves all as it was. `false` when the person left it.
 */
export async function fillIn(title: string, save: string, rows: () => readonly FormRow[]): Promise<boolean> {
  for (;;) {
    const choices: readonly Choice[] = [
      { label: `$(check) ${save}`, description: 'Enter' },
      ...rows().map((row) => ({
        label: row.label,
        ...(row.description === undefined ? {} : { description: row.description }),
        row,
      })),
    ];
    const chosen = await vscode.window.showQuickPick(choices, {
      title,
      placeHolder: 'Enter on a value changes it; Escape leaves everything as it was',
      ignoreFocusOut: true,
    });
    if (!chosen) return false;
    if (!chosen.row) return true;
    await chosen.row.change();
  }
}
