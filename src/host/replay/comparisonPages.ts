import * as vscode from 'vscode';
import { comparisonScheme } from '../ids';

/** Keeps so many pages; those before are found no longer. */
const mostPages = 20;

/** Read-only pages of comparisons, shown by the Markdown preview, which follows the theme and can be read aloud. */
export class ComparisonPages implements vscode.Disposable {
  readonly #pages = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(comparisonScheme, {
      provideTextDocumentContent: ({ path }) => this.#pages.get(path) ?? 'This comparison is no longer kept.',
    });
  }

  async show(text: string): Promise<vscode.Uri> {
    this.#count++;
    const uri = vscode.Uri.from({ scheme: comparisonScheme, path: `/Comparison ${this.#count}.md` });
    this.#pages.set(uri.path, text);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
