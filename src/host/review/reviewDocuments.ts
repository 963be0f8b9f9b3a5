import * as vscode from 'vscode';
import { schemes } from '../ids';
import type { WorkspaceSession } from '../workspaceSession';
import { idOf, versionOf } from './uris';
import { VirtualFiles } from './virtualFiles';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function requireId(uri: vscode.Uri): string {
  const id = idOf(uri);
  if (!id) throw vscode.FileSystemError.FileNotFound(uri);
  return id;
}

/** The three kinds of documents: both sides of a review, and versions. */
export class ReviewDocuments implements vscode.Disposable {
  readonly #current: VirtualFiles;
  readonly #proposal: VirtualFiles;
  readonly #registrations: vscode.Disposable;
  readonly #refreshed = new vscode.EventEmitter<void>();

  /** CodeLenses and hovers are worked out again. */
  readonly onDidRefresh = this.#refreshed.event;

  constructor(session: WorkspaceSession) {
    this.#current = new VirtualFiles({
      read: async (uri) => {
        const { review } = await session.open();
        return encoder.encode((await review.show(requireId(uri))).currentText);
      },
    });
    this.#proposal = new VirtualFiles({
      read: async (uri) => {
        const { review } = await session.open();
        return encoder.encode((await review.show(requireId(uri))).proposedText);
      },
      write: async (uri, bytes) => {
        if (!vscode.workspace.isTrusted) throw vscode.FileSystemError.NoPermissions(uri);
        const { review } = await session.open();
        await review.saveDraft(requireId(uri), decoder.decode(bytes));
      },
    });
    const versions = new VirtualFiles({
      read: async (uri) => {
        const wanted = versionOf(uri);
        if (!wanted) throw vscode.FileSystemError.FileNotFound(uri);
        const { templates } = await session.open();
        return (await templates.versionText(wanted.templateId, wanted.version)).bytes;
      },
    });
    this.#registrations = vscode.Disposable.from(
      this.#current,
      this.#proposal,
      versions,
      this.#refreshed,
      vscode.workspace.registerFileSystemProvider(schemes.current, this.#current, { isReadonly: true }),
      vscode.workspace.registerFileSystemProvider(schemes.proposal, this.#proposal, {
        isCaseSensitive: true,
      }),
      vscode.workspace.registerFileSystemProvider(schemes.version, versions, { isReadonly: true }),
    );
  }

  /** Both sides of every open review. Versions never change. */
  refreshAll(): void {
    const open = vscode.workspace.textDocuments.map((document) => document.uri);
    this.#current.refresh(open.filter((uri) => uri.scheme === schemes.current));
    this.#proposal.refresh(open.filter((uri) => uri.scheme === schemes.proposal));
    this.#refreshed.fire();
  }

  dispose(): void {
    this.#registrations.dispose();
  }
}
