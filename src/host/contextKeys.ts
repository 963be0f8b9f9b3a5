import * as vscode from 'vscode';
import { contextKeys } from './ids';

interface ContextValues {
  state: 'no-folder' | 'uninitialized' | 'ready';
  hasCorrections: boolean;
  running: boolean;
  paused: boolean;
  canaryRuns: boolean;
  filtered: boolean;
  cannotDeploy: boolean;
}

/** Sets a key that `when` clauses in the manifest read. */
export function setContext<K extends keyof ContextValues>(key: K, value: ContextValues[K]): void {
  void vscode.commands.executeCommand('setContext', contextKeys[key], value);
}
