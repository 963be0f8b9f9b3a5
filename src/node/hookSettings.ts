import { isCanaryCommand } from './canarySettings';
import {
  type HookKind,
  hasEntries,
  launcherCommand,
  launcherName,
  withEntries,
  withoutEntries,
} from './hookEntries';

/** Claude Code's hook events that tell of sessions, subagents and loaded prompts. */
export const hookedEvents = [
  'UserPromptSubmit',
  'PostToolUse',
  'SubagentStop',
  'Stop',
  'InstructionsLoaded',
] as const;

export const hookCommand = launcherCommand();

const capture: HookKind = {
  command: hookCommand,
  isOurs: (command) => command.includes(launcherName) && !isCanaryCommand(command),
};

/**
 * The settings with the capture hook on every event, all else as it is.
 * @param text of a Claude Code settings file; undefined or empty for one that is not there yet
 * @throws PipelineError INVALID_INPUT with the line when the text is no JSON, or `hooks` is no object
 */
export function withHook(text: string | undefined, file: string): string {
  const entries = hookedEvents.map((event) => ({ event }));
  return withEntries(text, file, capture, entries);
}

/**
 * The settings without the capture hook. The same text when it is not in them.
 * @throws PipelineError INVALID_INPUT, as `withHook`
 */
export function withoutHook(text: string, file: string): string {
  return withoutEntries(text, file, capture, hookedEvents);
}

export function hasHook(text: string, file: string): boolean {
  return hasEntries(text, file, capture, hookedEvents);
}
