import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeFileAtomically } from './atomicFile';
import { isMissing, storageError } from './errorsFromNode';
import { launcherName } from './hookEntries';

export interface LauncherTarget {
  /** Absolute path of the hook's bundle. */
  readonly script: string;
  /** A program that runs it as Node where no `node` is on the PATH: VS Code itself. */
  readonly runtime: string;
}

/** Where the launcher lies: in the person's own folder, so that its path survives updates of the extension. */
export function launcherPath(homeDirectory: string): string {
  return path.join(homeDirectory, '.claude-pm', 'bin', launcherName);
}

/**
 * Writes the launcher that settings of Claude Code call (they run in a POSIX shell, on Windows in Git Bash).
 * @throws PipelineError PERMISSION_DENIED, STORAGE_FAILED
 */
export async function writeLauncher(homeDirectory: string, target: LauncherTarget): Promise<string> {
  const file = launcherPath(homeDirectory);
  try {
    const text = launcherText(target);
    if ((await textOf(file)) === text) return file;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFileAtomically(file, text, { mode: 0o755 });
    return file;
  } catch (cause) {
    throw storageError(cause, 'write', file);
  }
}

/** Points a launcher that is there to where the bundle is now. Where none was written, none is. */
export async function refreshLauncher(homeDirectory: string, target: LauncherTarget): Promise<void> {
  if ((await textOf(launcherPath(homeDirectory))) !== undefined) await writeLauncher(homeDirectory, target);
}

/**
 * What is only noted is noted in the background: the agent waits for a shell, not for Node. It waits for an answer, which an experiment
 * gives (`canary`). Outputs are closed first, because the agent waits for these too.
 */
function launcherText({ script, runtime }: LauncherTarget): string {
  return `#!/bin/sh
# Written by Claude PM Prompts, and written again when the extension is updated. It never fails the agent.
script=${quoted(script)}
runtime=${quoted(runtime)}
[ -f "$script" ] || exit 0
run() {
  if command -v node >/dev/null 2>&1; then
    node "$script" "$@"
  elif [ -x "$runtime" ]; then
    ELECTRON_RUN_AS_NODE=1 "$runtime" "$script" "$@"
  fi
}
if [ $# -gt 0 ]; then
  run "$@" || exit 0
else
  input=$(cat)
  (printf '%s' "$input" | run) >/dev/null 2>&1 &
fi
exit 0
`;
}

/** As one word of a POSIX shell, whatever stands in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw storageError(cause, 'read', file);
  }
}
