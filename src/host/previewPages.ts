import * as vscode from 'vscode';
import { pageScheme } from './ids';

/** Keeps so many pages; those before are found no longer. */
const mostPages = 20;

/** Read-only pages of comparisons, observations, explanations, health and the audit log, that are shown by the Markdown preview, which follows the theme and can be read aloud. */
export class PreviewPages implements vscode.Disposable {
  readonly #pages = new Map<string, string>();
  readonly #registration: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(pageScheme, {
      provideTextDocumentContent: ({ path }) => this.#pages.get(path) ?? 'This page is no longer kept.',
    });
  }

  /** @param title what its tab is named by, with a number */
  async show(text: string, title = 'Comparison'): Promise<vscode.Uri> {
    this.#count++;
    const uri = vscode.Uri.from({ scheme: pageScheme, path: `/${title} ${this.#count}.md` });
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
