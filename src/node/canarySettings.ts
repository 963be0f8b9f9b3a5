import type { Experiment } from '../core/model/experiment';
import { canaryWord } from '../hook/assignment';
import {
  type HookEntry,
  type HookKind,
  hasEntries,
  launcherCommand,
  launcherName,
  withEntries,
  withoutEntries,
} from './hookEntries';

/** Claude Code hands CLAUDE.md to subagents too, and runs them by a tool that was once called `Task`. */
const entriesOf: Readonly<Record<Experiment['mode'], readonly HookEntry[]>> = {
  subagent: [{ event: 'PreToolUse', matcher: 'Agent|Task' }],
  instructions: [{ event: 'SessionStart' }, { event: 'SubagentStart' }],
};
const all = Object.values(entriesOf).flat();

export function isCanaryCommand(command: string): boolean {
  return new RegExp(`${launcherName}["']? ${canaryWord}\\b`).test(command);
}

const canary: HookKind = { command: launcherCommand(canaryWord), isOurs: isCanaryCommand };

/**
 * The settings with the hook entries that experiments of these modes need, and without others of experiments.
 * @throws PipelineError INVALID_INPUT with the line for settings that cannot be edited
 */
export function withCanaryHook(
  text: string | undefined,
  file: string,
  modes: ReadonlySet<Experiment['mode']>,
): string {
  const wanted = [...modes].sort().flatMap((mode) => entriesOf[mode]);
  const events = all.map(({ event }) => event).filter((event) => !wanted.some((one) => one.event === event));
  const isBlank = text === undefined || text.trim() === '';
  const kept = isBlank ? text : withoutEntries(text, file, canary, events);
  return wanted.length === 0 ? (kept ?? '') : withEntries(kept, file, canary, wanted);
}

export function hasCanaryHook(text: string, file: string): boolean {
  return hasEntries(
    text,
    file,
    canary,
    all.map(({ event }) => event),
  );
}
