import * as vscode from 'vscode';

/** Runs inside the extension host: the time to load and activate, which the bench reads from the console. */
export async function run(): Promise<void> {
  const builtIn = await activate('vscode.references-view');
  const ours = await activate('claude-pm.claude-pm-prompts');
  console.log(`ACTIVATION ${JSON.stringify({ ours, builtIn })}`);
}

async function activate(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed.`);
  if (extension.isActive) throw new Error(`${id} is active already.`);
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}
