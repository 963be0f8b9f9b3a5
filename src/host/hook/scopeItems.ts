import type * as vscode from 'vscode';
import type { HookScope } from '../../node/captureHook';

export interface ScopeItem extends vscode.QuickPickItem {
  readonly scope: HookScope;
}

/** Where hooks of Claude Code can be installed. */
export const scopeItems: readonly ScopeItem[] = [
  {
    scope: 'person',
    label: 'Only for me',
    description: '.claude/settings.local.json',
    detail: 'Git does not see this file.',
  },
  {
    scope: 'team',
    label: 'For the team',
    description: '.claude/settings.json',
    detail: 'Shared by git. On a machine without the extension the hook does nothing.',
  },
];
