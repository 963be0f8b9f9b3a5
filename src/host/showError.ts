import * as vscode from 'vscode';
import type { PipelineError } from '../core/errors';
import { withoutLinks } from './plainText';

/** By shape, since the engine's bundle has a class of its own. */
export function isPipelineError(error: unknown): error is PipelineError {
  return error instanceof Error && error.name === 'PipelineError' && 'code' in error && 'remedy' in error;
}

/** Code of an expected failure; `UNEXPECTED` for a bug. */
export function codeOf(error: unknown): string {
  return isPipelineError(error) ? error.code : 'UNEXPECTED';
}

function describe(error: unknown): { message: string; detail: string } {
  if (isPipelineError(error)) {
    return {
      message: `${error.message}${error.message.includes(error.subject) ? '' : ` (${error.subject})`} ${error.remedy}`,
      detail: `${error.code}: ${error.message} [${error.subject}] ${error.remedy}`,
    };
  }
  const text = error instanceof Error ? error.message : String(error);
  return {
    message: `Something went wrong that should not have: ${text}. What was saved before is kept; the log has the details.`,
    detail: error instanceof Error ? (error.stack ?? text) : text,
  };
}

/** What to say to the person where no notification fits. */
export function messageOf(error: unknown): string {
  return describe(error).message;
}

/** Tells what happened, what was kept and what to do, with the way to the log. A cancellation is no error. */
export function showError(log: vscode.LogOutputChannel, error: unknown): void {
  const { message, detail } = describe(error);
  if (codeOf(error) === 'CANCELLED') {
    log.info(detail);
    void vscode.window.showInformationMessage(withoutLinks(message));
    return;
  }
  log.error(detail);
  if (error instanceof Error && error.cause !== undefined) log.error(`Caused by: ${String(error.cause)}`);
  // Not awaited: the notification stays until the person closes it.
  void vscode.window.showErrorMessage(withoutLinks(message), 'Show Log').then((choice) => {
    if (choice) log.show();
  });
}
